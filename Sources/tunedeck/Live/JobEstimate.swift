import TuneControl
import TuneModel
import TuneStore
import TuneTrainer

/// What a job will take, at the speed that earlier jobs of the same model reached here.
enum JobEstimate {
    /// Reads and encodes the training file.
    static func make(_ request: JobRequest, on desk: Desk) async throws -> TrainingEstimate {
        let model = try await desk.shelf.find(request.model)
        let training = try await TrainingRecords(file: request.trainingFile, on: desk)
        let records = training.records
        let speed = try await knownSpeed(of: model.base, on: desk)
        let settings = Hyperparameters(request.hyperparameters.fitting(training.shape), examples: records.count)
        return try await Lane.run("estimate") {
            try TrainingEstimate(
                modelPath: model.weightsPath, records: records, hyperparameters: settings, tokensPerSecond: speed)
        }
    }

    /// Tokens a second of the newest job on this base that came far enough to tell.
    private static func knownSpeed(of base: String, on desk: Desk) async throws -> Double? {
        try await desk.jobs.list(limit: 20).lazy
            .filter { $0.model == base && $0.status == .succeeded }
            .compactMap(\.latest).first { $0.step >= 5 }?.tokensPerSecond
    }
}

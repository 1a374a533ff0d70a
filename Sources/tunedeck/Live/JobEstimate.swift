import TuneControl
import TuneModel
import TuneStore
import TuneTrainer

/// What a job will take, at the speed that earlier jobs of the same model reached here.
struct JobEstimate {
    let estimate: TrainingEstimate
    let records: JobRecords

    /// Reads and encodes the training file.
    static func make(_ request: JobRequest, on desk: Desk) async throws -> JobEstimate {
        let records = try await JobRecords(of: request, on: desk)
        return JobEstimate(
            estimate: try await estimate(records, settings: records.settings, model: request.model, on: desk),
            records: records)
    }

    /// The same for records that are in memory.
    static func estimate(
        _ records: JobRecords, settings: Hyperparameters, model name: String, on desk: Desk
    ) async throws -> TrainingEstimate {
        let model = try await desk.shelf.find(name)
        let speed = try await knownSpeed(of: model.base, on: desk)
        let examples = records.training.records
        return try await Lane.run("estimate") {
            try TrainingEstimate(
                modelPath: model.weightsPath, records: examples, hyperparameters: settings, tokensPerSecond: speed)
        }
    }

    /// Tokens a second of the newest job on this base that came far enough to tell.
    private static func knownSpeed(of base: String, on desk: Desk) async throws -> Double? {
        try await desk.jobs.list(limit: 20).lazy
            .filter { $0.model == base && $0.status == .succeeded }
            .compactMap(\.latest).first { $0.step >= 5 }?.tokensPerSecond
    }
}

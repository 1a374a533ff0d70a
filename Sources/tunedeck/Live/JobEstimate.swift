import TuneModel
import TuneStore
import TuneTrainer

/// What a job will take on this machine.
enum JobEstimate {
    /// Reads and encodes the files, and tries the model for a second or two.
    static func make(_ request: JobRequest, on desk: Desk) async throws -> TrainingEstimate {
        let model = try await desk.shelf.find(request.model)
        let training = try await TrainingRecords(file: request.trainingFile, on: desk)
        let validation: [Record] =
            if let file = request.validationFile {
                try await TrainingRecords(file: file, on: desk).records
            } else { [] }
        let plan = TrainingPlan(
            modelPath: model.weightsPath, modelName: model.foundation, startingAdapter: model.adapterFolder,
            training: training.records, validation: validation,
            hyperparameters: Hyperparameters(
                request.hyperparameters.fitting(training.shape), examples: training.records.count), folder: "")
        return try await Lane.run("estimate") { try TrainingEstimate(of: plan) }
    }
}

import TuneModel
import TuneStore
import TuneTrainer

/// What a job will take on this machine, and what it will learn from.
struct JobEstimate {
    let estimate: TrainingEstimate
    let records: JobRecords

    /// Reads and encodes the files, and tries the model for a second or two.
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
        let plan = TrainingPlan(
            modelPath: model.weightsPath, modelName: model.foundation, startingAdapter: model.adapterFolder,
            training: records.training.records, validation: records.validation ?? [], hyperparameters: settings,
            folder: "")
        return try await Lane.run("estimate") { try TrainingEstimate(of: plan) }
    }
}

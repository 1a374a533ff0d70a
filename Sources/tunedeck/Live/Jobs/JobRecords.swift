import Foundation
import TuneData
import TuneModel
import TuneStore

/// The records that a job learns from and those that it is measured on.
struct JobRecords {
    let training: TrainingRecords
    /// Nil when nothing is measured.
    let validation: [Record]?
    /// The row of each training record in its file.
    let rows: [Int]
    let settings: Hyperparameters

    /// - Parameter file: what the training file is called when it cannot be split.
    init(
        _ all: TrainingRecords, validation: [Record]?, request: HyperparameterRequest, file: String
    ) throws {
        let request = request.fitting(all.shape)
        guard validation == nil, let share = request.validationShare else {
            training = all
            self.validation = validation
            rows = Array(all.records.indices)
            settings = Hyperparameters(request, examples: all.records.count)
            return
        }
        let seed = request.seed ?? HyperparameterRequest.defaultSeed
        let parts = try HeldOut.rows(of: all.records, share: share, seed: seed, file: file)
        training = all.replacing(parts.training.map { all.records[$0] })
        self.validation = parts.validation.map { all.records[$0] }
        rows = parts.training
        settings = Hyperparameters(request, examples: parts.training.count)
    }

    /// The records of a job that has not been queued yet.
    init(of request: JobRequest, on desk: Desk) async throws {
        let all = try await TrainingRecords(file: request.trainingFile, on: desk)
        var validation: TrainingRecords?
        if let file = request.validationFile { validation = try await TrainingRecords(file: file, on: desk) }
        try self.init(
            all, validation: validation?.records, request: request.hyperparameters, file: request.trainingFile)
    }

    /// The records of the copies that a job has in its folder.
    init(of claim: JobQueue.Claim) throws {
        let validation = try claim.validationPath.map { try TrainingRecords(path: $0).records }
        try self.init(
            TrainingRecords(path: claim.trainingPath), validation: validation, request: claim.job.request,
            file: claim.job.trainingFile)
    }
}

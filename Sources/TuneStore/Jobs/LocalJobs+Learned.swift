import Foundation
import GRDB
public import TuneModel

/// What a run tells of its learning, and ending it to keep what was learned.
extension LocalJobs {
    public func samples(of id: JobID) async throws -> [SampleAnswer] {
        try await workspace.read { db in
            _ = try JobTable.row(id, db)
            return try SampleTable.samples(of: id, db)
        }
    }

    /// How the records of the training file did when they were last learned from.
    ///
    /// - Throws: `noLosses` when the job has not told any.
    public func recordLosses(of id: JobID) async throws -> RecordLosses {
        try await workspace.read { db in
            let job = try JobTable.job(id, db)
            guard let losses = try LossTable.losses(of: id, db) else { throw StoreError.noLosses(id, job.status) }
            return losses
        }
    }

    /// The same of the job that was the last to succeed on a training file; nil when there is none.
    ///
    /// - Parameter file: an absolute path, or a file id.
    public func newestLosses(on file: String) async throws -> (job: Job, losses: RecordLosses)? {
        try await workspace.read { db in
            guard let job = try LossTable.newest(on: file, db), let losses = try LossTable.losses(of: job.id, db)
            else { return nil }
            return (job, losses)
        }
    }

    /// The copy of the training file that the job reads.
    public func trainingCopy(of id: JobID) async throws -> String {
        let paths = workspace.paths
        return try await workspace.read { paths.absolute(try JobTable.row(id, $0)["training_copy"]) }
    }

    @discardableResult
    public func keep(_ id: JobID) async throws -> Job {
        try await change(id) { job, db in
            if job.status.isFinal { throw StoreError.jobFinished(id, job.status) }
            guard job.latest != nil else { throw StoreError.nothingLearned(id) }
            if job.status == .paused {
                try JobTable.move(id, to: .queued, saying: Wording("Job queued again.", "任务已重新加入队列。"), db)
            }
            let message =
                job.status == .running
                ? Wording("Stopping after this step, to keep what was learned.", "将在这一步结束后停止，并保留已学到的内容。")
                : Wording("At its next start the job delivers what it has learned.", "任务下次启动时将交付已学到的内容。")
            try Self.wish(.keep, of: id, saying: message, db)
        }
    }
}

public import Foundation
import GRDB
public import TuneModel

/// The jobs of this machine: kept in the workspace, run by its detached worker.
public final class LocalJobs: JobService {
    let workspace: Workspace
    private let keeper: WorkerKeeper
    private let shelf: ModelShelf

    /// - Parameter launcher: how a worker is started when there is work and none is alive.
    public init(_ workspace: Workspace, shelf: ModelShelf, launcher: WorkerLauncher) {
        self.workspace = workspace
        self.shelf = shelf
        keeper = WorkerKeeper(workspace, launcher)
    }

    public func create(_ request: JobRequest) async throws -> Job {
        let model = try await shelf.find(request.model)
        let id = JobID.random()
        let intake = JobIntake(workspace: workspace, folder: workspace.paths.job(id))
        do {
            let training = try await intake.take(request.trainingFile, as: "training")
            let validation: JobIntake.Taken? =
                if let file = request.validationFile { try await intake.take(file, as: "validation") } else { nil }
            let job = Job(
                id: id, model: model.name, suffix: request.suffix, trainingFile: training.name,
                validationFile: validation?.name, createdAt: .now, request: request.hyperparameters)
            try await workspace.write { db in
                try JobTable.insert(job, trainingCopy: training.copy, validationCopy: validation?.copy, db)
                try EventTable.append(
                    Wording("Job queued.", "任务已加入队列。"), kind: .status(.queued), to: id, at: job.createdAt, db)
            }
        } catch {
            try? Folder.remove(workspace.paths.job(id))
            throw error
        }
        await wakeWorker(for: id)
        return try await job(id)
    }

    public func list(limit: Int) async throws -> [Job] {
        try? await keeper.look()
        return try await workspace.read { try JobTable.jobs(limit: limit, $0) }
    }

    public func job(_ id: JobID) async throws -> Job {
        try? await keeper.look()
        return try await workspace.read { try JobTable.job(id, $0) }
    }

    public func events(of id: JobID, after last: Int?) async throws -> [JobEvent] {
        try await workspace.read { db in
            _ = try JobTable.row(id, db)
            return try EventTable.events(of: id, after: last ?? 0, db)
        }
    }

    public func follow(_ id: JobID, after last: Int?) -> AsyncThrowingStream<[JobEvent], any Error> {
        JobFollower(workspace: workspace, keeper: keeper, id: id).stream(after: last ?? 0)
    }

    public func results(of id: JobID) async throws -> String {
        let hasValidation = try await workspace.read { try JobTable.job(id, $0) }.validationFile != nil
        return Results.csv(try await steps(of: id), withValidation: hasValidation)
    }

    /// The steps so far, each once, in order.
    ///
    /// - Throws: `noResults` before the first one.
    public func steps(of id: JobID) async throws -> [StepMetrics] {
        try await workspace.read { db in
            let steps = try MetricsTable.steps(of: id, db)
            if steps.isEmpty { throw StoreError.noResults(id, try JobTable.job(id, db).status) }
            return steps
        }
    }

    /// When the worker last said that it is alive; nil while no job runs.
    public func lastHeartbeat() async throws -> Date? {
        try await workspace.read { db in
            try Double.fetchOne(db, sql: "SELECT MAX(heartbeat_at) FROM jobs WHERE status = 'running'")
        }.map(Date.init(timeIntervalSince1970:))
    }

    @discardableResult
    public func cancel(_ id: JobID) async throws -> Job {
        try await change(id) { job, db in
            switch job.status {
            case .running:
                try Self.wish(.cancel, of: id, saying: Wording("Cancelling after this step.", "将在这一步结束后取消。"), db)
            case .succeeded, .failed, .cancelled:
                throw StoreError.jobFinished(id, job.status)
            case .queued, .paused, .validatingFiles, .other:
                try JobTable.move(id, to: .cancelled, saying: Wording("Job cancelled.", "任务已取消。"), db)
            }
        }
    }

    @discardableResult
    public func pause(_ id: JobID) async throws -> Job {
        try await change(id) { job, db in
            switch job.status {
            case .running:
                try Self.wish(.pause, of: id, saying: Wording("Pausing after this step.", "将在这一步结束后暂停。"), db)
            case .succeeded, .failed, .cancelled:
                throw StoreError.jobFinished(id, job.status)
            case .paused:
                break
            case .queued, .validatingFiles, .other:
                try JobTable.move(id, to: .paused, saying: Wording("Job paused.", "任务已暂停。"), db)
            }
        }
    }

    @discardableResult
    public func resume(_ id: JobID) async throws -> Job {
        try await change(id) { job, db in
            switch job.status {
            case .paused:
                try JobTable.move(id, to: .queued, saying: Wording("Job queued again.", "任务已重新加入队列。"), db)
            case .running:
                // A pause that has not happened yet is taken back; a cancellation is not.
                try db.execute(
                    sql: "UPDATE jobs SET wish = NULL WHERE id = ? AND wish = ?",
                    arguments: [id.text, JobWish.pause.rawValue])
            case .queued, .validatingFiles, .other:
                break
            case .succeeded, .failed, .cancelled:
                throw StoreError.jobNotPaused(id, job.status)
            }
        }
    }

    public func delete(_ id: JobID) async throws {
        try await workspace.write { db in
            let job = try JobTable.job(id, db)
            guard job.status.isFinal else { throw StoreError.jobNotFinished(id, job.status) }
            if let model = job.fineTunedModel { try ModelTable.delete(model, db) }
            try db.execute(sql: "DELETE FROM jobs WHERE id = ?", arguments: [id.text])
        }
        try Folder.remove(workspace.paths.job(id))
    }

    // MARK: - Private

    private func change(_ id: JobID, _ body: @escaping @Sendable (Job, Database) throws -> Void) async throws -> Job {
        try await workspace.write { db in try body(JobTable.job(id, db), db) }
        await wakeWorker(for: id)
        return try await workspace.read { try JobTable.job(id, $0) }
    }

    private static func wish(_ wish: JobWish, of id: JobID, saying message: Wording, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE jobs SET wish = ? WHERE id = ? AND (wish IS NULL OR wish <> ?)",
            arguments: [wish.rawValue, id.text, JobWish.cancel.rawValue])
        if db.changesCount > 0 { try EventTable.append(message, to: id, db) }
    }

    /// Starts a worker when one is needed. A job that is stored is not undone by a worker that does not start:
    /// its events say so, and any later look tries again.
    private func wakeWorker(for id: JobID) async {
        do {
            try await keeper.look()
        } catch {
            let reason = Explanation(of: error).what
            try? await workspace.write { try EventTable.append(reason, level: .warn, to: id, $0) }
        }
    }
}

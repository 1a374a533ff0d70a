public import Foundation
import GRDB
public import TuneModel

/// The jobs of this machine: kept in the workspace, run by its detached worker.
public final class LocalJobs: JobService {
    let workspace: Workspace
    private let keeper: WorkerKeeper
    let shelf: ModelShelf

    /// - Parameter launcher: how a worker is started when there is work and none is alive.
    public init(_ workspace: Workspace, shelf: ModelShelf, launcher: WorkerLauncher) {
        self.workspace = workspace
        self.shelf = shelf
        keeper = WorkerKeeper(workspace, launcher)
    }

    public func create(_ request: JobRequest) async throws -> Job { try await queue([request], group: nil)[0] }

    public func createGroup(_ requests: [JobRequest]) async throws -> [Job] {
        try await queue(requests, group: requests.isEmpty ? nil : .random())
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

    /// - Throws: `noResults` before the first step.
    public func results(of id: JobID) async throws -> String {
        let job = try await workspace.read { try JobTable.job(id, $0) }
        let steps = try await steps(of: id)
        if steps.isEmpty { throw StoreError.noResults(id, job.status) }
        return Results.csv(steps, withValidation: job.isValidated)
    }

    public func steps(of id: JobID) async throws -> [StepMetrics] {
        try await workspace.read { db in
            _ = try JobTable.row(id, db)
            return try MetricsTable.steps(of: id, db)
        }
    }

    /// When the worker last said that it is alive; nil while no job runs.
    public func lastHeartbeat() async throws -> Date? {
        try await workspace.read { db in
            try Double.fetchOne(
                db, sql: "SELECT MAX(heartbeat_at) FROM jobs WHERE status = 'running' AND service IS NULL")
        }.map(Date.init(timeIntervalSince1970:))
    }

    @discardableResult
    public func cancel(_ id: JobID) async throws -> Job {
        try await change(id) { try Self.end($0, $1) }
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
        try await workspace.write { try Self.forget(try JobTable.job(id, $0), $0) }
        try Folder.remove(workspace.paths.job(id))
    }

    // MARK: - Inside of the module

    static func forget(_ job: Job, _ db: Database) throws {
        guard job.status.isFinal else { throw StoreError.jobNotFinished(job.id, job.status) }
        if let model = job.fineTunedModel { try ModelTable.delete(model, db) }
        try db.execute(sql: "DELETE FROM jobs WHERE id = ?", arguments: [job.id.text])
    }

    static func end(_ job: Job, _ db: Database) throws {
        switch job.status {
        case .running:
            try wish(.cancel, of: job.id, saying: Wording("Cancelling after this step.", "将在这一步结束后取消。"), db)
        case .succeeded, .failed, .cancelled:
            throw StoreError.jobFinished(job.id, job.status)
        case .queued, .paused, .validatingFiles, .other:
            try JobTable.move(job.id, to: .cancelled, saying: Wording("Job cancelled.", "任务已取消。"), db)
        }
    }

    func change(_ id: JobID, _ body: @escaping @Sendable (Job, Database) throws -> Void) async throws -> Job {
        try await workspace.write { db in try body(JobTable.job(id, db), db) }
        await wakeWorker(for: id)
        return try await workspace.read { try JobTable.job(id, $0) }
    }

    /// A later wish takes the place of an earlier one; but nothing takes back a cancellation.
    static func wish(_ wish: JobWish, of id: JobID, saying message: Wording, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE jobs SET wish = :wish WHERE id = :id AND (wish IS NULL OR wish NOT IN (:wish, :cancel))",
            arguments: ["wish": wish.rawValue, "id": id.text, "cancel": JobWish.cancel.rawValue])
        if db.changesCount > 0 { try EventTable.append(message, to: id, db) }
    }

    /// Sees to it that waiting work has a worker.
    func look() async throws { try await keeper.look() }

    /// Starts a worker when one is needed. A job that is stored is not undone by a worker that does not start:
    /// its events say so, and any later look tries again.
    func wakeWorker(for id: JobID) async {
        do {
            try await keeper.look()
        } catch {
            let reason = Explanation(of: error).what
            try? await workspace.write { try EventTable.append(reason, level: .warn, to: id, $0) }
        }
    }
}

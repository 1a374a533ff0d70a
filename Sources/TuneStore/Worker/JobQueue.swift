import Foundation
import GRDB
public import TuneModel

/// The worker's side of the jobs table: what to do next.
public struct JobQueue: Sendable {
    private let workspace: Workspace

    /// Workers that a job may lose without a new step in between before it is given up.
    private static let bearableLosses = 3

    public init(_ workspace: Workspace) { self.workspace = workspace }

    /// A job taken from the queue.
    public struct Claim: Sendable {
        public let job: Job
        /// Copies of the job's files; an edited original does not change the run.
        public let trainingPath: String
        public let validationPath: String?
        /// `checkpoints/`, `adapter/` and the reports go here.
        public let folder: String
    }

    /// Takes the queued job whose turn it is, which is then running; nil when there is none.
    public func claimNext() async throws -> Claim? {
        let paths = workspace.paths
        let worker = Int(getpid())
        return try await workspace.write { db in
            let next = try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM jobs WHERE status = 'queued' AND service IS NULL ORDER BY place, number LIMIT 1
                    """)
            guard let next else { return nil }
            let id = try JobTable.job(next).id
            let now = Date.now.timeIntervalSince1970
            try db.execute(
                sql: """
                    UPDATE jobs SET started_at = COALESCE(started_at, :now), worker = :worker, heartbeat_at = :now
                    WHERE id = :id
                    """, arguments: ["now": now, "worker": worker, "id": id.text])
            let isFirst = next["started_at"] == nil
            try JobTable.move(
                id, to: .running,
                saying: isFirst ? Wording("Job started.", "任务已开始。") : Wording("Job goes on.", "任务继续运行。"), db)
            return Claim(
                job: try JobTable.job(id, db),
                trainingPath: paths.data + "/" + (next["training_copy"] as String),
                validationPath: (next["validation_copy"] as String?).map { paths.data + "/" + $0 },
                folder: paths.job(id))
        }
    }

    /// Whether a job waits.
    public func isEmpty() async throws -> Bool {
        try await workspace.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM jobs WHERE status = 'queued' AND service IS NULL") == 0
        }
    }

    /// Deals with jobs that say they run though no worker does; only for the holder of the worker's lock.
    ///
    /// They go on from their last checkpoint, or end as was wished; one that keeps losing its workers has failed.
    @discardableResult
    public func requeueLost() async throws -> [JobID] {
        try await workspace.write { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM jobs WHERE status = 'running' AND service IS NULL ORDER BY number")
            return try rows.map { row in
                let job = try JobTable.job(row)
                switch (row["wish"] as String?).flatMap(JobWish.init(rawValue:)) {
                case .cancel: try JobTable.move(job.id, to: .cancelled, saying: Wording("Job cancelled.", "任务已取消。"), db)
                case .pause: try JobTable.move(job.id, to: .paused, saying: Wording("Job paused.", "任务已暂停。"), db)
                // The next worker delivers what the last checkpoint holds.
                case .keep, nil: try requeue(job, row, db)
                }
                return job.id
            }
        }
    }

    // MARK: - Private

    private func requeue(_ job: Job, _ row: Row, _ db: Database) throws {
        let step = job.latest?.step ?? 0
        let gotOn = step > row["lost_step"]
        let losses = gotOn ? 1 : (row["losses"] as Int) + 1
        try db.execute(
            sql: "UPDATE jobs SET losses = ?, lost_step = MAX(lost_step, ?) WHERE id = ?",
            arguments: [losses, step, job.id.text])
        if losses > Self.bearableLosses {
            let failure = JobFailure(
                code: "worker_lost",
                explanation: Explanation(
                    Wording(
                        "The worker died \(losses) times in a row at step \(step), most likely for want of memory.",
                        "工作进程在第 \(step) 步连续意外退出 \(losses) 次，很可能是内存不足。"),
                    next: Wording(
                        "Try a smaller batch size, free some memory, and see \(workspace.paths.workerLog).",
                        "请减小批大小、释放一些内存，并查看 \(workspace.paths.workerLog)。")))
            try JobRecorder.fail(job.id, failure, db)
        } else {
            try JobTable.move(
                job.id, to: .queued, level: .warn,
                saying: Wording(
                    "The worker was lost at step \(step); the job goes on from its last checkpoint.",
                    "工作进程在第 \(step) 步意外退出；任务将从上一个检查点继续。"), db)
        }
    }
}

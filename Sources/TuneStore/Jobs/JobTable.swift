import Foundation
import GRDB
import TuneModel

/// The table of jobs.
///
/// Whoever does not say otherwise sees only the jobs of this machine: what its worker does with a job must never happen to
/// one that runs elsewhere.
enum JobTable {
    /// Which jobs are meant.
    enum Side {
        /// Those of this machine.
        case local
        /// Those of services elsewhere.
        case remote
        case either

        var condition: String {
            switch self {
            case .local: "jobs.service IS NULL"
            case .remote: "jobs.service IS NOT NULL"
            case .either: "TRUE"
            }
        }
    }

    static func job(_ row: Row) throws -> Job {
        let text: String = row["id"]
        guard let id = JobID(text), let createdAt = row.date("created_at") else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "job id \(text)")
        }
        var job = Job(
            id: id, status: JobStatus(row["status"]), model: row["model"], suffix: row["suffix"],
            trainingFile: row["training_file"], validationFile: row["validation_file"], createdAt: createdAt,
            request: try row.json("request") ?? HyperparameterRequest())
        job.startedAt = row.date("started_at")
        job.finishedAt = row.date("finished_at")
        job.hyperparameters = try row.json("hyperparameters")
        job.totalSteps = row["total_steps"]
        job.trainedTokens = row["trained_tokens"]
        job.fineTunedModel = row["fine_tuned_model"]
        job.failure = try row.json("failure")
        job.latest = try row.json("latest")
        job.facts = try row.json("facts")
        job.group = (row["sweep"] as String?).flatMap(GroupID.init)
        job.turn = row["turn"]
        job.metadata = try row.json("metadata") ?? [:]
        job.origin = try row.json("origin")
        return job
    }

    /// The columns of a job, and its turn while it is queued.
    private static let columns = """
        jobs.*, CASE WHEN status = 'queued' AND service IS NULL THEN
            (SELECT COUNT(*) FROM jobs AS others
                WHERE others.status = 'queued' AND others.service IS NULL AND others.place <= jobs.place)
        END AS turn
        """

    /// The row of a job; one of a service is also found by the id that it had before the service answered.
    ///
    /// - Throws: `jobNotFound`, and `jobElsewhere` when a job of this machine is wanted and this is none.
    static func row(_ id: JobID, of side: Side = .local, _ db: Database) throws -> Row {
        let row = try Row.fetchOne(
            db, sql: "SELECT \(columns) FROM jobs WHERE id = :id OR draft = :id ORDER BY id = :id DESC",
            arguments: ["id": id.text])
        guard let row else { throw StoreError.jobNotFound(id) }
        let service = (row["service"] as String?).flatMap(ServiceName.init)
        switch (side, service) {
        case (.local, let service?): throw StoreError.jobElsewhere(id, service)
        case (.remote, nil): throw StoreError.jobNotFound(id)
        case (.local, nil), (.remote, .some), (.either, _): return row
        }
    }

    static func job(_ id: JobID, of side: Side = .local, _ db: Database) throws -> Job {
        try job(row(id, of: side, db))
    }

    /// Newest first, those made before `last`.
    ///
    /// - Throws: as `row`, of `last`.
    static func jobs(after last: JobID? = nil, limit: Int, of side: Side = .local, _ db: Database) throws -> [Job] {
        let border = try last.map { try row($0, of: side, db) }
        // By time and not by number: a job of a service may be older than the day it was found.
        return try Row.fetchAll(
            db,
            sql: """
                SELECT \(columns) FROM jobs
                WHERE \(side.condition) AND (:at IS NULL OR (created_at, number) < (:at, :number))
                ORDER BY created_at DESC, number DESC LIMIT :limit
                """,
            arguments: [
                "at": border.map { $0["created_at"] as Double }, "number": border.map { $0["number"] as Int64 },
                "limit": limit,
            ]
        ).map(job)
    }

    /// The jobs of a sweep, in the order of their making; empty when there is no such sweep.
    static func jobs(of group: GroupID, on side: Side = .local, _ db: Database) throws -> [Job] {
        try Row.fetchAll(
            db, sql: "SELECT \(columns) FROM jobs WHERE sweep = ? AND \(side.condition) ORDER BY number",
            arguments: [group.text]
        ).map(job)
    }

    /// The newest local job of these statuses whose `column` holds `value`: who still needs a file or a model.
    static func open(where column: String, is value: String, _ db: Database) throws -> JobID? {
        try String.fetchOne(
            db,
            sql: """
                SELECT id FROM jobs
                WHERE \(column) = ? AND service IS NULL AND status IN ('queued', 'running', 'paused')
                ORDER BY number DESC
                """, arguments: [value]
        ).flatMap(JobID.init)
    }

    static func insert(_ job: Job, trainingCopy: String, validationCopy: String?, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO jobs (id, status, model, suffix, training_file, validation_file, training_copy,
                    validation_copy, created_at, request, sweep, metadata)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                job.id.text, job.status.text, job.model, job.suffix, job.trainingFile, job.validationFile,
                trainingCopy, validationCopy, job.createdAt.timeIntervalSince1970, StoredJSON.text(job.request),
                job.group?.text, job.metadata.isEmpty ? nil : StoredJSON.text(job.metadata),
            ])
        try db.execute(sql: "UPDATE jobs SET place = number WHERE id = ?", arguments: [job.id.text])
    }

    /// Moves a job to a status and tells its followers, in the caller's transaction.
    ///
    /// A wish has come true or is void then; only «keep» waits for the worker that goes on after a lost one.
    static func move(
        _ id: JobID, to status: JobStatus, level: JobEvent.Level = .info, saying message: Wording, _ db: Database
    ) throws {
        let now = Date.now
        try db.execute(
            sql: """
                UPDATE jobs SET status = :status,
                    wish = CASE WHEN wish = 'keep' AND :status IN ('queued', 'running') THEN wish END,
                    finished_at = CASE WHEN :final THEN :now ELSE finished_at END,
                    worker = CASE WHEN :status = 'running' THEN worker END,
                    heartbeat_at = CASE WHEN :status = 'running' THEN heartbeat_at END
                WHERE id = :id
                """,
            arguments: [
                "status": status.text, "final": status.isFinal, "now": now.timeIntervalSince1970, "id": id.text,
            ])
        try EventTable.append(message, level: level, kind: .status(status), to: id, at: now, db)
    }
}

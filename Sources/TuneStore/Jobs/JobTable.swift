import Foundation
import GRDB
import TuneModel

/// The table of jobs.
enum JobTable {
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
        return job
    }

    /// The columns of a job, and its turn while it is queued.
    private static let columns = """
        jobs.*, CASE WHEN status = 'queued' THEN
            (SELECT COUNT(*) FROM jobs AS others WHERE others.status = 'queued' AND others.place <= jobs.place)
        END AS turn
        """

    /// The row of a job.
    ///
    /// - Throws: `StoreError.jobNotFound`.
    static func row(_ id: JobID, _ db: Database) throws -> Row {
        guard let row = try Row.fetchOne(db, sql: "SELECT \(columns) FROM jobs WHERE id = ?", arguments: [id.text])
        else {
            throw StoreError.jobNotFound(id)
        }
        return row
    }

    static func job(_ id: JobID, _ db: Database) throws -> Job { try job(row(id, db)) }

    /// Newest first, those made before `last`.
    ///
    /// - Throws: `StoreError.jobNotFound` of `last`.
    static func jobs(after last: JobID? = nil, limit: Int, _ db: Database) throws -> [Job] {
        let number: Int64 = try last.map { try row($0, db)["number"] } ?? .max
        return try Row.fetchAll(
            db, sql: "SELECT \(columns) FROM jobs WHERE number < ? ORDER BY number DESC LIMIT ?",
            arguments: [number, limit]
        ).map(job)
    }

    /// The jobs of a sweep, in the order of their making; empty when there is no such sweep.
    static func jobs(of group: GroupID, _ db: Database) throws -> [Job] {
        try Row.fetchAll(
            db, sql: "SELECT \(columns) FROM jobs WHERE sweep = ? ORDER BY number", arguments: [group.text]
        ).map(job)
    }

    /// The newest job of these statuses whose `column` holds `value`: who still needs a file or a model.
    static func open(where column: String, is value: String, _ db: Database) throws -> JobID? {
        try String.fetchOne(
            db,
            sql: """
                SELECT id FROM jobs WHERE \(column) = ? AND status IN ('queued', 'running', 'paused')
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

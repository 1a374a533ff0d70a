import Foundation
import GRDB
import TuneModel

/// The rows of jobs that services elsewhere run.
enum RemoteTable {
    /// How much of a job stands here.
    enum Mirror: String, Sendable {
        /// There is more to come: somebody should keep it up.
        case due
        /// It was over when it was found; the rest is fetched once somebody looks at it.
        case idle
        /// All of it.
        case done
    }

    struct Entry: Sendable {
        let id: JobID
        let service: ServiceName
        /// Nil until the service has said that it has the job.
        let remoteID: String?
        /// Finds a job in the service's list whose answer was lost; nil when it was not made here.
        let key: String?
        /// What it was called before the service answered; it never changes.
        let draft: String
        let status: JobStatus
        let mirror: Mirror
        let origin: JobOrigin
        let model: String
        let suffix: String?
        let createdAt: Date
    }

    /// Its status until the service has said that it has the job.
    static let sending = JobStatus.other("sending")
    /// The failure of a job that the service never made.
    static let notCreated = "not_created"

    static func entry(_ row: Row) throws -> Entry {
        guard let id = JobID(row["id"]), let service = ServiceName(row["service"]),
            let origin: JobOrigin = try row.json("origin")
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "job of a service \(row["id"] as String)") }
        return Entry(
            id: id, service: service, remoteID: row["remote_id"], key: row["wish_key"],
            draft: row["draft"] ?? id.text, status: JobStatus(row["status"]),
            mirror: (row["mirror"] as String?).flatMap(Mirror.init) ?? .due, origin: origin, model: row["model"],
            suffix: row["suffix"],
            createdAt: row.date("created_at") ?? .distantPast)
    }

    /// - Throws: `jobNotFound`, also for a job of this machine.
    static func entry(_ id: JobID, _ db: Database) throws -> Entry { try entry(JobTable.row(id, of: .remote, db)) }

    /// Those with more to come, newest first.
    static func due(_ db: Database) throws -> [Entry] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM jobs WHERE service IS NOT NULL AND mirror = 'due' ORDER BY number DESC"
        ).map(entry)
    }

    /// The job that a service calls so.
    static func entry(named name: String, of service: ServiceName, _ db: Database) throws -> Entry? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM jobs WHERE service = ? AND remote_id = ?", arguments: [service.text, name]
        ).map(entry)
    }

    /// The job that was asked for with this key and has not been found at the service yet.
    static func entry(wishedBy key: String, from service: ServiceName, _ db: Database) throws -> Entry? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM jobs WHERE service = ? AND wish_key = ? AND remote_id IS NULL",
            arguments: [service.text, key]
        ).map(entry)
    }

    /// The job that is called `text` here or at a service; the newest one where several services use the same name.
    static func id(called text: String, at service: ServiceName?, _ db: Database) throws -> JobID? {
        let own = JobID(text)?.text
        return try String.fetchOne(
            db,
            sql: """
                SELECT id FROM jobs
                WHERE service IS NOT NULL AND (:service IS NULL OR service = :service)
                    AND (remote_id = :text OR remote_id = :own OR id = :own OR draft = :own)
                ORDER BY remote_id = :text DESC, number DESC
                """, arguments: ["service": service?.text, "text": text, "own": own]
        ).flatMap(JobID.init)
    }

    // MARK: - Writing

    /// Writes down a job that is about to be asked for, or one that a service was found to have.
    static func insert(_ job: Job, key: String?, mirror: Mirror, _ db: Database) throws {
        guard let origin = job.origin else { preconditionFailure("a job of this machine") }
        try JobTable.insert(job, trainingCopy: "", validationCopy: nil, db)
        try db.execute(
            sql: """
                UPDATE jobs SET service = ?, remote_id = ?, origin = ?, draft = id, wish_key = ?, mirror = ? WHERE id = ?
                """,
            arguments: [
                origin.service.text, origin.id.isEmpty ? nil : origin.id, StoredJSON.text(origin), key,
                mirror.rawValue, job.id.text,
            ])
    }

    static func set(_ mirror: Mirror, of id: JobID, _ db: Database) throws {
        try db.execute(sql: "UPDATE jobs SET mirror = ? WHERE id = ?", arguments: [mirror.rawValue, id.text])
    }

    static func set(_ origin: JobOrigin, of id: JobID, _ db: Database) throws {
        try db.execute(sql: "UPDATE jobs SET origin = ? WHERE id = ?", arguments: [StoredJSON.text(origin), id.text])
    }

    /// Whether a person deleted it here.
    static func isForgotten(_ remote: RemoteJob, of service: ServiceName, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT 1 FROM forgotten WHERE service = ? AND name IN (?, ?)",
            arguments: [service.text, remote.id, remote.metadata[RemoteJobs.keyName]]) ?? false
    }

    static func forget(_ entry: Entry, _ db: Database) throws {
        for name in [entry.remoteID, entry.key].compactMap({ $0 }) {
            try db.execute(
                sql: "INSERT OR IGNORE INTO forgotten (service, name) VALUES (?, ?)",
                arguments: [entry.service.text, name])
        }
        try db.execute(sql: "DELETE FROM jobs WHERE id = ?", arguments: [entry.id.text])
    }

    /// Gives a job a new id with all that belongs to it.
    static func rename(_ id: JobID, to new: JobID, _ db: Database) throws {
        // Until the end of this transaction, what points to the job may point nowhere.
        try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
        try db.execute(sql: "UPDATE jobs SET id = ? WHERE id = ?", arguments: [new.text, id.text])
        for table in ["events", "metrics", "samples", "losses", "checkpoints"] {
            try db.execute(sql: "UPDATE \(table) SET job = ? WHERE job = ?", arguments: [new.text, id.text])
        }
    }

    static func isFree(_ id: JobID, _ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT 1 FROM jobs WHERE ? IN (id, draft)", arguments: [id.text]) == nil
    }
}

import Foundation
import GRDB
import TuneModel

/// The table of what happened in jobs.
enum EventTable {
    /// Adds an event after the newest of its job; the caller's transaction keeps the numbers without a gap.
    ///
    /// - Parameter remoteID: what the service that runs the job calls the event.
    static func append(
        _ message: Wording, level: JobEvent.Level = .info, kind: JobEvent.Kind = .message, to id: JobID,
        at date: Date = .now, remoteID: String? = nil, _ db: Database
    ) throws {
        let (word, detail) = try stored(kind)
        try db.execute(
            sql: """
                INSERT INTO events (job, id, created_at, level, english, chinese, kind, detail, remote_id)
                SELECT :job, COALESCE(MAX(id), 0) + 1, :at, :level, :english, :chinese, :kind, :detail, :remote
                FROM events WHERE job = :job
                """,
            arguments: [
                "job": id.text, "at": date.timeIntervalSince1970, "level": level.rawValue,
                "english": message.english, "chinese": message.chinese, "kind": word, "detail": detail,
                "remote": remoteID,
            ])
    }

    /// Events after `last`, oldest first, at most `limit`.
    static func events(of id: JobID, after last: Int, limit: Int = .max, _ db: Database) throws -> [JobEvent] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM events WHERE job = ? AND id > ? ORDER BY id LIMIT ?",
            arguments: [id.text, last, limit]
        ).map(event)
    }

    /// Events before `first`, newest first, at most `limit`.
    static func events(of id: JobID, before first: Int, limit: Int, _ db: Database) throws -> [JobEvent] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM events WHERE job = ? AND id < ? ORDER BY id DESC LIMIT ?",
            arguments: [id.text, first, limit]
        ).map(event)
    }

    private static func event(_ row: Row) throws -> JobEvent {
        JobEvent(
            id: row["id"], createdAt: row.date("created_at") ?? .distantPast,
            level: JobEvent.Level(rawValue: row["level"]) ?? .info,
            message: Wording(row["english"], row["chinese"]), kind: try kind(row))
    }

    private static func kind(_ row: Row) throws -> JobEvent.Kind {
        switch row["kind"] as String {
        case "metrics": try row.json("detail").map(JobEvent.Kind.metrics) ?? .message
        case "sample": try row.json("detail").map(JobEvent.Kind.sample) ?? .message
        case "status": .status(JobStatus(row["detail"]))
        default: .message
        }
    }

    private static func stored(_ kind: JobEvent.Kind) throws -> (word: String, detail: String?) {
        switch kind {
        case .message: ("message", nil)
        case .metrics(let metrics): ("metrics", try StoredJSON.text(metrics))
        case .sample(let sample): ("sample", try StoredJSON.text(sample))
        case .status(let status): ("status", status.text)
        }
    }
}

import Foundation
import GRDB
import TuneModel

/// The table of the states that services saved of their runs.
enum CheckpointTable {
    /// A checkpoint that the service does not list any more stays: what was measured at it was so.
    static func keep(_ checkpoints: [RemoteCheckpoint], of id: JobID, _ db: Database) throws {
        for checkpoint in checkpoints {
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO checkpoints (job, id, step, created_at, model, metrics)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id.text, checkpoint.id, checkpoint.step, checkpoint.createdAt.timeIntervalSince1970,
                    checkpoint.model, checkpoint.metrics.map(StoredJSON.text),
                ])
        }
    }

    /// Newest first.
    static func checkpoints(of id: JobID, _ db: Database) throws -> [JobCheckpoint] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM checkpoints WHERE job = ? ORDER BY step DESC, created_at DESC, id",
            arguments: [id.text]
        ).map { row in
            JobCheckpoint(
                step: row["step"], createdAt: row.date("created_at") ?? .distantPast,
                metrics: try row.json("metrics"), model: row["model"])
        }
    }
}

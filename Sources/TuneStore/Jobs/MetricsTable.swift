import GRDB
import TuneModel

/// The table of steps, without the events' history: a step that was run again after a loss stands here once.
enum MetricsTable {
    static func append(_ metrics: StepMetrics, to id: JobID, _ db: Database) throws {
        // A resumed run starts at its last checkpoint, and what it does again replaces what was.
        try db.execute(
            sql: "DELETE FROM metrics WHERE job = ? AND step >= ?", arguments: [id.text, metrics.step])
        try db.execute(
            sql: "INSERT INTO metrics (job, step, detail) VALUES (?, ?, ?)",
            arguments: [id.text, metrics.step, StoredJSON.text(metrics)])
    }

    static func steps(of id: JobID, _ db: Database) throws -> [StepMetrics] {
        try String.fetchAll(db, sql: "SELECT detail FROM metrics WHERE job = ? ORDER BY step", arguments: [id.text])
            .map { try StoredJSON.value($0) }
    }
}

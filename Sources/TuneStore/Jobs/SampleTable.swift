import GRDB
import TuneModel

/// The table of what models answered on their way, each prompt once a step.
enum SampleTable {
    static func append(_ sample: SampleAnswer, to id: JobID, _ db: Database) throws {
        // A resumed run starts at its last checkpoint, and what it does again replaces what was.
        try db.execute(
            sql: "DELETE FROM samples WHERE job = ? AND (step > ? OR step = ? AND prompt = ?)",
            arguments: [id.text, sample.step, sample.step, sample.prompt])
        try db.execute(
            sql: """
                INSERT INTO samples (job, place, step, prompt, answer)
                SELECT :job, COALESCE(MAX(place), 0) + 1, :step, :prompt, :answer FROM samples WHERE job = :job
                """,
            arguments: [
                "job": id.text, "step": sample.step, "prompt": sample.prompt, "answer": sample.answer,
            ])
    }

    /// Oldest first.
    static func samples(of id: JobID, _ db: Database) throws -> [SampleAnswer] {
        try Row.fetchAll(db, sql: "SELECT * FROM samples WHERE job = ? ORDER BY place", arguments: [id.text]).map {
            SampleAnswer(step: $0["step"], prompt: $0["prompt"], answer: $0["answer"])
        }
    }
}

public import Foundation
import GRDB
public import TuneModel

/// The answers that models gave, kept so that they can be read again and bad ones can go back into the data.
public struct AnswerLog: Sendable {
    private let workspace: Workspace

    public init(_ workspace: Workspace) { self.workspace = workspace }

    /// - Parameters:
    ///   - prompt: the question as it was typed.
    ///   - request: what was asked of the model, so that it can be asked again.
    @discardableResult
    public func append(
        model: String, prompt: String, answer: String, summary: AnswerSummary?, request: AnswerRequest? = nil
    ) async throws -> KeptAnswer {
        let detail = try summary.map { try StoredJSON.text($0) }
        let asked = try request.map { try StoredJSON.text($0) }
        let now = Date.now
        let id = try await workspace.write { db in
            try db.execute(
                sql: """
                    INSERT INTO answers (created_at, model, prompt, answer, summary, request)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [now.timeIntervalSince1970, model, prompt, answer, detail, asked])
            return db.lastInsertedRowID
        }
        return KeptAnswer(
            id: id, createdAt: now, model: model, prompt: prompt, answer: answer, summary: summary, request: request)
    }

    /// Newest first.
    ///
    /// - Parameter words: each has to stand in the question, the answer or the model's name; capitals do not count.
    public func list(limit: Int, words: [String] = []) async throws -> [KeptAnswer] {
        let tests = words.map { _ in #"(prompt || char(10) || answer || char(10) || model) LIKE ? ESCAPE '\'"# }
        let filter = tests.isEmpty ? "" : "WHERE " + tests.joined(separator: " AND ")
        let patterns = words.map(Self.pattern)
        return try await workspace.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM answers \(filter) ORDER BY id DESC LIMIT ?",
                arguments: StatementArguments(patterns) + [limit]
            ).map { row in
                KeptAnswer(
                    id: row["id"], createdAt: row.date("created_at") ?? .distantPast, model: row["model"],
                    prompt: row["prompt"], answer: row["answer"], summary: try row.json("summary"),
                    // What another version asked in another form is still worth reading.
                    request: try? row.json("request"))
            }
        }
    }

    /// An answer that is not there any more is no failure.
    public func delete(_ id: Int64) async throws {
        try await workspace.write { try $0.execute(sql: "DELETE FROM answers WHERE id = ?", arguments: [id]) }
    }

    // MARK: -

    /// A word for LIKE, in which nothing of it has a meaning of its own.
    private static func pattern(_ word: String) -> String {
        "%" + word.map { ["%", "_", "\\"].contains($0) ? "\\\($0)" : String($0) }.joined() + "%"
    }
}

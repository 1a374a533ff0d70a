public import Foundation
import GRDB
public import TuneModel

/// An answer that a model gave.
public struct LoggedAnswer: Hashable, Sendable, Identifiable {
    public let id: Int64
    public let createdAt: Date
    public let model: String
    public let prompt: String
    public let answer: String
    public let summary: AnswerSummary?
}

/// The answers that models gave, kept so that bad ones can go back into the data.
public struct AnswerLog: Sendable {
    private let workspace: Workspace

    public init(_ workspace: Workspace) { self.workspace = workspace }

    public func append(model: String, prompt: String, answer: String, summary: AnswerSummary?) async throws {
        let detail = try summary.map { try StoredJSON.text($0) }
        try await workspace.write { db in
            try db.execute(
                sql: "INSERT INTO answers (created_at, model, prompt, answer, summary) VALUES (?, ?, ?, ?, ?)",
                arguments: [Date.now.timeIntervalSince1970, model, prompt, answer, detail])
        }
    }

    /// Newest first.
    public func list(limit: Int) async throws -> [LoggedAnswer] {
        try await workspace.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM answers ORDER BY id DESC LIMIT ?", arguments: [limit]).map { row in
                LoggedAnswer(
                    id: row["id"], createdAt: row.date("created_at") ?? .distantPast, model: row["model"],
                    prompt: row["prompt"], answer: row["answer"], summary: try row.json("summary"))
            }
        }
    }
}

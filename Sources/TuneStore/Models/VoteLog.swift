import Foundation
import GRDB
public import TuneModel

/// The votes on answers that were compared.
public struct VoteLog: Sendable {
    private let workspace: Workspace

    public init(_ workspace: Workspace) { self.workspace = workspace }

    public func append(_ vote: Vote) async throws {
        let (models, answers) = (try StoredJSON.text(vote.models), try StoredJSON.text(vote.answers))
        try await workspace.write { db in
            try db.execute(
                sql: """
                    INSERT INTO votes (created_at, prompt, models, answers, verdict, blind) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Date.now.timeIntervalSince1970, vote.prompt, models, answers, vote.verdict.stored, vote.isBlind,
                ])
        }
    }

    /// Takes the newest vote back; with none there is nothing to do.
    public func removeLast() async throws {
        try await workspace.write { db in
            try db.execute(sql: "DELETE FROM votes WHERE id = (SELECT MAX(id) FROM votes)")
        }
    }

    /// Oldest first.
    public func list() async throws -> [Vote] {
        try await workspace.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM votes ORDER BY id").compactMap { row in
                guard let models = try row.json("models", as: [String].self),
                    let answers = try row.json("answers", as: [String].self), models.count == answers.count,
                    let verdict = Vote.Verdict(stored: row["verdict"])
                else { return nil }
                return Vote(
                    prompt: row["prompt"], models: models, answers: answers, verdict: verdict, isBlind: row["blind"])
            }
        }
    }
}

extension Vote.Verdict {
    /// The place of the best, −1 for a tie, −2 for none.
    fileprivate var stored: Int {
        switch self {
        case .best(let place): place
        case .tie: -1
        case .noneGood: -2
        }
    }

    fileprivate init?(stored: Int) {
        switch stored {
        case 0...: self = .best(stored)
        case -1: self = .tie
        case -2: self = .noneGood
        default: return nil
        }
    }
}

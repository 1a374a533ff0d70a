import Foundation
import GRDB

/// What the program remembers from one start to the next: small texts under names.
public struct Settings: Sendable {
    private let workspace: Workspace

    public init(_ workspace: Workspace) { self.workspace = workspace }

    public func value(of key: String) async throws -> String? {
        try await workspace.read { db in
            try String.fetchOne(db, sql: "SELECT value FROM settings WHERE key = ?", arguments: [key])
        }
    }

    /// Remembers a text; nil forgets it.
    public func set(_ key: String, to value: String?) async throws {
        try await workspace.write { db in
            if let value {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", arguments: [key, value])
            } else {
                try db.execute(sql: "DELETE FROM settings WHERE key = ?", arguments: [key])
            }
        }
    }
}

import GRDB

/// Tells cheaply whether anyone has changed the database, this process included.
final class DatabaseWatch {
    private let queue: DatabaseQueue
    private let path: String
    private var seen: Int?

    init(_ workspace: Workspace) throws {
        path = workspace.paths.database
        var configuration = Workspace.configuration
        configuration.readonly = true
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw StoreError(openingDatabase: path, error)
        }
    }

    /// Whether there was a change since this was last asked; true the first time.
    func hasChanged() throws -> Bool {
        let version = try version()
        defer { seen = version }
        return version != seen
    }

    private func version() throws -> Int? {
        do {
            // A number that SQLite keeps for each connection and moves when another one commits.
            return try queue.unsafeRead { try Int.fetchOne($0, sql: "PRAGMA data_version") }
        } catch let error as DatabaseError {
            throw StoreError(database: path, error)
        }
    }
}

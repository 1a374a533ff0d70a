import Foundation
import GRDB

/// The folder with everything TuneDeck keeps, opened.
///
/// Many processes may have it open at once: they meet in its database, which is in WAL mode.
public final class Workspace: Sendable {
    public let paths: Paths
    let pool: DatabasePool

    /// Opens the workspace, making what is missing.
    public init(_ paths: Paths) throws(StoreError) {
        self.paths = paths
        try paths.makeFolders()
        // Two first starts at the same moment must not both make the tables.
        let turn = try FileLock.waiting(at: paths.state + "/open.lock")
        defer { turn.release() }
        do {
            pool = try DatabasePool(path: paths.database, configuration: Workspace.configuration)
            chmod(paths.database, 0o600)
            if try pool.read(Schema.migrator.hasBeenSuperseded) { throw StoreError.databaseNewer(path: paths.database) }
            try Schema.migrator.migrate(pool)
        } catch {
            throw StoreError(openingDatabase: paths.database, error)
        }
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            // In WAL mode this loses no consistency, and only the last moments on a loss of power.
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    /// Reads one consistent state.
    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        do {
            return try await pool.read(body)
        } catch let error as DatabaseError {
            throw StoreError(database: paths.database, error)
        }
    }

    /// Changes the database in one transaction.
    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        do {
            return try await pool.write(body)
        } catch let error as DatabaseError {
            throw StoreError(database: paths.database, error)
        }
    }

    /// `write` for threads that may wait, such as the trainer's.
    @discardableResult
    func writeNow<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try pool.write(body)
        } catch let error as DatabaseError {
            throw StoreError(database: paths.database, error)
        }
    }

    /// `read` for threads that may wait.
    func readNow<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try pool.read(body)
        } catch let error as DatabaseError {
            throw StoreError(database: paths.database, error)
        }
    }

    /// Looks through the whole database for damage; nil when there is none.
    public func damage() async throws -> String? {
        let verdict = try await read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        return verdict == "ok" ? nil : verdict
    }
}

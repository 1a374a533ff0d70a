import Dispatch
public import Foundation
import GRDB
public import TuneModel

/// The files that the workspace keeps for jobs.
public struct LocalFiles: FileService {
    /// Tells what keeps the file at a path, called by a name, from serving a purpose; nil when nothing does.
    public typealias Inspector = @Sendable (_ path: String, _ name: String, _ purpose: String) -> Explanation?

    private let workspace: Workspace
    private let inspect: Inspector

    /// - Parameter inspect: looks at each file before it is kept, on a thread that may be busy for long.
    public init(_ workspace: Workspace, inspect: @escaping Inspector = { _, _, _ in nil }) {
        self.workspace = workspace
        self.inspect = inspect
    }

    public func upload(
        _ path: String, purpose: String, progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredFile {
        let id = FileID.random()
        let (_, bytes) = try SafeCopy.copy(path, to: workspace.paths.file(id)) {
            progress(TransferProgress(done: $0, total: nil))
        }
        return try await keep(id, called: URL(filePath: path).lastPathComponent, purpose, bytes)
    }

    public func receive() async throws -> any FileIntake {
        let id = FileID.random()
        return try LocalFileIntake(target: workspace.paths.file(id)) { name, purpose, bytes in
            try await keep(id, called: name, purpose, bytes)
        }
    }

    public func list() async throws -> [StoredFile] {
        try await workspace.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM files ORDER BY created_at DESC, id").compactMap(Self.file)
        }
    }

    public func file(_ id: FileID) async throws -> StoredFile {
        try await workspace.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT * FROM files WHERE id = ?", arguments: [id.text])
            guard let file = row.flatMap(Self.file) else { throw StoreError.fileNotFound(id) }
            return file
        }
    }

    public func content(of id: FileID) async throws -> Data {
        let path = try await path(of: id)
        do {
            return try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch {
            throw StoreError.sourceUnreadable(path: path, reason: error.localizedDescription)
        }
    }

    /// Where the bytes of a file lie; never to be written to.
    public func path(of id: FileID) async throws -> String {
        _ = try await file(id)
        return workspace.paths.file(id)
    }

    public func delete(_ id: FileID) async throws {
        try await workspace.write { db in
            try db.execute(sql: "DELETE FROM files WHERE id = ?", arguments: [id.text])
            if db.changesCount == 0 { throw StoreError.fileNotFound(id) }
        }
        try Folder.remove(workspace.paths.file(id))
    }

    // MARK: - Private

    /// Writes down a file whose bytes lie in their place.
    private func keep(_ id: FileID, called name: String, _ purpose: String, _ bytes: Int64) async throws -> StoredFile {
        let target = workspace.paths.file(id)
        do {
            let fault = await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: inspect(target, name, purpose)) }
            }
            try await workspace.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO files (id, filename, purpose, bytes, created_at, fault) VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        id.text, name, purpose, bytes, Date.now.timeIntervalSince1970, fault.map(StoredJSON.text),
                    ])
            }
        } catch {
            try? Folder.remove(target)
            throw error
        }
        return try await file(id)
    }

    private static func file(_ row: Row) -> StoredFile? {
        guard let id = FileID(row["id"]), let createdAt = row.date("created_at") else { return nil }
        return StoredFile(
            id: id, bytes: row["bytes"], createdAt: createdAt, filename: row["filename"], purpose: row["purpose"],
            fault: try? row.json("fault"))
    }
}

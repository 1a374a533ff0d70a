import Foundation
import GRDB
public import TuneModel

/// Remembers in the workspace what was uploaded to which service, for every process of it.
public struct UploadLedger: UploadMemory {
    private let workspace: Workspace

    public init(_ workspace: Workspace) { self.workspace = workspace }

    public func uploads(to service: ServiceName, sha256: String) async throws -> [KnownUpload] {
        try await workspace.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM uploads WHERE service = ? AND sha256 = ? ORDER BY uploaded_at DESC, file",
                arguments: [service.text, sha256.lowercased()]
            ).map { row in
                KnownUpload(
                    service: service, file: row["file"], filename: row["filename"], bytes: row["bytes"],
                    sha256: row["sha256"], uploadedAt: row.date("uploaded_at") ?? .distantPast)
            }
        }
    }

    public func keep(_ upload: KnownUpload) async throws {
        try await workspace.write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO uploads (service, file, filename, bytes, sha256, uploaded_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    upload.service.text, upload.file, upload.filename, upload.bytes, upload.sha256.lowercased(),
                    upload.uploadedAt.timeIntervalSince1970,
                ])
        }
    }

    public func forget(file: String, of service: ServiceName) async throws {
        try await workspace.write { db in
            try db.execute(
                sql: "DELETE FROM uploads WHERE service = ? AND file = ?", arguments: [service.text, file])
        }
    }

    /// The newest that the service has not forgotten by its own word; those that it has are removed.
    public func partialUpload(to service: ServiceName, sha256: String) async throws -> PartialUpload? {
        try await workspace.write { db in
            try db.execute(
                sql: "DELETE FROM partial_uploads WHERE expires_at <= ?", arguments: [Date.now.timeIntervalSince1970])
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM partial_uploads WHERE service = ? AND sha256 = ? ORDER BY kept_at DESC LIMIT 1
                    """, arguments: [service.text, sha256.lowercased()])
            guard let row else { return nil }
            return PartialUpload(
                service: service, upload: row["upload"], bytes: row["bytes"], sha256: row["sha256"],
                parts: try row.json("parts") ?? [], expiresAt: row.date("expires_at"))
        }
    }

    public func keep(_ upload: PartialUpload) async throws {
        try await workspace.write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO partial_uploads (service, upload, bytes, sha256, parts, expires_at, kept_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    upload.service.text, upload.upload, upload.bytes, upload.sha256.lowercased(),
                    StoredJSON.text(upload.parts), upload.expiresAt?.timeIntervalSince1970,
                    Date.now.timeIntervalSince1970,
                ])
        }
    }

    public func forget(upload: String, of service: ServiceName) async throws {
        try await workspace.write { db in
            try db.execute(
                sql: "DELETE FROM partial_uploads WHERE service = ? AND upload = ?",
                arguments: [service.text, upload])
        }
    }
}

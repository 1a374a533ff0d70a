public import Foundation

/// A file that a service keeps.
public struct StoredFile: Hashable, Sendable, Identifiable {
    public let id: FileID
    public let bytes: Int64
    public let createdAt: Date
    /// What the owner called it; never used as a path.
    public let filename: String
    /// `fine-tune`, `fine-tune-results`, …
    public let purpose: String

    public init(id: FileID, bytes: Int64, createdAt: Date, filename: String, purpose: String) {
        self.id = id
        self.bytes = bytes
        self.createdAt = createdAt
        self.filename = filename
        self.purpose = purpose
    }
}

/// Something that keeps files for jobs.
public protocol FileService: Sendable {
    func upload(_ path: String, purpose: String) async throws -> StoredFile
    /// Newest first.
    func list() async throws -> [StoredFile]
    func file(_ id: FileID) async throws -> StoredFile
    func content(of id: FileID) async throws -> Data
    func delete(_ id: FileID) async throws
}

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
    /// Why it cannot serve its purpose; nil when it can.
    public let fault: Explanation?

    public init(
        id: FileID, bytes: Int64, createdAt: Date, filename: String, purpose: String, fault: Explanation? = nil
    ) {
        self.id = id
        self.bytes = bytes
        self.createdAt = createdAt
        self.filename = filename
        self.purpose = purpose
        self.fault = fault
    }
}

/// Something that keeps files for jobs.
public protocol FileService: Sendable {
    /// Tells how far it has come as it goes.
    func upload(
        _ path: String, purpose: String, progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredFile
    /// Begins to take in a file that comes in pieces.
    func receive() async throws -> any FileIntake
    /// Newest first.
    func list() async throws -> [StoredFile]
    func file(_ id: FileID) async throws -> StoredFile
    func content(of id: FileID) async throws -> Data
    func delete(_ id: FileID) async throws
}

extension FileService {
    public func upload(_ path: String, purpose: String) async throws -> StoredFile {
        try await upload(path, purpose: purpose, progress: { _ in })
    }
}

/// A file that is coming in piece by piece; nothing is kept of it until it is finished.
///
/// One task at a time calls it. When it is let go unfinished, its pieces are removed.
public protocol FileIntake: AnyObject, Sendable {
    /// Bytes taken in so far.
    var bytes: Int64 { get }
    func append(_ piece: UnsafeRawBufferPointer) throws
    /// Keeps what has come in, once it lies safely on disk.
    func finish(as filename: String, purpose: String) async throws -> StoredFile
}

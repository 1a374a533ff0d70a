public import Foundation

/// How far bytes on their way have come.
public struct TransferProgress: Hashable, Sendable {
    public let done: Int64
    /// Nil while it is unknown.
    public let total: Int64?

    public init(done: Int64, total: Int64?) {
        self.done = done
        self.total = total
    }
}

/// A file that has been uploaded to a service from here, so that it need not be sent again.
public struct KnownUpload: Hashable, Codable, Sendable {
    public var service: ServiceName
    /// The service's id of the file.
    public var file: String
    public var filename: String
    public var bytes: Int64
    /// Of the bytes that were sent, in hexadecimal.
    public var sha256: String
    public var uploadedAt: Date

    public init(
        service: ServiceName, file: String, filename: String, bytes: Int64, sha256: String, uploadedAt: Date
    ) {
        self.service = service
        self.file = file
        self.filename = filename
        self.bytes = bytes
        self.sha256 = sha256
        self.uploadedAt = uploadedAt
    }
}

/// An upload in parts that has begun: what it takes to go on with it, also after the program was ended.
public struct PartialUpload: Hashable, Codable, Sendable {
    public struct Part: Hashable, Codable, Sendable {
        public var id: String
        public var bytes: Int64

        public init(id: String, bytes: Int64) {
            self.id = id
            self.bytes = bytes
        }
    }

    public var service: ServiceName
    /// The service's id of the upload.
    public var upload: String
    public var bytes: Int64
    public var sha256: String
    /// Those that the service has, in order.
    public var parts: [Part]
    /// When the service forgets it.
    public var expiresAt: Date?

    public init(
        service: ServiceName, upload: String, bytes: Int64, sha256: String, parts: [Part] = [], expiresAt: Date? = nil
    ) {
        self.service = service
        self.upload = upload
        self.bytes = bytes
        self.sha256 = sha256
        self.parts = parts
        self.expiresAt = expiresAt
    }
}

/// Remembers what was uploaded to which service.
public protocol UploadMemory: Sendable {
    /// Uploads of a file with these bytes to a service, newest first; whether the service still has them is not said.
    func uploads(to service: ServiceName, sha256: String) async throws -> [KnownUpload]
    func keep(_ upload: KnownUpload) async throws
    /// Forgets a file that the service does not have any more.
    func forget(file: String, of service: ServiceName) async throws
    func partialUpload(to service: ServiceName, sha256: String) async throws -> PartialUpload?
    func keep(_ upload: PartialUpload) async throws
    func forget(upload: String, of service: ServiceName) async throws
}

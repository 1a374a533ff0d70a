import Foundation
import TuneModel

/// The files of a service.
struct RemoteFiles: FileService {
    let line: Line
    let memory: any UploadMemory

    func upload(
        _ path: String, purpose: String, progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredFile { throw line.nothing }
    func receive() async throws -> any FileIntake { throw line.nothing }
    func list() async throws -> [StoredFile] { throw line.nothing }
    func file(_ id: FileID) async throws -> StoredFile { throw line.nothing }
    func content(of id: FileID) async throws -> Data { throw line.nothing }
    func delete(_ id: FileID) async throws { throw line.nothing }
    func download(_ id: FileID, to path: String, progress: @escaping @Sendable (TransferProgress) -> Void) async throws
    {
        throw line.nothing
    }
}

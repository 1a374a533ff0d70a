import Foundation
import Synchronization
import TuneModel

/// A file that comes in pieces and goes to a service once it is whole: until then it lies in a folder of its own that
/// only its owner can read.
final class RemoteIntake: FileIntake {
    private let files: RemoteFiles
    private let folder: URL
    private let path: String
    private let handle: FileHandle
    private let count = Mutex<Int64>(0)

    init(files: RemoteFiles) throws {
        self.files = files
        folder = FileManager.default.temporaryDirectory.appending(path: "tunedeck-" + UUID().uuidString)
        path = folder.appending(path: "file").path(percentEncoded: false)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw CocoaError(.fileWriteUnknown)
            }
            handle = try FileHandle(forWritingTo: URL(filePath: path))
        } catch {
            throw ServiceFault.unwritableFile(path: path, reason: Wording(verbatim: error.localizedDescription))
        }
    }

    deinit {
        try? handle.close()
        try? FileManager.default.removeItem(at: folder)
    }

    var bytes: Int64 { count.withLock { $0 } }

    func append(_ piece: UnsafeRawBufferPointer) throws {
        do {
            try handle.write(contentsOf: Data(piece))
        } catch {
            throw ServiceFault.unwritableFile(path: path, reason: Wording(verbatim: error.localizedDescription))
        }
        count.withLock { $0 += Int64(piece.count) }
    }

    func finish(as filename: String, purpose: String) async throws -> StoredFile {
        try handle.synchronize()
        return try await files.upload(path, as: filename, purpose: purpose, progress: { _ in })
    }
}

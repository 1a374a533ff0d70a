import Crypto
import Foundation
import TuneModel

extension RemoteFiles {
    /// Uploads a file, in parts beyond the limit, and remembers it.
    func upload(
        _ path: String, as name: String, purpose: String, progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredFile {
        let (bytes, hash) = try FileDigest.of(path)
        let limits = line.profile.limits
        let file =
            bytes > limits.wholeUploadBytes
            ? try await PartUpload(
                files: self, path: path, filename: name, purpose: purpose, bytes: bytes, sha256: hash,
                progress: progress
            ).run()
            : try await whole(path, bytes, as: name, purpose, progress)
        progress(TransferProgress(done: bytes, total: bytes))
        try await memory.keep(
            KnownUpload(
                service: line.profile.name, file: file.id.text, filename: name, bytes: bytes, sha256: hash,
                uploadedAt: .now))
        return file
    }

    private func whole(
        _ path: String, _ bytes: Int64, as name: String, _ purpose: String,
        _ progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredFile {
        let form = FormFile(
            fields: [("purpose", purpose)], name: "file", filename: name, path: path, offset: 0, bytes: bytes
        ) { progress(TransferProgress(done: $0, total: bytes)) }
        var call = Call(method: .post, path: ["files"], body: .pieces(form))
        call.idempotencyKey = UUID().uuidString
        return try stored(try await line.json(call, by: line.uploadDeadline(bytes)))
    }
}

extension Line {
    /// What an upload may take: the usual time, and a second more for every 64 KB.
    func uploadDeadline(_ bytes: Int64) -> Deadline {
        deadline(profile.limits.total + .seconds(bytes >> 16))
    }
}

/// A file's size and its hash, read in pieces.
enum FileDigest {
    static func of(_ path: String) throws -> (bytes: Int64, sha256: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ServiceFault.unreadableFile(path: path, reason: Wording("there is no such file", "没有这个文件"))
        }
        if isFolder.boolValue {
            throw ServiceFault.unreadableFile(path: path, reason: Wording("it is a folder", "它是目录"))
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ServiceFault.unreadableFile(path: path, reason: Wording(verbatim: String(cString: strerror(errno))))
        }
        var hash = SHA256()
        var count: Int64 = 0
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                hash.update(data: piece)
                count += Int64(piece.count)
                try Task.checkCancellation()
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ServiceFault.unreadableFile(path: path, reason: Wording(verbatim: error.localizedDescription))
        }
        return (count, hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
}

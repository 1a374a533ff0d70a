import Foundation
import TuneModel

/// An upload in parts, each of which is remembered once the service has it, so that it goes on where it was left.
struct PartUpload: Sendable {
    let files: RemoteFiles
    let path: String
    let filename: String
    let purpose: String
    let bytes: Int64
    let sha256: String
    let progress: @Sendable (TransferProgress) -> Void

    private var line: Line { files.line }
    private var service: ServiceName { line.profile.name }

    func run() async throws -> StoredFile {
        if let begun = try await remembered() {
            do {
                return try await go(on: begun)
            } catch let fault as ServiceFault where fault.isOfUpload {
                // The service has forgotten it, or ended it; from the beginning, then.
                try await files.memory.forget(upload: begun.upload, of: service)
            }
        }
        return try await go(on: try await begin())
    }

    private func remembered() async throws -> PartialUpload? {
        guard let begun = try await files.memory.partialUpload(to: service, sha256: sha256) else { return nil }
        let isGood = begun.bytes == bytes && begun.parts.reduce(0) { $0 + $1.bytes } <= bytes
        // A minute is little for what is left.
        if isGood, begun.expiresAt.map({ $0 > Date.now.addingTimeInterval(60) }) ?? true { return begun }
        try await files.memory.forget(upload: begun.upload, of: service)
        return nil
    }

    private func begin() async throws -> PartialUpload {
        let answer = try await line.json(
            .post(
                "uploads",
                json: .object([
                    ("bytes", .number("\(bytes)")), ("filename", .text(filename)),
                    ("mime_type", "application/jsonl"), ("purpose", .text(purpose)),
                ])))
        guard let id = answer["id"].filledText else {
            throw ServiceFault.badAnswer(host: line.host, detail: Wording("it tells of no upload", "其中没有上传信息"))
        }
        let begun = PartialUpload(
            service: service, upload: id, bytes: bytes, sha256: sha256, expiresAt: answer["expires_at"].date)
        try await files.memory.keep(begun)
        return begun
    }

    private func go(on begun: PartialUpload) async throws -> StoredFile {
        var upload = begun
        var sent = upload.parts.reduce(0) { $0 + $1.bytes }
        while sent < bytes {
            let (start, count) = (sent, min(line.profile.limits.partBytes, bytes - sent))
            let form = FormFile(
                fields: [], name: "data", filename: "data", path: path, offset: start, bytes: count
            ) { [progress, bytes] in progress(TransferProgress(done: start + $0, total: bytes)) }
            // A part that the service has twice is not asked for twice: the ids say which count.
            let call = Call(method: .post, path: ["uploads", upload.upload, "parts"], body: .pieces(form))
            let answer = try await line.json(call, by: line.uploadDeadline(count))
            guard let id = answer["id"].filledText else {
                throw ServiceFault.badAnswer(host: line.host, detail: Wording("it tells of no part", "其中没有分段信息"))
            }
            upload.parts.append(PartialUpload.Part(id: id, bytes: count))
            sent += count
            try await files.memory.keep(upload)
        }
        let file = try await complete(upload)
        try await files.memory.forget(upload: upload.upload, of: service)
        return file
    }

    private func complete(_ upload: PartialUpload) async throws -> StoredFile {
        let call = Call.post(
            "uploads", upload.upload, "complete",
            json: .object([("part_ids", .list(upload.parts.map { .text($0.id) }))]))
        let begunAt = Date.now.addingTimeInterval(-60)
        do {
            return try files.stored(try await line.json(call)["file"])
        } catch let fault as ServiceFault where fault.isOfUpload {
            // An earlier try whose answer was lost has completed it.
            let made = try await files.list().first {
                $0.filename == filename && $0.bytes == bytes && $0.createdAt > begunAt
            }
            guard let made else { throw fault }
            return made
        }
    }
}

extension ServiceFault {
    /// Whether the service refuses the upload as it is.
    fileprivate var isOfUpload: Bool {
        switch self {
        case .notFound, .refused: true
        default: false
        }
    }
}

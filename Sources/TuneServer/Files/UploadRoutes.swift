import Foundation
import Hummingbird
import Synchronization
import TuneModel

/// `/v1/uploads`: files that come in several requests.
struct UploadRoutes: Sendable {
    let house: House
    private var uploads: UploadBook { house.uploads }

    private static let mostBytes = 8 << 30

    @Sendable
    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        let fields = try await request.fields(limit: house.options.limits.bodyBytes)
        guard let bytes = try fields.integer("bytes", 0...Self.mostBytes) else { throw fields.missing("bytes") }
        let name = try FileRoutes.filename(try fields.needText("filename"), fields)
        let upload = Upload(
            id: "upload_" + RandomName.tail(), bytes: Int64(bytes), createdAt: .now, filename: name,
            purpose: try FileRoutes.purpose(fields))
        guard uploads.add(upload) else { throw APIError.tooManyRequests }
        return .json(upload.json)
    }

    @Sendable
    func addPart(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = context.part("upload")
        _ = try uploads.pending(id)
        let form = try await ReceivedForm(
            request, file: "data", into: house.files, limit: house.options.limits.fileBytes)
        guard let intake = form.intake else { throw Fields(.null).missing("data") }
        let file = try await intake.finish(as: id, purpose: FileDesk.partPurpose)
        do {
            let part = Upload.Part(id: "part_" + RandomName.tail(), file: file.id, bytes: file.bytes, createdAt: .now)
            try uploads.add(part, to: id)
            return .json(
                .object([
                    ("id", .text(part.id)), ("object", "upload.part"), ("created_at", JSON(part.createdAt)),
                    ("upload_id", .text(id)),
                ]))
        } catch {
            try? await house.files.delete(file.id)
            throw error
        }
    }

    @Sendable
    func complete(_ request: Request, _ context: ServerContext) async throws -> Response {
        let id = context.part("upload")
        let fields = try await request.fields(limit: house.options.limits.bodyBytes)
        guard let names = try fields.list("part_ids") else { throw fields.missing("part_ids") }
        let upload = try uploads.pending(id)
        let parts = try names.map { name in
            guard let part = upload.parts.first(where: { $0.id == name.text }) else {
                throw fields.refused("part_ids", Wording("ids of parts of this upload", "是此上传的分段编号"))
            }
            return part
        }
        let found = parts.reduce(0) { $0 + $1.bytes }
        guard found == upload.bytes else {
            throw fields.refused(
                "part_ids",
                Wording(
                    "parts of \(upload.bytes) bytes together, as announced, and they have \(found)",
                    "合计 \(upload.bytes) 字节（如创建时所述），现在是 \(found) 字节"))
        }
        let closed = try uploads.close(id, as: "completed")
        let intake = try await house.files.receive()
        for part in parts {
            try await house.files.content(of: part.file).withUnsafeBytes { try intake.append($0) }
        }
        let file = try await intake.finish(as: upload.filename, purpose: upload.purpose)
        await forget(closed.parts)
        return .json(closed.json(file: file.json(in: house.options.language)))
    }

    @Sendable
    func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        let closed = try uploads.close(context.part("upload"), as: "cancelled")
        await forget(closed.parts)
        return .json(closed.json)
    }

    private func forget(_ parts: [Upload.Part]) async {
        for part in parts { try? await house.files.delete(part.file) }
    }
}

/// A file that comes in several requests.
struct Upload: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        let id: String
        let file: FileID
        let bytes: Int64
        let createdAt: Date
    }

    let id: String
    let bytes: Int64
    let createdAt: Date
    let filename: String
    let purpose: String
    var parts: [Part] = []
    /// `pending`, `completed`, `cancelled`.
    var status = "pending"

    var json: JSON { json(file: .null) }

    func json(file: JSON) -> JSON {
        .object([
            ("id", .text(id)), ("object", "upload"), ("bytes", .integer(Int(bytes))), ("created_at", JSON(createdAt)),
            ("filename", .text(filename)), ("purpose", .text(purpose)), ("status", .text(status)),
            ("expires_at", JSON(createdAt.addingTimeInterval(3_600))), ("file", file),
        ])
    }
}

/// The uploads that are going on; a server that ends forgets them, as an hour does.
final class UploadBook: Sendable {
    private static let mostUploads = 1_000
    private static let mostParts = 10_000
    private let uploads = Mutex<[String: Upload]>([:])

    /// - Returns: false when there are too many.
    func add(_ upload: Upload) -> Bool {
        uploads.withLock { uploads in
            let limit = Date.now.addingTimeInterval(-3_600)
            for old in uploads.values where old.createdAt < limit && old.parts.isEmpty { uploads[old.id] = nil }
            guard uploads.count < Self.mostUploads else { return false }
            uploads[upload.id] = upload
            return true
        }
    }

    /// - Throws: when there is none, or nothing can be added to it any more.
    func pending(_ id: String) throws -> Upload {
        try uploads.withLock { try Self.pending(id, $0) }
    }

    func add(_ part: Upload.Part, to id: String) throws {
        try uploads.withLock { uploads in
            guard try Self.pending(id, uploads).parts.count < Self.mostParts else { throw APIError.tooManyRequests }
            uploads[id]?.parts.append(part)
        }
    }

    func close(_ id: String, as status: String) throws -> Upload {
        try uploads.withLock { uploads in
            var upload = try Self.pending(id, uploads)
            upload.status = status
            // Its parts are gone now, and what is left is only remembered to tell how it ended.
            uploads[id] = upload
            uploads[id]?.parts = []
            return upload
        }
    }

    private static func pending(_ id: String, _ uploads: [String: Upload]) throws -> Upload {
        guard let upload = uploads[id] else {
            throw APIError.missing(Wording("There is no upload \(id).", "没有上传 \(id)。"), param: "upload_id")
        }
        guard upload.status == "pending" else {
            throw APIError.refused(
                Wording("Upload \(id) is \(upload.status) already.", "上传 \(id) 已经是 \(upload.status)。"),
                param: "upload_id")
        }
        return upload
    }
}

import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TuneModel

/// `/v1/files`.
struct FileRoutes: Sendable {
    let house: House

    static let purposes = ["fine-tune", "assistants", "batch", "vision", "user_data", "evals"]
    private static let longestName = 1_024

    @Sendable
    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try await ReceivedForm(
            request, file: "file", into: house.files, limit: house.options.limits.fileBytes)
        let fields = Fields(.object(form.values.map { ($0.key, JSON.text($0.value)) }))
        guard let intake = form.intake else { throw fields.missing("file") }
        let purpose = try Self.purpose(fields)
        let name = try Self.filename(form.filename, fields)
        return .json(try await intake.finish(as: name, purpose: purpose).json(in: house.options.language))
    }

    @Sendable
    func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = request.query
        let limit = try query.queryInteger("limit", 1...10_000, or: 10_000)
        let order = try query.queryChoice("order", ["asc", "desc"])
        var files = try await house.fileDesk.list(purpose: try query.text("purpose"))
        if order == "asc" { files.reverse() }
        if let after = try query.text("after") {
            guard let place = files.firstIndex(where: { $0.id.text == after }) else {
                throw query.refused("after", Wording("the id of a file", "是文件的编号"))
            }
            files = Array(files.dropFirst(place + 1))
        }
        let page = files.prefix(limit).map { $0.json(in: house.options.language) }
        return .json(.page(page, hasMore: files.count > limit, with: .ends(of: page)))
    }

    @Sendable
    func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(try await house.fileDesk.file(context.part("file")).json(in: house.options.language))
    }

    @Sendable
    func content(_ request: Request, _ context: ServerContext) async throws -> Response {
        let (file, bytes) = try await house.fileDesk.content(context.part("file"))
        let body = ResponseBody(contentLength: bytes.count) { writer in
            // In pieces: the file is mapped, and a reader may be slow.
            var place = 0
            while place < bytes.count {
                let end = min(place + 1 << 16, bytes.count)
                try await writer.write(ByteBuffer(bytes: bytes[bytes.startIndex + place..<bytes.startIndex + end]))
                place = end
            }
            try await writer.finish(nil)
        }
        let isTable = file.purpose == FileDesk.resultsPurpose
        return Response(
            status: .ok, headers: [.contentType: isTable ? "text/csv; charset=utf-8" : "application/octet-stream"],
            body: body)
    }

    @Sendable
    func delete(_ request: Request, _ context: ServerContext) async throws -> Response {
        .json(.deleted(try await house.fileDesk.delete(context.part("file")).text, "file"))
    }

    // MARK: - Private

    /// One of those that the protocol has.
    static func purpose(_ fields: Fields) throws -> String {
        let purpose = try fields.needText("purpose")
        guard purposes.contains(purpose) else {
            let words = purposes.map { "`\($0)`" }
            throw fields.refused(
                "purpose", Wording("one of \(words.joined(separator: ", "))", "是 \(words.joined(separator: "、")) 之一"))
        }
        return purpose
    }

    /// What the client calls the file. It names nothing here, so anything is taken that is not too long to be kept.
    static func filename(_ name: String?, _ fields: Fields) throws -> String {
        guard let name, !name.isEmpty else { return "file" }
        guard name.utf8.count <= longestName else {
            throw fields.refused(
                "file", Wording("called by a name of at most \(longestName) bytes", "使用不超过 \(longestName) 字节的文件名"))
        }
        return name
    }
}

extension [(String, JSON)] {
    /// The ids of a page's first and last item.
    static func ends(of page: [JSON]) -> Self {
        [("first_id", page.first?["id"] ?? .null), ("last_id", page.last?["id"] ?? .null)]
    }
}

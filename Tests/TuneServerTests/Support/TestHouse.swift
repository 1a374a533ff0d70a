import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import TuneModel
import TuneStore

@testable import TuneServer

/// A server over a workspace of its own and models that follow a script; jobs are queued and never run.
final class TestHouse: Sendable {
    let folder: String
    let workspace: Workspace
    let files: LocalFiles
    let jobs: LocalJobs
    let models: FakeModels
    let server: ModelServer

    init(
        models: FakeModels = FakeModels(), launcher: WorkerLauncher = .none,
        _ change: (inout ServerOptions) -> Void = { _ in }
    ) async throws {
        folder = NSTemporaryDirectory() + "tuneserver-" + UUID().uuidString
        workspace = try Workspace(Paths(home: folder + "/home"))
        let shelf = ModelShelf(workspace)
        files = LocalFiles(workspace) { path, _, _ in
            // The reader of records is not here; a file that begins with a bracket will do.
            let isFine = FileManager.default.contents(atPath: path)?.first == UInt8(ascii: "{")
            let fault = Wording(verbatim: "Line 1 is no record.")
            return isFine ? nil : Explanation(fault, next: Wording(verbatim: "Mend it."))
        }
        jobs = LocalJobs(workspace, shelf: shelf, launcher: launcher)
        self.models = models
        var options = ServerOptions(port: 0)
        options.hiddenFolders = [folder]
        change(&options)
        server = try ModelServer(jobs: jobs, files: files, models: models, options: options)
        let weights = folder + "/model.gguf"
        try "GGUF".write(toFile: weights, atomically: true, encoding: .utf8)
        _ = try await shelf.add(weights, name: "smollm2-135m")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Sends a request past the network, straight to the routes.
    func send(
        _ method: HTTPRequest.Method, _ path: String, host: String? = "localhost", headers: HTTPFields = [:],
        body: [UInt8] = []
    ) async throws -> Reply {
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let context = ServerContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        let response = try await server.application().responder.respond(to: request, context: context)
        let page = Page()
        try await response.body.write(page)
        return Reply(status: response.status.code, headers: response.headers, body: page.bytes)
    }

    func get(_ path: String) async throws -> Reply { try await send(.get, path) }
    func delete(_ path: String) async throws -> Reply { try await send(.delete, path) }

    func post(_ path: String, _ body: String = "{}") async throws -> Reply {
        try await send(.post, path, headers: [.contentType: "application/json"], body: Array(body.utf8))
    }

    /// Uploads a text as a form does.
    func upload(_ text: String, named name: String = "a.jsonl", purpose: String = "fine-tune") async throws -> Reply {
        let form = Form([(nil, "purpose", Array(purpose.utf8)), (name, "file", Array(text.utf8))])
        return try await send(.post, "/v1/files", headers: [.contentType: form.contentType], body: form.bytes)
    }

    /// What is in the folder of uploaded files.
    var stored: [String] { (try? FileManager.default.contentsOfDirectory(atPath: workspace.paths.files)) ?? [] }

    /// Everything in the workspace but its database.
    var everything: Set<String> {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return Set(all.filter { !$0.contains("workspace.db") })
    }
}

/// What a server answered.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSON { (try? JSONReader.read(body)) ?? .null }
    var error: JSON { json["error"] }

    /// The events of a stream; `[DONE]` as a text.
    var events: [JSON] {
        text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map { event in
            let data = event.dropFirst("data: ".count)
            return (try? JSONReader.read(Array(data.utf8))) ?? .text(String(data))
        }
    }
}

/// A multipart form.
struct Form {
    let boundary = "edge-" + UUID().uuidString
    let bytes: [UInt8]
    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    init(_ fields: [(filename: String?, name: String, value: [UInt8])]) {
        var bytes: [UInt8] = []
        for field in fields {
            let file = field.filename.map { "; filename=\"\($0)\"" } ?? ""
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\(file)\r\n\r\n".utf8
            bytes += field.value + Array("\r\n".utf8)
        }
        self.bytes = bytes + Array("--\(boundary)--\r\n".utf8)
    }
}

/// Takes down what a response writes.
private final class Page: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []
    func write(_ buffer: ByteBuffer) async throws { bytes += buffer.readableBytesView }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

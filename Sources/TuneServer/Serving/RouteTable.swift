import HTTPTypes
import Hummingbird

/// Every address of the server.
struct RouteTable: Sendable {
    typealias Handler = @Sendable (Request, ServerContext) async throws -> Response

    struct Entry: Sendable {
        let method: HTTPRequest.Method
        /// With `{name}` for what varies.
        let path: String
        let handle: Handler
    }

    let entries: [Entry]

    init(_ house: House) {
        let models = ModelRoutes(house: house)
        let chat = ChatRoutes(house: house)
        let completions = CompletionRoutes(house: house)
        let files = FileRoutes(house: house)
        let uploads = UploadRoutes(house: house)
        let jobs = JobRoutes(house: house)
        let fineTunes = FineTuneRoutes(house: house)
        entries = [
            Entry(method: .get, path: "/health", handle: { _, _ in .json(.object([("status", "ok")])) }),
            Entry(method: .get, path: "/v1/models", handle: models.list),
            Entry(method: .get, path: "/v1/models/{model}", handle: models.get),
            Entry(method: .delete, path: "/v1/models/{model}", handle: models.delete),
            Entry(method: .post, path: "/v1/chat/completions", handle: chat.create),
            Entry(method: .post, path: "/v1/completions", handle: completions.create),
            Entry(method: .post, path: "/v1/engines/{model}/completions", handle: completions.create),
            Entry(method: .post, path: "/v1/files", handle: files.create),
            Entry(method: .get, path: "/v1/files", handle: files.list),
            Entry(method: .get, path: "/v1/files/{file}", handle: files.get),
            Entry(method: .get, path: "/v1/files/{file}/content", handle: files.content),
            Entry(method: .delete, path: "/v1/files/{file}", handle: files.delete),
            Entry(method: .post, path: "/v1/uploads", handle: uploads.create),
            Entry(method: .post, path: "/v1/uploads/{upload}/parts", handle: uploads.addPart),
            Entry(method: .post, path: "/v1/uploads/{upload}/complete", handle: uploads.complete),
            Entry(method: .post, path: "/v1/uploads/{upload}/cancel", handle: uploads.cancel),
            Entry(method: .post, path: "/v1/fine_tuning/jobs", handle: jobs.create),
            Entry(method: .get, path: "/v1/fine_tuning/jobs", handle: jobs.list),
            Entry(method: .get, path: "/v1/fine_tuning/jobs/{job}", handle: jobs.get),
            Entry(method: .post, path: "/v1/fine_tuning/jobs/{job}/cancel", handle: jobs.cancel),
            Entry(method: .post, path: "/v1/fine_tuning/jobs/{job}/pause", handle: jobs.pause),
            Entry(method: .post, path: "/v1/fine_tuning/jobs/{job}/resume", handle: jobs.resume),
            Entry(method: .get, path: "/v1/fine_tuning/jobs/{job}/events", handle: jobs.events),
            Entry(method: .get, path: "/v1/fine_tuning/jobs/{job}/checkpoints", handle: jobs.checkpoints),
            Entry(method: .post, path: "/v1/fine-tunes", handle: fineTunes.create),
            Entry(method: .get, path: "/v1/fine-tunes", handle: fineTunes.list),
            Entry(method: .get, path: "/v1/fine-tunes/{job}", handle: fineTunes.get),
            Entry(method: .delete, path: "/v1/fine-tunes/{job}", handle: fineTunes.delete),
            Entry(method: .post, path: "/v1/fine-tunes/{job}/cancel", handle: fineTunes.cancel),
            Entry(method: .get, path: "/v1/fine-tunes/{job}/events", handle: fineTunes.events),
        ]
    }

    func add(to router: Router<ServerContext>) {
        for entry in entries { router.on(RouterPath(entry.path), method: entry.method, use: entry.handle) }
    }

    /// The methods that an address takes; none where there is nothing.
    @Sendable
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        return entries.filter { entry in
            let pattern = entry.path.split(separator: "/")
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }.map(\.method.rawValue)
    }
}

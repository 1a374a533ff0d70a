import HTTPTypes
import Hummingbird

/// Every address of the server.
struct RouteTable: Sendable {
    typealias Handler = @Sendable (Request, ServerContext) async throws -> Response

    struct Entry: Sendable {
        let method: HTTPRequest.Method
        /// With `{name}` for what varies.
        let path: String
        let facts: RouteFacts
        let handle: Handler

        init(_ method: HTTPRequest.Method, _ path: String, _ facts: RouteFacts, _ handle: @escaping Handler) {
            self.method = method
            self.path = path
            self.facts = facts
            self.handle = handle
        }
    }

    let entries: [Entry]

    init(_ house: House) {
        entries =
            Self.answering(ModelRoutes(house: house), ChatRoutes(house: house), CompletionRoutes(house: house))
            + Self.files(FileRoutes(house: house), UploadRoutes(house: house))
            + Self.jobs(JobRoutes(house: house)) + Self.fineTunes(FineTuneRoutes(house: house))
    }

    /// - Parameter hasKey: whether the document asks for a key.
    func add(to router: Router<ServerContext>, hasKey: Bool) {
        for entry in entries { router.on(RouterPath(entry.path), method: entry.method, use: entry.handle) }
        let document = OpenAPIDocument.json(of: entries, hasKey: hasKey)
        router.on(RouterPath(Self.documentPath), method: .get) { _, _ in Response.json(document) }
    }

    static let documentPath = "/openapi.json"

    /// The methods that an address takes; none where there is nothing.
    @Sendable
    func methods(at path: String) -> [String] {
        if path == Self.documentPath { return ["GET"] }
        let parts = path.split(separator: "/")
        return entries.filter { entry in
            let pattern = entry.path.split(separator: "/")
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }.map(\.method.rawValue)
    }
}

import NIOCore

/// One thing that is asked of a service.
struct Call: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    enum Body: Sendable {
        case none
        case json(JSON)
        /// Pieces that are made anew for each try.
        case pieces(FormFile)
    }

    /// How often it may be sent.
    enum Repeats: Sendable {
        /// As often as the limits say: nothing comes of sending it twice.
        case safe
        /// Only where it is sure that the service has not begun with it; else its sender looks first.
        case never
    }

    var method = Method.get
    /// Below the base address, each part as it is, not yet escaped.
    var path: [String]
    var query: [(String, String)] = []
    var body = Body.none
    var repeats = Repeats.safe
    /// The same for every try.
    var idempotencyKey: String?
    var accept = "application/json"
    /// Whether the service may send on to another machine, which then gets no key.
    var mayLeave = false
    /// Bytes that are as they are on the service's disk, of any number.
    var isDownload = false

    static func get(_ path: String..., query: [(String, String)] = []) -> Call { Call(path: path, query: query) }
    static func delete(_ path: String...) -> Call { Call(method: .delete, path: path) }

    static func post(_ path: String..., json: JSON? = nil) -> Call { post(path, json: json) }

    static func post(_ path: [String], json: JSON? = nil) -> Call {
        Call(method: .post, path: path, body: json.map(Body.json) ?? .none)
    }
}

public import TuneModel

/// How the server is reached, and what it puts up with.
public struct ServerOptions: Sendable {
    public var host: String
    /// 0 takes a free one.
    public var port: Int
    /// What clients have to show; nil asks for nothing.
    public var key: String?
    /// Names besides the machine's own that requests may be addressed to.
    public var allowedHosts: Set<String> = []
    /// Web pages that may use the server, as `https://example.org`.
    public var allowedOrigins: Set<String> = []
    public var language: Language
    /// Folders that no message names.
    public var hiddenFolders: [String] = []
    public var limits = Limits()

    public static let defaultPort = 8642

    public init(
        host: String = "127.0.0.1", port: Int = defaultPort, key: String? = nil, language: Language = .english
    ) {
        self.host = host
        self.port = port
        self.key = key
        self.language = language
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { HostName.isLoopback(host) }

    /// What a client may ask of the server.
    public struct Limits: Sendable {
        public var connections = 256
        /// Seconds that a client which has just come gets to say what it wants, however many come.
        public var grace = 1.0
        /// Bytes of a JSON body.
        public var bodyBytes = 8 << 20
        /// Bytes of an uploaded file.
        public var fileBytes: Int64 = 512 << 20
        /// Seconds that a connection may lie idle, and that a request's head and body may take; a body that is larger than
        /// `slowestRate` can bring in that time gets more.
        public var patience = 30.0
        /// Bytes a second below which a body is given up.
        public var slowestRate = 16_384.0
        /// Answers that are written at the same time; others wait.
        public var answers = 32
        /// Answers that may wait for their turn.
        public var waiting = 512

        public init() {}
    }
}

/// What can keep the server from starting.
public enum ServerError: ExplainedError, Equatable {
    /// It would be open to a network without a key.
    case keyMissing(host: String)
    case cannotListen(host: String, port: Int, reason: String)

    public var exitStatus: ExitStatus {
        switch self {
        case .keyMissing: .usage
        case .cannotListen: .failed
        }
    }

    public var explanation: Explanation {
        switch self {
        case .keyMissing(let host):
            Explanation(
                Wording(
                    "At \(host) others can reach the server, and there is no key that they must have.",
                    "在 \(host) 上其他人也能访问服务器，但没有设置密钥。"),
                next: Wording(
                    "Set TUNEDECK_API_KEY or --api-key, or stay on 127.0.0.1.",
                    "请设置 TUNEDECK_API_KEY 或 --api-key，或仍使用 127.0.0.1。"))
        case .cannotListen(let host, let port, let reason):
            Explanation(
                Wording("\(host):\(port) cannot be listened on: \(reason).", "无法监听 \(host):\(port)：\(reason)。"),
                next: Wording("Choose another port with --port.", "请用 --port 选择其他端口。"))
        }
    }
}

public import Foundation
public import TuneModel

/// How a service is reached.
public struct ServiceProfile: Sendable {
    /// Which of the two forms of the protocol a service speaks.
    public enum Dialect: String, Sendable, CaseIterable {
        case modern, legacy
        /// Found out by asking: the modern form where its addresses exist.
        case auto
    }

    public var name: ServiceName
    /// Ends in the version: `https://api.openai.com/v1`.
    public var baseURL: URL
    /// Gives the key when it is needed; nil where the service needs none. Called again after it was refused, so that a
    /// command can give a fresh one.
    public var key: @Sendable () async throws -> Secret?
    public var organization: String?
    public var project: String?
    public var dialect = Dialect.auto
    public var limits = Limits()
    /// Extra certificates to trust, a PEM file.
    public var certificateFile: String?
    /// What a request goes through, by the scheme of its address; those of the environment are given by the caller.
    public var proxies = Proxies()

    public init(name: ServiceName, baseURL: URL, key: @escaping @Sendable () async throws -> Secret? = { nil }) {
        self.name = name
        self.baseURL = baseURL
        self.key = key
    }

    /// How long to wait, and how often to try.
    public struct Limits: Hashable, Sendable {
        public var connect = Duration.seconds(5)
        /// Between two pieces of an answer.
        public var read = Duration.seconds(60)
        /// A whole call, tries included.
        public var total = Duration.seconds(600)
        /// After the first.
        public var retries = 2
        /// Before the first retry; doubles up to `longestDelay`.
        public var firstDelay = Duration.milliseconds(500)
        public var longestDelay = Duration.seconds(8)
        /// The longest wait that a service can ask for; a longer one is a refusal.
        public var longestHeldOff = Duration.seconds(120)
        /// Between two looks at a running job.
        public var poll = Duration.seconds(2)
        /// Bytes of an answer that is held in memory, after it was unpacked.
        public var answerBytes = 64 << 20
        /// Files that are larger go up in parts, of `partBytes` each.
        public var wholeUploadBytes: Int64 = 512 << 20
        public var partBytes: Int64 = 64 << 20

        public init() {}
    }

    /// Proxies as the usual environment variables have them: `http://user:password@host:port`.
    public struct Proxies: Sendable {
        public var http: Secret?
        public var https: Secret?
        /// Hosts that are reached directly, as `NO_PROXY` lists them.
        public var exceptions: [String] = []

        public init() {}
    }
}

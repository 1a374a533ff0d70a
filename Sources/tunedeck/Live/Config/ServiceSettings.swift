import Foundation
import TuneClient
import TuneModel

/// What is configured of one service; no key is in here, only where it comes from.
struct ServiceSettings: Hashable, Sendable {
    var name: ServiceName
    /// Nil where the environment or the standard has it.
    var baseURL: URL?
    /// Nil where nothing is said.
    var key: KeySource?
    var organization: String?
    var project: String?
    var dialect = ServiceProfile.Dialect.auto
    /// A PEM file.
    var certificateFile: String?
    var connectTimeout: Duration?
    var readTimeout: Duration?
    var totalTimeout: Duration?

    init(_ name: ServiceName) { self.name = name }

    /// Reads `[service.NAME]`.
    init(_ name: ServiceName, _ table: ConfigTable) throws {
        self.name = name
        // Before any other mistake: it is the one that cannot wait.
        for word in ["api_key", "key", "token", "apikey"] where table.has(word) {
            throw ConfigError.keyInConfig(table.place(of: word))
        }
        try table.check(keys: Self.keys)
        if let text = try table.text("base_url") {
            baseURL = try Self.address(text, at: table.place(of: "base_url"))
        } else if name != .openAI {
            throw ConfigError.noAddress(table.place(of: "base_url"))
        }
        let sources = ["api_key_env", "api_key_file", "api_key_command"].filter(table.has)
        if sources.count > 1 { throw ConfigError.severalKeys(table.place(of: sources[1]), sources) }
        if let word = sources.first, let text = try table.text(word) {
            if text.allSatisfy(\.isWhitespace) { throw ConfigError.emptyCommand(table.place(of: word)) }
            key =
                switch word {
                case "api_key_env": .environment(text)
                case "api_key_file": .file(text)
                default: .command(text)
                }
        }
        organization = try table.text("organization")
        project = try table.text("project")
        if let word = try table.text("protocol") {
            guard let known = ServiceProfile.Dialect(rawValue: word) else {
                throw ConfigError.notADialect(table.place(of: "protocol"), word)
            }
            dialect = known
        }
        certificateFile = try table.text("ca_file").map(Self.unabbreviated)
        connectTimeout = try table.seconds("connect_timeout")
        readTimeout = try table.seconds("read_timeout")
        totalTimeout = try table.seconds("total_timeout")
    }

    static let keys: Set<String> = [
        "base_url", "api_key_env", "api_key_file", "api_key_command", "organization", "project", "protocol", "ca_file",
        "connect_timeout", "read_timeout", "total_timeout",
    ]

    /// An address as a service may have it: http or https, with nothing in it that must not be shown.
    static func address(_ text: String, at place: ConfigPlace) throws -> URL {
        let trimmed = String(text.reversed().drop { $0 == "/" }.reversed())
        guard let url = URL(string: trimmed), let parts = URLComponents(string: trimmed),
            ["http", "https"].contains(parts.scheme?.lowercased() ?? ""), parts.host?.isEmpty == false
        else { throw ConfigError.notAnAddress(place) }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
            throw ConfigError.addressHoldsSecrets(place)
        }
        return url
    }

    /// `~/x` as a path.
    static func unabbreviated(_ path: String) -> String {
        path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
    }
}

extension ServiceName {
    /// The service that the environment variables of the official clients are about.
    static let openAI = ServiceName("openai")!
}

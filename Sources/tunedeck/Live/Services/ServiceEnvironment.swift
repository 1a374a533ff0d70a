import Foundation
import TuneClient
import TuneModel

/// What the environment says of services: the variables of the official clients, and those for proxies and certificates.
struct ServiceEnvironment: Sendable {
    let variables: [String: String]

    init(_ variables: [String: String]) { self.variables = variables }

    /// The settings with what the environment adds. Those of the file win; `openai` is also there without a file.
    func completing(_ configured: [ServiceSettings]) -> [ServiceSettings] {
        var services = configured
        if !services.contains(where: { $0.name == .openAI }), namesOpenAI {
            services.insert(ServiceSettings(.openAI), at: 0)
        }
        return services.map { settings in
            guard settings.name == .openAI else { return settings }
            var settings = settings
            if settings.baseURL == nil {
                settings.baseURL = address.flatMap(URL.init(string:)) ?? URL(string: Self.standardAddress)
            }
            if settings.key == nil { settings.key = keySource }
            settings.organization = settings.organization ?? value("OPENAI_ORG_ID", "OPENAI_ORGANIZATION")
            settings.project = settings.project ?? value("OPENAI_PROJECT_ID")
            return settings
        }
    }

    /// Proxies for every service. `HTTP_PROXY` in capitals is passed over where a web server may have set it from a
    /// request's `Proxy:` header.
    var proxies: ServiceProfile.Proxies {
        var proxies = ServiceProfile.Proxies()
        let every = value("all_proxy", "ALL_PROXY")
        let capitals = variables["REQUEST_METHOD"] == nil ? value("HTTP_PROXY") : nil
        proxies.http = (value("http_proxy") ?? capitals ?? every).map(Secret.init)
        proxies.https = (value("https_proxy", "HTTPS_PROXY") ?? every).map(Secret.init)
        proxies.exceptions = (value("no_proxy", "NO_PROXY") ?? "")
            .split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
        return proxies
    }

    var certificateFile: String? { value("SSL_CERT_FILE") }

    // MARK: - Private

    static let standardAddress = "https://api.openai.com/v1"

    private var namesOpenAI: Bool {
        value("OPENAI_API_KEY", "OPENAI_API_KEY_PATH", "OPENAI_BASE_URL", "OPENAI_API_BASE") != nil
    }

    private var address: String? {
        guard let text = value("OPENAI_BASE_URL", "OPENAI_API_BASE") else { return nil }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    private var keySource: KeySource? {
        if value("OPENAI_API_KEY") != nil { return .environment("OPENAI_API_KEY") }
        return value("OPENAI_API_KEY_PATH").map(KeySource.file)
    }

    /// The first of these variables that is set to something.
    private func value(_ names: String...) -> String? {
        names.lazy.compactMap { variables[$0] }.first { !$0.allSatisfy(\.isWhitespace) }
    }
}

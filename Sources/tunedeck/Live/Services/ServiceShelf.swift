import Foundation
import Synchronization
import TuneClient
import TuneModel
import TuneStore

/// The services that this workspace knows, and the line to each of them, made once.
final class ServiceShelf: Sendable {
    private let configured: Mutex<[ServiceSettings]>
    private let environment: ServiceEnvironment
    private let standard: ServiceName?
    private let settings: Settings
    private let memory: any UploadMemory
    private let lines = Mutex<[ServiceName: RemoteService]>([:])

    /// Under this name the workspace remembers which one is current.
    private static let key = "service"

    /// - Parameter memory: remembers what was uploaded.
    init(_ config: Config, environment: [String: String], settings: Settings, memory: any UploadMemory) {
        self.environment = ServiceEnvironment(environment)
        configured = Mutex(self.environment.completing(config.services))
        standard = config.defaultService
        self.settings = settings
        self.memory = memory
    }

    private var services: [ServiceSettings] { configured.withLock { $0 } }

    /// Takes what the configuration says now; lines to services that are as they were go on.
    func reload(_ config: Config) {
        let fresh = environment.completing(config.services)
        let changed = services.filter { !fresh.contains($0) }.map(\.name)
        configured.withLock { $0 = fresh }
        lines.withLock { lines in for name in changed { lines[name] = nil } }
    }

    var names: [ServiceName] { services.map(\.name) }

    /// All of them as people are shown them, by name.
    var cards: [ServiceCard] { services.map(card) }

    func card(of name: ServiceName) throws -> ServiceCard { card(try settings(of: name)) }

    /// What should be mended before a key leaks.
    var warnings: [Wording] { services.compactMap { $0.key?.warning } }

    /// The one that is used where none is named; nil is this machine. One that is not configured any more is none.
    func current() async throws -> ServiceName? {
        if let text = try await settings.value(of: Self.key) {
            return ServiceName(text).flatMap { names.contains($0) ? $0 : nil }
        }
        return standard.flatMap { names.contains($0) ? $0 : nil }
    }

    /// Makes one current, at the next start too.
    func use(_ name: ServiceName?) async throws {
        if let name { _ = try settings(of: name) }
        try await settings.set(Self.key, to: name?.text ?? ServiceName.local)
    }

    /// Which one a command means: the word after `--service`, else the current one; nil is this machine.
    func chosen(_ word: String?) async throws -> ServiceName? {
        guard let word else { return try await current() }
        return try named(word)
    }

    /// The service of this name; nil for `local`.
    func named(_ word: String) throws -> ServiceName? {
        if word == ServiceName.local { return nil }
        guard let name = ServiceName(word), names.contains(name) else {
            throw ShelfFault.unknown(word, known: names)
        }
        return name
    }

    /// The line to a service, which connects when it is first asked.
    func service(_ name: ServiceName) throws -> RemoteService {
        let profile = try profile(of: name)
        return lines.withLock { lines in
            if let line = lines[name] { return line }
            let line = RemoteService(profile, memory: memory)
            lines[name] = line
            return line
        }
    }

    /// How a service is reached; its key is asked for when it is needed.
    func profile(of name: ServiceName) throws -> ServiceProfile {
        let settings = try settings(of: name)
        if let fault = fault(of: settings) { throw fault }
        guard let url = settings.baseURL else { throw ShelfFault.badAddress(name) }
        let variables = environment.variables
        var profile = ServiceProfile(name: name, baseURL: url) {
            try await settings.key?.key(of: name, variables)
        }
        profile.organization = settings.organization
        profile.project = settings.project
        profile.dialect = settings.dialect
        profile.certificateFile = settings.certificateFile ?? environment.certificateFile
        profile.proxies = environment.proxies
        if let connect = settings.connectTimeout { profile.limits.connect = connect }
        if let read = settings.readTimeout { profile.limits.read = read }
        if let total = settings.totalTimeout { profile.limits.total = total }
        return profile
    }

    // MARK: - Private

    private func settings(of name: ServiceName) throws -> ServiceSettings {
        guard let found = services.first(where: { $0.name == name }) else {
            throw ShelfFault.unknown(name.text, known: names)
        }
        return found
    }

    private func card(_ settings: ServiceSettings) -> ServiceCard {
        let address = fault(of: settings) == .badAddress(settings.name) ? nil : settings.baseURL?.absoluteString
        return ServiceCard(
            name: settings.name, address: address ?? "–", keySource: settings.key?.shown,
            fault: fault(of: settings)?.explanation ?? missingKey(of: settings)?.explanation)
    }

    /// What can be told without asking anybody. An address of the environment has not been looked at yet.
    private func fault(of settings: ServiceSettings) -> ShelfFault? {
        let parts = settings.baseURL.flatMap { URLComponents(url: $0, resolvingAgainstBaseURL: false) }
        guard let parts, ["http", "https"].contains(parts.scheme?.lowercased() ?? ""), parts.host?.isEmpty == false,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { return .badAddress(settings.name) }
        return nil
    }

    /// A command is not run to look at a list.
    private func missingKey(of settings: ServiceSettings) -> KeyError? {
        switch settings.key {
        case .environment(let name)? where environment.variables[name]?.isEmpty ?? true:
            .noVariable(settings.name, name)
        case .file(let path)? where access(ServiceSettings.unabbreviated(path), R_OK) != 0:
            .noFile(settings.name, path)
        default: nil
        }
    }
}

/// Why a service cannot be used.
enum ShelfFault: ExplainedError, Equatable {
    case unknown(String, known: [ServiceName])
    case badAddress(ServiceName)

    var exitStatus: ExitStatus { .usage }

    var explanation: Explanation {
        switch self {
        case .unknown(let word, let known):
            Explanation(
                Wording("There is no service `\(word)`.", "没有服务 `\(word)`。"),
                next: known.isEmpty
                    ? Wording(
                        "Configure one in config.toml: [service.NAME] with base_url; or set OPENAI_API_KEY.",
                        "请在 config.toml 中配置：[service.名称] 和 base_url；或设置 OPENAI_API_KEY。")
                    : Wording(
                        "There are: \(known.map(\.text).joined(separator: ", ")), and `local`.",
                        "现有的服务：\(known.map(\.text).joined(separator: "、"))，以及 `local`。"))
        case .badAddress(let name):
            Explanation(
                Wording(
                    "The address of \(name) is no plain http or https address without user, password and query.",
                    "\(name) 的地址不是普通的 http 或 https 地址（不能含用户名、密码或查询参数）。"),
                next: Wording(
                    "Mend base_url in config.toml, or OPENAI_BASE_URL; keys have places of their own.",
                    "请修正 config.toml 中的 base_url 或 OPENAI_BASE_URL；密钥另有放置之处。"))
        }
    }
}

import Foundation
import Testing
import TuneClient
import TuneModel
import TuneStore

@testable import tunedeck

struct ServiceShelfTests {
    private let folder = NSTemporaryDirectory() + "shelf-\(UUID().uuidString)"

    private func shelf(_ services: [ServiceSettings] = [], _ environment: [String: String] = [:]) throws -> ServiceShelf
    {
        var config = Config()
        config.services = services
        let workspace = try Workspace(Paths(home: folder))
        return ServiceShelf(
            config, environment: environment, settings: Settings(workspace), memory: UploadLedger(workspace))
    }

    private func service(_ name: String, _ key: KeySource? = nil) throws -> ServiceSettings {
        var settings = ServiceSettings(try #require(ServiceName(name)))
        settings.baseURL = URL(string: "http://127.0.0.1:1/v1")
        settings.key = key
        return settings
    }

    @Test func theEnvironmentOfOfficialClientsMakesAService() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try shelf().cards.isEmpty)
        let plain = try #require(try shelf([], ["OPENAI_API_KEY": "sk-1"]).cards.first)
        #expect(plain.address == "https://api.openai.com/v1" && plain.keySource == "$OPENAI_API_KEY")
        let other = try shelf(
            [],
            [
                "OPENAI_API_BASE": "http://127.0.0.1:9/v1/", "OPENAI_API_KEY_PATH": "/k", "OPENAI_ORGANIZATION": "o",
                "OPENAI_PROJECT_ID": "p", "https_proxy": "http://u:w@proxy:3128", "NO_PROXY": "localhost, .lan",
                "SSL_CERT_FILE": "/ca.pem",
            ])
        let profile = try other.profile(of: .openAI)
        #expect(profile.baseURL.absoluteString == "http://127.0.0.1:9/v1")
        #expect(profile.organization == "o" && profile.project == "p" && profile.certificateFile == "/ca.pem")
        #expect(profile.proxies.https?.revealed() == "http://u:w@proxy:3128" && profile.proxies.http == nil)
        #expect(profile.proxies.exceptions == ["localhost", ".lan"])
        #expect(other.cards.first?.fault != nil, "a key file that is not there")
    }

    @Test func theNewerVariablesGoBeforeTheOlder() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let profile = try shelf(
            [],
            [
                "OPENAI_API_BASE": "http://old/v1", "OPENAI_BASE_URL": "http://new/v1", "OPENAI_ORGANIZATION": "old",
                "OPENAI_ORG_ID": "new", "all_proxy": "http://all:1", "HTTP_PROXY": "http://capital:1",
            ]
        ).profile(of: .openAI)
        #expect(profile.baseURL.absoluteString == "http://new/v1" && profile.organization == "new")
        #expect(profile.proxies.http?.revealed() == "http://capital:1")
        #expect(profile.proxies.https?.revealed() == "http://all:1")
    }

    @Test func anAddressOfTheEnvironmentWithAPasswordIsNotShown() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shelf = try shelf([], ["OPENAI_BASE_URL": "https://me:canary@host/v1"])
        #expect(throws: ShelfFault.badAddress(.openAI)) { try shelf.profile(of: .openAI) }
        #expect(!"\(shelf.cards)".contains("canary"))
    }

    @Test func theCurrentServiceIsRememberedAndOverridden() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (a, b) = (try service("a"), try service("b"))
        let first = try shelf([a, b])
        #expect(try await first.current() == nil)
        try await first.use(a.name)
        let second = try shelf([a, b])
        #expect(try await second.current() == a.name)
        #expect(try await second.chosen("b") == b.name)
        #expect(try await second.chosen("local") == nil)
        await #expect(throws: ShelfFault.self) { try await second.chosen("c") }
        // What is not configured any more is not current.
        #expect(try await shelf([b]).current() == nil)
    }

    @Test func keysComeFromVariablesFilesAndCommands() async throws {
        let name = ServiceName.openAI
        let environment = ["K": " sk-env \n"]
        #expect(try await KeySource.environment("K").key(of: name, environment).revealed() == "sk-env")
        let file = NSTemporaryDirectory() + "key-\(UUID().uuidString)"
        defer { unlink(file) }
        try "sk-file\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try await KeySource.file(file).key(of: name, [:]).revealed() == "sk-file")
        let command = KeySource.command("printf 'sk-command\\nnote below\\n'")
        #expect(try await command.key(of: name, [:]).revealed() == "sk-command")
        for bad in [
            KeySource.environment("NONE"), .file(file + ".none"), .command("echo sk-canary; exit 3"),
            .command("cat /proc/version"), .command("true"),
        ] {
            do {
                _ = try await bad.key(of: name, [:])
                Issue.record("\(bad) gave a key")
            } catch let error as KeyError {
                #expect(!"\(error.explanation.what)".contains("Linux version"))
            }
        }
    }

    @Test func anOpenKeyFileIsWarnedOf() throws {
        let file = NSTemporaryDirectory() + "key-\(UUID().uuidString)"
        defer { unlink(file) }
        try "sk-file\n".write(toFile: file, atomically: true, encoding: .utf8)
        chmod(file, 0o644)
        #expect(KeySource.file(file).warning?.english.contains("chmod 600") == true)
        chmod(file, 0o600)
        #expect(KeySource.file(file).warning == nil)
    }
}

import Foundation
import Testing
import TuneClient
import TuneModel

@testable import tunedeck

struct ServiceSettingsTests {
    private func config(_ text: String) throws -> Config {
        let path = NSTemporaryDirectory() + "config-\(UUID().uuidString).toml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try Config(path: path)
    }

    private func error(_ text: String) -> ConfigError? {
        do {
            _ = try config(text)
            return nil
        } catch { return error as? ConfigError }
    }

    @Test func aServiceIsReadWhole() throws {
        let read = try config(
            """
            default_service = "office"
            [service.office]
            base_url = "https://models.office.lan:8443/v1/"
            api_key_command = "pass show office"
            organization = "org-1"
            project = "proj-2"
            protocol = "legacy"
            ca_file = "/etc/office.pem"
            connect_timeout = 2
            read_timeout = 7.5
            total_timeout = 60
            """)
        #expect(read.defaultService?.text == "office")
        let service = try #require(read.services.first)
        #expect(service.baseURL?.absoluteString == "https://models.office.lan:8443/v1")
        #expect(service.key == .command("pass show office"))
        #expect(service.organization == "org-1" && service.project == "proj-2")
        #expect(service.dialect == .legacy && service.certificateFile == "/etc/office.pem")
        #expect(service.connectTimeout == .seconds(2) && service.readTimeout == .seconds(7.5))
        #expect(service.totalTimeout == .seconds(60))
    }

    @Test func aKeyItselfIsRefusedAndNotRepeated() throws {
        let mistake = try #require(
            error("[service.a]\nbase_url = \"http://127.0.0.1/v1\"\napi_key = \"sk-canary-in-config\"\n"))
        guard case .keyInConfig(let place) = mistake else {
            Issue.record("\(mistake)")
            return
        }
        #expect(place.line == 3 && place.key == "service.a.api_key")
        for language in Language.allCases {
            let text = mistake.explanation.text(in: language)
            #expect(!text.contains("canary") && text.contains("api_key_env"))
        }
    }

    @Test func mistakesNameLineAndKey() throws {
        let address = "base_url = \"http://127.0.0.1/v1\"\n"
        let cases: [(String, Int?, String)] = [
            ("[service.a]\n\(address)api_key_env = \"A\"\napi_key_file = \"b\"\n", 4, "service.a.api_key_file"),
            ("[service.a]\n\(address)protocol = \"newest\"\n", 3, "service.a.protocol"),
            ("[service.a]\n\(address)read_timeout = 0\n", 3, "service.a.read_timeout"),
            ("[service.a]\n\(address)read_timeout = \"5\"\n", 3, "service.a.read_timeout"),
            ("[service.a]\n\(address)baseurl = \"x\"\n", 3, "service.a.baseurl"),
            ("[service.a]\napi_key_env = \"A\"\n", 1, "service.a.base_url"),
            ("[service.a]\nbase_url = \"ftp://x/v1\"\n", 2, "service.a.base_url"),
            ("[service.a]\nbase_url = \"https://me:secret@x/v1\"\n", 2, "service.a.base_url"),
            ("[service.a]\nbase_url = \"https://x/v1?key=secret\"\n", 2, "service.a.base_url"),
            ("[service.Bad]\n\(address)", 1, "service.Bad"),
            ("[service.local]\n\(address)", 1, "service.local"),
            ("service = 3\n", 1, "service"),
        ]
        for (text, line, key) in cases {
            let told = error(text)?.explanation
            let sentence = try #require(told?.what.english, "\(text)")
            if let line, key != "service.a.base_url" || line != 1 {
                #expect(sentence.contains(".toml:\(line)"), "\(sentence)")
            }
            #expect(sentence.contains("`\(key)`") || key.hasSuffix("Bad") || key.hasSuffix("local"), "\(sentence)")
            #expect(!sentence.contains("secret"))
        }
    }
}

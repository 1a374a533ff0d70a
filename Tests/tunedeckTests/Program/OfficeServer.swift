import Foundation
import TuneTestSupport

/// `tunedeck serve` in a workspace of its own, and a second workspace that knows it as the service `office`.
final class OfficeServer {
    let server: TestHome
    let client: TestHome
    private(set) var port = 0
    private(set) var process: RunningProgram

    /// What the server wants to see, and the client has in a variable.
    static let key = "office-key-4711"

    /// - Parameter config: more lines for the client's `config.toml`, before its tables.
    init(config: String = "", tables: String = "") throws {
        server = try TestHome(environment: ["TUNEDECK_API_KEY": Self.key])
        client = try TestHome(environment: ["OFFICE_KEY": Self.key, "TUNEDECK_LANG": "en"])
        for name in ["tiny", "small"] {
            let outcome = try server.run("models", "add", TestHome.tinyModel, "--name", name)
            guard outcome.status == 0 else { throw Unexpected(what: outcome.errors) }
        }
        process = try RunningProgram(["serve", "--port", "0", "--json"], in: server)
        port = try Self.port(of: process)
        try """
        \(config)
        [service.office]
        base_url = "http://127.0.0.1:\(port)/v1"
        api_key_env = "OFFICE_KEY"
        \(tables)
        """.write(toFile: client.path + "/config.toml", atomically: true, encoding: .utf8)
    }

    /// Kills the server as a power cut does.
    func kill() throws { try process.end(SIGKILL) }

    /// Starts it again where it was.
    func restart() throws {
        process = try RunningProgram(["serve", "--port", "\(port)", "--json"], in: server)
        guard try Self.port(of: process) == port else { throw Unexpected(what: "another port") }
    }

    func close() {
        _ = try? process.end(SIGKILL)
        client.close()
        server.close()
    }

    private static func port(of process: RunningProgram) throws -> Int {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            let line = process.said.output.split(separator: "\n").first.map { Data($0.utf8) } ?? Data()
            if let told = try? JSONSerialization.jsonObject(with: line) as? [String: Any],
                let port = told["port"] as? Int
            {
                return port
            }
            usleep(20_000)
        }
        throw Unexpected(what: "the server did not start: \(process.said)")
    }
}

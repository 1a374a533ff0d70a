import Foundation
import Synchronization
import Testing
import TuneClient
import TuneModel
import TuneStore
import TuneTestSupport

@testable import tunedeck

/// A canary for a key, and a service that says it wherever it can: it stands nowhere afterwards.
@Suite(.serialized) struct SecrecyTests {
    private static let canary = "sk-canary-7f3a9b1c5d2e"

    /// The three places that a key can come from.
    private func sources(in folder: String) throws -> [KeySource] {
        let file = folder + "/key"
        try (Self.canary + "\n").write(toFile: file, atomically: true, encoding: .utf8)
        chmod(file, 0o600)
        return [.environment("CANARY"), .file(file), .command("cat \(file)")]
    }

    /// The files of a folder with the canary in them.
    private func hits(in folder: String, except: [String] = []) -> [String] {
        TestHome.files(in: folder).filter { name in
            !except.contains(name)
                && FileManager.default.contents(atPath: folder + "/" + name)?.range(of: Data(Self.canary.utf8)) != nil
        }
    }

    @Test func aThousandRunsLeaveNoTraceOfTheKey() async throws {
        let server = try HostileServer()
        defer { server.stop() }
        let home = try TestHome()
        defer { home.close() }
        let workspace = try Workspace(Paths(home: home.path))
        let uploads = UploadLedger(workspace)
        let sources = try sources(in: home.desk)
        let file = try home.write(#"{"prompt":"a","completion":"b"}"# + "\n", to: "train.jsonl")
        let lines = try sources.flatMap { source in
            try ["modern", "legacy", "auto"].map { word in
                var profile = ServiceProfile(
                    name: try #require(ServiceName("hostile")),
                    baseURL: try #require(URL(string: "http://127.0.0.1:\(server.port)/v1")),
                    key: { try await source.key(of: .openAI, ["CANARY": Self.canary]) })
                profile.dialect = try #require(ServiceProfile.Dialect(rawValue: word))
                profile.limits.firstDelay = .milliseconds(1)
                profile.limits.longestDelay = .milliseconds(2)
                profile.limits.poll = .milliseconds(5)
                profile.limits.total = .seconds(5)
                profile.limits.read = .seconds(2)
                return RemoteService(profile, memory: uploads)
            }
        }
        let jobs = lines.map { line in RemoteJobs(workspace, service: { _ in line.jobs }) }
        var leaks: [String] = []
        var (answers, failures) = (0, 0)
        for run in 0..<1_000 {
            let line = lines[run % lines.count]
            var said = ""
            do {
                switch run % 8 {
                case 0: said = "\(try await line.models.list())"
                case 1: said = "\(try await line.files.list())"
                case 2: said = "\(try await line.files.upload(file, purpose: "fine-tune"))"
                case 3: said = "\(try await line.jobs.list(after: nil, limit: 5))"
                case 4:
                    var request = JobRequest(model: "m", trainingFile: "file-1")
                    request.service = ServiceName("hostile")
                    let made = try await jobs[run % jobs.count].create(request)
                    said = "\(made) \(try await jobs[run % jobs.count].events(of: made.id, after: nil))"
                case 5:
                    let request = AnswerRequest(model: "m", input: .prompt("p"))
                    for try await part in line.models.answer(request) { said += "\(part)" }
                case 6: said = "\(try await line.files.file(try #require(FileID("file-1"))))"
                default: said = "\(try await jobs[run % jobs.count].adopt(try #require(ServiceName("hostile"))))"
                }
                answers += 1
            } catch {
                failures += 1
                said = "\(error) \(String(reflecting: error))"
                for language in Language.allCases { said += Explanation(of: error).text(in: language) }
            }
            if said.contains(Self.canary) { leaks.append("run \(run): \(said.prefix(400))") }
        }
        #expect(leaks.isEmpty, "\(leaks.count) leaks, the first: \(leaks.first ?? "")")
        #expect(server.keysSeen > 1_000, "the service was shown the key")
        #expect(answers > 20 && failures > 200, "\(answers) answers, \(failures) failures")
        #expect(hits(in: home.path).isEmpty, "\(hits(in: home.path))")
        for line in lines { await line.shutdown() }
    }

    @Test func theProgramNeverSaysTheKey() async throws {
        let server = try HostileServer()
        defer { server.stop() }
        let home = try TestHome(environment: ["CANARY": Self.canary])
        defer { home.close() }
        _ = try sources(in: home.desk)
        let key = home.desk + "/key"
        var config = ""
        for (name, source) in [
            ("env", "api_key_env = \"CANARY\""), ("file", "api_key_file = \"\(key)\""),
            ("command", "api_key_command = \"cat \(key)\""),
        ] {
            config +=
                "[service.\(name)]\nbase_url = \"http://127.0.0.1:\(server.port)/v1\"\n\(source)\ntotal_timeout = 4\n"
        }
        try config.write(toFile: home.path + "/config.toml", atomically: true, encoding: .utf8)
        let file = try home.write(#"{"prompt":"a","completion":"b"}"# + "\n", to: "train.jsonl")
        for service in ["env", "file", "command"] {
            for command in [
                ["services", "check", service], ["services", "list", "--json"],
                ["models", "list", "--service", service, "--json"], ["files", "list", "--service", service],
                ["files", "upload", "--service", service, "-f", file],
                ["jobs", "create", "--service", service, "-t", file, "-m", "m", "--yes", "--no-follow"],
                ["jobs", "list", "--service", service, "--json"], ["ask", "--service", service, "-m", "m", "-p", "p"],
                ["doctor"],
            ] {
                let program = try RunningProgram(command, in: home)
                // What other users see of the process while it runs.
                var line = Data()
                while TestHome.isRunning(program.id) {
                    line += FileManager.default.contents(atPath: "/proc/\(program.id)/cmdline") ?? Data()
                    try await Task.sleep(for: .milliseconds(10))
                }
                let outcome = try program.outcome(seconds: 60)
                #expect(!outcome.output.contains(Self.canary), "\(command): \(outcome.output)")
                #expect(!outcome.errors.contains(Self.canary), "\(command): \(outcome.errors)")
                #expect(line.range(of: Data(Self.canary.utf8)) == nil, "\(command)")
                #expect([0, 1, 2, 3, 4].contains(outcome.status), "\(command): \(outcome.status)")
            }
        }
        #expect(server.keysSeen > 20, "the service was shown the key")
        #expect(hits(in: home.path).isEmpty, "\(hits(in: home.path))")
        #expect(hits(in: home.desk, except: ["key"]).isEmpty, "\(hits(in: home.desk))")
    }
}

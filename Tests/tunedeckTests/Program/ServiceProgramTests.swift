import Foundation
import Testing
import TuneTestSupport

/// The program as the client of another `tunedeck serve`, in a process and workspace of its own.
@Suite(.serialized) struct ServiceProgramTests {
    private static let records = (0..<32).map { index in
        #"{"prompt":"What is \#(index)? ->","completion":" the answer number \#(index * 7)\n"}"# + "\n"
    }.joined()

    private func lines(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                throw Unexpected(what: "no object: \(line)")
            }
            return object
        }
    }

    private func wait(for what: String, seconds: Double = 120, until isReached: () throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while try !isReached() {
            guard ContinuousClock.now < end else { throw Unexpected(what: "waited in vain for \(what)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test func filesGoUpOnceAndAreFoundAgain() throws {
        let office = try OfficeServer()
        defer { office.close() }
        let client = office.client
        let file = try client.write(Self.records, to: "train.jsonl")
        let first = try client.run("files", "upload", "--service", "office", "-f", file, "--json")
        #expect(first.status == 0, "\(first.errors)")
        let id = try #require(try first.object()["id"] as? String)
        // The same bytes under another name are known by their hash.
        let other = try client.write(Self.records, to: "copy.jsonl")
        let second = try client.run("files", "upload", "--service", "office", "-f", other, "--json")
        #expect(try second.object()["id"] as? String == id, "\(second.errors)")
        let third = try client.run("files", "upload", "--service", "office", "-f", file, "--upload-again", "--json")
        #expect(try third.object()["id"] as? String != id)
        #expect(try client.run("files", "list", "--service", "office", "--json").list().count == 2)
        #expect(try client.run("files", "content", "--service", "office", "-i", id).output == Self.records)
        #expect(try client.run("files", "delete", "--service", "office", "-i", id).status == 0)
        #expect(try client.run("files", "get", "--service", "office", "-i", id).status != 0)
        #expect(try client.run("files", "list", "--json").list().isEmpty, "this machine keeps none")
    }

    @Test func aJobIsFollowedThroughARestartOfItsServer() async throws {
        let office = try OfficeServer(tables: "[price.office.tiny]\ntraining = 3.0\n")
        defer { office.close() }
        let (client, server) = (office.client, office.server)
        // 320 records in batches of 4, 50 times: 4,000 steps.
        let file = try client.write(String(repeating: Self.records, count: 10), to: "train.jsonl")
        let created = try client.run(
            "jobs", "create", "--service", "office", "-t", file, "-m", "tiny", "--n-epochs", "50", "--batch-size", "4",
            "--suffix", "walk", "--no-follow", "--json")
        #expect(created.status == 0, "\(created.errors)")
        let id = try #require(try created.object()["id"] as? String)
        let follower = try RunningProgram(["jobs", "follow", "-i", id, "--json"], in: client)
        func steps() throws -> Int {
            // The last line may still be on its way.
            let whole = follower.said.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            return try lines(whole.joined(separator: "\n")).filter { $0["type"] as? String == "metrics" }.count
        }
        try await wait(for: "the first steps") { try steps() > 5 }
        try office.kill()
        try await wait(for: "the loss of the line") {
            let job = try client.run("jobs", "get", "-i", id, "--json").object()
            #expect(job["status"] as? String != "failed")
            return (job["origin"] as? [String: Any])?["line"] as? String == "reconnecting"
        }
        try office.restart()
        let told = try follower.outcome(seconds: 300)
        #expect(told.status == 0, "\(told.errors)")

        let all = try lines(told.output)
        let events = all.filter { $0["object"] as? String == "fine_tuning.job.event" }
        let numbers = events.compactMap { $0["id"] as? Int }
        #expect(numbers.count == events.count && numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        let trained = events.filter { $0["type"] as? String == "metrics" }.compactMap {
            ($0["data"] as? [String: Any])?["step"] as? Int
        }
        #expect(trained == Array(1...4000), "\(trained.count) steps")
        let job = try #require(all.last)
        #expect(job["status"] as? String == "succeeded")
        let origin = try #require(job["origin"] as? [String: Any])
        let remote = try #require(origin["id"] as? String)

        let there = try server.run("jobs", "get", "-i", remote, "--json").object()
        #expect(there["trained_tokens"] as? Int == job["trained_tokens"] as? Int)
        #expect(there["fine_tuned_model"] as? String == job["fine_tuned_model"] as? String)
        let table = try client.run("jobs", "results", "-i", id)
        #expect(table.status == 0, "\(table.errors)")
        #expect(table.output == (try server.run("jobs", "results", "-i", remote).output))
        #expect(try server.jobs().count == 1, "no job was made twice")
        // The price is that of the tokens that the service counted.
        let tokens = try #require(job["trained_tokens"] as? Int)
        #expect(origin["actual_dollars"] as? Double == Double(tokens) / 1e6 * 3)

        let model = try #require(job["fine_tuned_model"] as? String)
        let names = try client.run("models", "list", "--service", "office", "--json").list().compactMap {
            $0["id"] as? String
        }
        #expect(names.contains(model))
        let question = ["-p", "What is 3? ->", "-M", "8", "-t", "0", "--seed", "1", "--json"]
        let answer = try client.run(["ask", "-m", "office/\(model)"] + question)
        #expect(answer.status == 0, "\(answer.errors)")
        let own = try server.run(["ask", "-m", model] + question)
        func text(_ outcome: TestHome.Outcome) throws -> String? {
            (try outcome.object()["choices"] as? [[String: Any]])?.first?["text"] as? String
        }
        #expect(try text(answer) == text(own))
    }

    @Test func twoBaseModelsFromOneCommandAreComparedWhenDone() throws {
        let office = try OfficeServer()
        defer { office.close() }
        let file = try office.client.write(Self.records, to: "train.jsonl")
        let outcome = try office.client.run(
            "jobs", "create", "--service", "office", "-t", file, "-m", "tiny", "-m", "small", "--max-steps", "3",
            seconds: 300)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("jobs compare -i sweep-"))
        #expect(outcome.output.contains("train loss"), "\(outcome.output)")
        #expect(try office.server.jobs().count == 2)
        #expect(
            try office.server.run("files", "list", "--json").list().count { $0["purpose"] as? String == "fine-tune" }
                == 1)
    }

    @Test func nothingLeavesWithoutConsentWhereNobodyCanBeAsked() throws {
        let office = try OfficeServer(
            config: "confirm_above = 0.000001", tables: "[price.office.tiny]\ntraining = 2.0\n")
        defer { office.close() }
        let (client, server) = (office.client, office.server)
        let file = try client.write(Self.records, to: "train.jsonl")
        let create = [
            "jobs", "create", "--service", "office", "-t", file, "-m", "tiny", "--max-steps", "2", "--no-follow",
        ]
        let dear = try client.run(create)
        #expect(dear.status == 2)
        #expect(dear.errors.contains("$0.0") && dear.errors.contains("--yes"), "\(dear.errors)")
        // A model without a price cannot be told to be cheap enough.
        let unknown = try client.run(create.map { $0 == "tiny" ? "small" : $0 })
        #expect(unknown.status == 2 && unknown.errors.contains("not known"), "\(unknown.errors)")
        let leaky = try client.write(
            Self.records + #"{"prompt":"Whom? ->","completion":" ask jane.roe@acme-corp.io\n"}"# + "\n",
            to: "leaky.jsonl")
        let upload = try client.run("files", "upload", "--service", "office", "-f", leaky)
        #expect(upload.status == 2 && upload.errors.contains("e-mail"), "\(upload.errors)")
        #expect(!upload.errors.contains("jane.roe"), "examples are masked")
        #expect(try server.run("files", "list", "--json").list().isEmpty)
        #expect(try server.jobs().isEmpty)
        #expect(try client.run(create + ["--yes"]).status == 0)
        #expect(try server.jobs().count == 1)
    }

    @Test func theCurrentServiceIsUsedUntilAnotherIs() throws {
        let office = try OfficeServer()
        defer { office.close() }
        let client = office.client
        #expect(try client.run("services", "use", "office").status == 0)
        let services = try client.run("services", "--json").list()
        #expect(services.first { $0["name"] as? String == "office" }?["current"] as? Bool == true)
        #expect(try client.run("models", "list", "--json").list().contains { $0["id"] as? String == "tiny" })
        #expect(try client.run("models", "list", "--service", "local", "--json").list().isEmpty)
        let check = try client.run("services", "check", "office", "--json")
        #expect(check.status == 0, "\(check.errors)")
        #expect(try check.object()["protocol"] as? String == "modern")
        #expect(try client.run("services", "use", "nowhere").status == 2)
        let unknown = try client.run("jobs", "get", "-i", "job_of_nobody")
        #expect(unknown.status == 2 && unknown.complaint?.contains("no job job_of_nobody") == true)
        try office.kill()
        #expect(try client.run("services", "check", "office").status == 3)
    }
}

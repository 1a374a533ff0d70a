import Foundation
import Testing
import TuneTestSupport

/// Whatever happens to the worker, a job ends as if nothing had happened, or says why it could not.
@Suite(.serialized) struct KilledWorkerTests {
    /// Enough records for a run of some seconds on the tiny model.
    private static let records = (0..<64).map { index in
        let answer = String(repeating: " the answer number \(index * 7)", count: 6)
        return #"{"prompt":"What is \#(index)? ->","completion":"\#(answer)\n"}"# + "\n"
    }.joined()

    /// Queues a job and gives back its id.
    private func create(_ file: String, in home: TestHome, steps: Int) throws -> String {
        let outcome = try home.run(
            "jobs", "create", "-t", file, "-m", "tiny", "--max-steps", "\(steps)", "--n-epochs", "1000",
            "--batch-size", "16", "--seed", "7", "--no-follow", "--json")
        guard outcome.status == 0, let id = try outcome.object()["id"] as? String else {
            throw Unexpected(what: outcome.errors)
        }
        return id
    }

    private func step(_ job: [String: Any]) -> Int { (job["latest"] as? [String: Any])?["step"] as? Int ?? 0 }

    private func adapter(_ id: String, in home: TestHome) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: home.path + "/jobs/\(id)/adapter/adapter_model.safetensors"))
    }

    @Test func aJobWhoseWorkerIsKilledEndsAsAnUnbrokenOne() async throws {
        let kills = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == nil ? 3 : 25
        let steps = 100 * (kills + 1)
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")

        let whole = try create(file, in: home, steps: steps)
        let calm = try await home.wait(for: "the unbroken run", of: whole) { $0["status"] as? String == "succeeded" }

        let broken = try create(file, in: home, steps: steps)
        for kill in 0..<kills {
            // Each worker gets further than the one before, to a step that is no checkpoint in most cases.
            let goal = 100 * kill + Int.random(in: 5...95)
            _ = try await home.wait(for: "step \(goal)", of: broken) { step($0) >= goal }
            #expect(home.killWorker(), "nobody was at work at step \(goal)")
            #expect(try home.job(broken)["status"] as? String != "succeeded")
        }
        let job = try await home.wait(for: "the end", of: broken) {
            ["succeeded", "failed"].contains($0["status"] as? String)
        }
        #expect(job["status"] as? String == "succeeded")
        #expect(job["trained_tokens"] as? Int == calm["trained_tokens"] as? Int)
        #expect(try adapter(broken, in: home) == adapter(whole, in: home))

        let table = try String(contentsOfFile: home.path + "/jobs/\(broken)/results.csv", encoding: .utf8)
        let numbers = table.split(separator: "\n").dropFirst().compactMap { Int($0.prefix { $0 != "," }) }
        #expect(numbers == Array(1...steps))
        #expect(try home.run("jobs", "results", "-i", broken).output == table)
        let losses = try home.run("jobs", "events", "-i", broken).output.components(separatedBy: "The worker was lost")
        #expect(losses.count - 1 == kills)
    }

    @Test func aWorkspaceHasOneWorker() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let id = try create(try home.write(Self.records, to: "train.jsonl"), in: home, steps: 100_000)
        _ = try await home.wait(for: "the first step", of: id) { step($0) > 0 }
        let worker = try #require(home.worker)
        let second = try home.run("worker")
        #expect(second.status == 1)
        #expect(second.complaint?.contains("A worker is already running (process \(worker))") == true)
        #expect(home.worker == worker)
        #expect(try home.run("jobs", "cancel", "-i", id).status == 0)
        _ = try await home.wait(for: "the cancellation", of: id) { $0["status"] as? String == "cancelled" }
    }

    @Test func aJobThatKeepsLosingItsWorkerFailsAndSaysWhy() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        // So much to read that a worker can be killed before its first step.
        let many = String(repeating: Self.records, count: 400)
        let id = try create(try home.write(many, to: "train.jsonl"), in: home, steps: 10)
        let end = ContinuousClock.now + .seconds(60)
        var job = try home.job(id)
        while job["status"] as? String != "failed", ContinuousClock.now < end {
            if job["status"] as? String == "running" { home.killWorker() }
            job = try home.job(id)
        }
        #expect(job["status"] as? String == "failed")
        let failure = try #require(job["error"] as? [String: Any])
        #expect(failure["code"] as? String == "worker_lost")
        #expect((failure["message"] as? String)?.contains("4 times in a row at step 0") == true)
    }
}

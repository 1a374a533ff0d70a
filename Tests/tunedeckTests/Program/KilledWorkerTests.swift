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
    private func create(_ file: String, in home: TestHome, steps: Int, validation: String? = nil) throws -> String {
        let outcome = try home.run(
            [
                "jobs", "create", "-t", file, "-m", "tiny", "--max-steps", "\(steps)", "--n-epochs", "1000",
                "--batch-size", "16", "--seed", "7", "--no-follow", "--json",
            ] + (validation.map { ["-v", $0] } ?? []))
        guard outcome.status == 0, let id = try outcome.object()["id"] as? String else {
            throw Unexpected(what: outcome.errors)
        }
        return id
    }

    private func step(_ job: [String: Any]) -> Int { (job["latest"] as? [String: Any])?["step"] as? Int ?? 0 }

    private func data(_ name: String, of id: String, in home: TestHome) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: home.path + "/jobs/\(id)/\(name)"))
    }

    /// Files of unfinished writes, anywhere in the workspace.
    private func drafts(in home: TestHome) -> [String] {
        TestHome.files(in: home.path).filter { $0.contains(".partial-") || $0.contains("nosync") }
    }

    /// What SQLite itself says of the whole database.
    private func integrity(of home: TestHome) throws -> String {
        let look =
            "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchone())"
        let output = home.desk + "/integrity"
        let status = try Spawn.run(
            ["/usr/bin/env", "python3", "-c", look, home.path + "/workspace.db"], environment: home.environment,
            output: output)
        let text = try String(contentsOfFile: output, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        return status == 0 ? text : "\(status): \(text)"
    }

    /// Lets the next worker run until it is killed in the middle of writing a checkpoint or the best adapter.
    ///
    /// - Parameter isLast: near the end of the run, where few writes may be left to come.
    private func killInAWrite(_ id: String, in home: TestHome, _ disk: FaultyDisk, isLast: Bool) async throws {
        try disk.set(.kill, at: Int.random(in: 1...(isLast ? 5 : 18)), onPathsWith: "/checkpoints/")
        _ = try home.job(id)
        let end = ContinuousClock.now + .seconds(60)
        while disk.faults.isEmpty || home.worker != nil {
            guard ContinuousClock.now < end else { throw Unexpected(what: "waited in vain for a write") }
            try await Task.sleep(for: .milliseconds(5))
        }
        try disk.clear()
    }

    @Test func aJobWhoseWorkerIsKilledEndsAsAnUnbrokenOne() async throws {
        let kills = ProcessInfo.processInfo.environment["TUNEDECK_TORTURE"] == nil ? 20 : 500
        let stride = 20
        let steps = stride * (kills + 1)
        let disk = try FaultyDisk(in: NSTemporaryDirectory())
        defer { try? disk.clear() }
        let home = try TestHome(environment: disk.environment)
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        let few = Self.records.split(separator: "\n").suffix(4).map { $0 + "\n" }
        let held = try home.write(few.joined(), to: "held.jsonl")

        let whole = try create(file, in: home, steps: steps, validation: held)
        let calm = try await home.wait(for: "the unbroken run", of: whole) { $0["status"] as? String == "succeeded" }

        let broken = try create(file, in: home, steps: steps, validation: held)
        var killsInAWrite = 0
        for kill in 0..<kills {
            if kill % 2 == 1 {
                try await killInAWrite(broken, in: home, disk, isLast: kill + 2 >= kills)
            } else {
                // To a step that is no checkpoint in most cases, in mid-epoch.
                let goal = stride * kill + Int.random(in: 3...stride - 3)
                _ = try await home.wait(for: "step \(goal)", of: broken) { step($0) >= goal }
                #expect(home.killWorker(), "nobody was at work at step \(goal)")
            }
            if !drafts(in: home).isEmpty { killsInAWrite += 1 }
            #expect(try integrity(of: home) == "ok")
            // Asking starts the next worker, which only an unaimed kill may have.
            if kill % 2 == 1 { #expect(try home.job(broken)["status"] as? String != "succeeded") }
        }
        let job = try await home.wait(for: "the end", of: broken) {
            ["succeeded", "failed"].contains($0["status"] as? String)
        }
        #expect(job["status"] as? String == "succeeded")
        #expect(job["trained_tokens"] as? Int == calm["trained_tokens"] as? Int)
        #expect(killsInAWrite > 0, "no kill hit a file that was being written")
        for name in ["adapter/adapter_model.safetensors", "adapter/adapter_config.json", "results.csv"] {
            #expect(try data(name, of: broken, in: home) == data(name, of: whole, in: home), "\(name)")
        }

        let table = String(decoding: try data("results.csv", of: broken, in: home), as: UTF8.self)
        let numbers = table.split(separator: "\n").dropFirst().compactMap { Int($0.prefix { $0 != "," }) }
        #expect(numbers == Array(1...steps))
        #expect(try home.run("jobs", "results", "-i", broken).output == table)
        let losses = try home.run("jobs", "events", "-i", broken).output.components(separatedBy: "The worker was lost")
        #expect(losses.count - 1 == kills)
        #expect(try integrity(of: home) == "ok")
        #expect(drafts(in: home).isEmpty, "\(drafts(in: home))")
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

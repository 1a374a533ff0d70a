import Foundation
import Testing
import TuneTestSupport

/// What a run tells of its learning, and the ways of learning, by the real program on the tiny model.
struct LearningProgramTests {
    private static let records = (0..<40).map { index in
        #"{"prompt":"What is \#(index)? ->","completion":" It is \#(index * 7).\n"}"# + "\n"
    }.joined()

    private func create(_ words: [String], in home: TestHome) throws -> String {
        let created = try home.run(["jobs", "create", "-m", "tiny", "--no-follow", "--json"] + words)
        return try #require(try created.object()["id"] as? String, "\(created.errors)")
    }

    private func end(of id: String, in home: TestHome) async throws -> [String: Any] {
        let job = try await home.wait(for: "the end", of: id) {
            ["succeeded", "failed", "cancelled"].contains($0["status"] as? String)
        }
        #expect(job["status"] as? String == "succeeded", "\(job["error"] ?? "")")
        return job
    }

    @Test func samplesAndLossesAreStoredAndShown() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        let id = try create(
            ["-t", file, "--n-epochs", "2", "--sample", "What is 1? ->", "--sample", "名字？"], in: home)
        _ = try await end(of: id, in: home)
        let samples = try home.run("jobs", "samples", "-i", id, "--json").list()
        #expect(Set(samples.compactMap { $0["prompt"] as? String }) == ["What is 1? ->", "名字？"])
        #expect(samples.allSatisfy { $0["step"] is Int && $0["answer"] is String })
        let losses = try home.run("jobs", "losses", "-i", id, "--json").list()
        #expect(losses.compactMap { $0["record"] as? Int }.sorted() == Array(0..<40))
        let values = losses.compactMap { $0["loss"] as? Double }
        #expect(values == values.sorted(by: >))
        let table = try home.run("jobs", "losses", "-i", id, "--worst", "3").output.split(separator: "\n")
        #expect(table.count == 4 && table[1].contains("What is"))
    }

    @Test func whatWasLearnedSoFarIsKept() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        let id = try create(["-t", file, "--n-epochs", "100000", "--max-steps", "100000"], in: home)
        _ = try await home.wait(for: "some steps", of: id) {
            (($0["latest"] as? [String: Any])?["step"] as? Int ?? 0) > 5
        }
        #expect(try home.run("jobs", "keep", "-i", id).status == 0)
        let job = try await end(of: id, in: home)
        let model = try #require(job["fine_tuned_model"] as? String)
        #expect((job["latest"] as? [String: Any])?["step"] as? Int ?? 0 < 100_000)
        #expect(try home.run("ask", "-m", model, "-p", "What is 1? ->", "-M", "3").status == 0)
    }

    @Test func everyWeightIsTrainedAndTheModelTrainedFurther() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        let id = try create(["-t", file, "--full", "--max-steps", "2", "--suffix", "whole"], in: home)
        let model = try #require(try await end(of: id, in: home)["fine_tuned_model"] as? String)
        let shown = try home.run("models", "show", model, "--json").object()
        #expect(shown["adapter"] is NSNull && shown["base"] as? String == "tiny")
        #expect(try home.run("ask", "-m", model, "-p", "What is 1? ->", "-M", "3").status == 0)
        let created = try home.run(
            "jobs", "create", "-t", file, "-m", model, "--max-steps", "2", "--suffix", "more", "--no-follow", "--json")
        let second = try await end(of: try #require(try created.object()["id"] as? String), in: home)
        #expect((second["fine_tuned_model"] as? String)?.hasPrefix("ft:tiny:personal:more:") == true)
    }

    @Test func preferencesAreLearnedByDPOByThemselves() async throws {
        let home = try TestHome()
        defer { home.close() }
        let folder = URL(fileURLWithPath: TestHome.tinyModel).appendingPathComponent("../families/qwen2")
            .standardizedFileURL.path
        #expect(try home.run("models", "add", folder).status == 0)
        let pair = """
            {"input":{"messages":[{"role":"user","content":"a"}]},"preferred_output":[{"role":"assistant","content":"b"}],\
            "non_preferred_output":[{"role":"assistant","content":"c"}]}

            """
        let file = try home.write(String(repeating: pair, count: 6), to: "pairs.jsonl")
        let words = ["jobs", "create", "-t", file, "-m", "qwen2", "--max-steps", "2"]
        let dry = try home.run(words + ["--dry-run", "--json"])
        #expect((try dry.object()["method"] as? [String: Any])?["type"] as? String == "dpo", "\(dry.errors)")
        let created = try home.run(words + ["--no-follow", "--json"])
        let job = try await end(of: try #require(try created.object()["id"] as? String, "\(created.errors)"), in: home)
        #expect((job["hyperparameters"] as? [String: Any])?["dpo_beta"] as? Double == 0.1)
    }
}

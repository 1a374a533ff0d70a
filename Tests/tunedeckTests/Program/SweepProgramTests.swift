import Foundation
import Testing
import TuneTestSupport

/// Sweeps, splits, estimates and rounds of training, by the real program.
struct SweepProgramTests {
    private static let records = (0..<40).map {
        #"{"prompt":"What is \#($0)? ->","completion":" It is \#($0 * 7).\n"}"# + "\n"
    }
    .joined()

    private func end(of id: String, in home: TestHome) async throws -> [String: Any] {
        let job = try await home.wait(for: "the end", of: id) {
            ["succeeded", "failed", "cancelled"].contains($0["status"] as? String)
        }
        #expect(job["status"] as? String == "succeeded", "\(job["error"] ?? "")")
        return job
    }

    @Test func aSweepIsQueuedRunComparedAndDeleted() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        let words = ["-t", file, "-m", "tiny", "--max-steps", "3", "--validation-split", "0.2"]
        let sweep = ["--sweep", "learning_rate=1e-4,3e-3", "--sweep", "lora_rank=2,4"]

        let dry = try home.run(["jobs", "create"] + words + sweep + ["--dry-run", "--json"]).list()
        #expect(dry.count == 4)
        #expect(dry.allSatisfy { $0["steps"] as? Int == 3 && $0["validation_examples"] as? Int == 8 })
        #expect(try home.jobs().isEmpty)

        let created = try home.run(["jobs", "create"] + words + sweep + ["--json"])
        #expect(created.status == 0, "\(created.errors)")
        let jobs = try created.list()
        let group = try #require(jobs.first?["sweep"] as? String)
        #expect(jobs.allSatisfy { $0["sweep"] as? String == group })
        #expect(jobs.map { $0["user_provided_suffix"] as? String } == (1...4).map { "train-\($0)" })
        for job in jobs { _ = try await end(of: try #require(job["id"] as? String), in: home) }

        let comparison = try home.run("jobs", "compare", "-i", group, "--json").object()
        #expect(comparison["differs"] as? [String] == ["learning_rate", "lora_rank"])
        #expect(comparison["best_by"] as? String == "valid_loss")
        let rows = try #require(comparison["data"] as? [[String: Any]])
        #expect(rows.count == 4 && rows.count { $0["is_best"] as? Bool == true } == 1)
        #expect(rows.allSatisfy { $0["best_valid_loss"] is Double && $0["tokens_per_s"] is Double })
        let table = try home.run("jobs", "compare", "-i", group)
        #expect(table.output.contains("★") && table.output.contains("learning_rate"))

        #expect(try home.run("jobs", "delete", "-i", group).status == 1)
        #expect(try home.run("jobs", "delete", "-i", group, "--with-model").status == 0)
        #expect(try home.jobs().isEmpty)
        #expect(try home.run("jobs", "compare", "-i", group).status == 2)
    }

    @Test func mistakesInASweepAreTold() throws {
        let home = try TestHome()
        defer { home.close() }
        func complain(_ words: String...) throws -> TestHome.Outcome {
            try home.run(["jobs", "create", "-t", "a.jsonl", "-m", "tiny"] + words)
        }
        let unknown = try complain("--sweep", "rank=4,8")
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("no setting rank") && unknown.errors.contains("lora_rank"))
        #expect(try complain("--sweep", "lora_rank=4,0").errors.contains("a whole number from 1 to 256"))
        #expect(try complain("--sweep", "seed=1,2", "--seed", "3").status == 2)
        #expect(try complain("-v", "b.jsonl", "--validation-split", "0.1").status == 2)
        #expect(try complain("--validation-split", "0.9").status == 2)
    }

    @Test func aSplitIsMeasuredOnAndTheEstimateSaysSo() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        let words = ["jobs", "create", "-t", file, "-m", "tiny", "--max-steps", "4", "--validation-split", "0.25"]
        let dry = try home.run(words + ["--dry-run", "--json"])
        #expect(try dry.has(["seconds", "memory_mb", "disk_mb", "trained_tokens", "method", "hyperparameters"]))
        #expect(try dry.object()["examples"] as? Int == 30)
        #expect(try home.run(words + ["--dry-run"]).output.contains("held out of the training file, 10 examples"))

        let id = try #require(try home.run(words + ["--no-follow", "--json"]).object()["id"] as? String)
        let job = try await end(of: id, in: home)
        let settings = try #require(job["hyperparameters"] as? [String: Any])
        #expect(settings["validation_split"] as? Double == 0.25)
        let names = [
            "n_epochs", "batch_size", "accumulation", "learning_rate", "schedule", "warmup_share", "weight_decay",
            "gradient_clip", "prompt_loss_weight", "neftune", "tuning", "lora_rank", "lora_alpha", "lora_dropout",
            "lora_targets", "rslora", "dpo_beta", "max_steps", "eval_steps", "patience", "memory_limit_mb", "seed",
            "samples",
        ]
        #expect(Set(settings.keys).isSuperset(of: names))
        #expect((job["method"] as? [String: Any])?["type"] as? String == "supervised")
        let results = try home.run("jobs", "results", "-i", id).output.split(separator: "\n")
        #expect(results[0].hasSuffix("validation_token_accuracy"))
        #expect(results.dropFirst().contains { !$0.hasSuffix(",,,") })
        let events = try home.run("jobs", "events", "-i", id).output
        #expect(events.contains("10 records of the training file held out for validation"))
    }

    @Test func aModelIsTrainedFurther() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        func train(_ model: String, _ name: String) async throws -> String {
            let created = try home.run(
                "jobs", "create", "-t", file, "-m", model, "--max-steps", "3", "--suffix", name, "--no-follow", "--json"
            )
            let id = try #require(try created.object()["id"] as? String, "\(created.errors)")
            return try #require(try await end(of: id, in: home)["fine_tuned_model"] as? String)
        }
        let first = try await train("tiny", "one")
        let second = try await train(first, "two")
        #expect(second.hasPrefix("ft:tiny:personal:two:"))
        let shown = try home.run("models", "show", second, "--json").object()
        #expect(shown["base"] as? String == "tiny")
        func adapter(_ model: String) throws -> Data {
            let folder = try #require(try home.run("models", "show", model, "--json").object()["adapter"] as? String)
            return try Data(contentsOf: URL(fileURLWithPath: folder + "/adapter_model.safetensors"))
        }
        #expect(try adapter(first) != adapter(second))
        #expect(try home.run("ask", "-m", second, "-p", "What is 1? ->", "-M", "3").status == 0)
    }

    @Test func aFolderOfSafetensorsIsAddedAndTrained() async throws {
        let home = try TestHome()
        defer { home.close() }
        let folder = URL(fileURLWithPath: TestHome.tinyModel).appendingPathComponent("../families/qwen2")
            .standardizedFileURL.path
        let added = try home.run("models", "add", folder)
        #expect(added.status == 0, "\(added.errors)")
        let shown = try home.run("models", "show", "qwen2", "--json").object()
        #expect(shown["architecture"] as? String == "qwen2")
        let kept = try FileManager.default.contentsOfDirectory(atPath: home.path + "/models/qwen2").sorted()
        #expect(kept.contains("config.json") && kept.contains("model.safetensors") && kept.contains("tokenizer.json"))
        let file = try home.write(Self.records, to: "train.jsonl")
        let created = try home.run(
            "jobs", "create", "-t", file, "-m", "qwen2", "--max-steps", "2", "--no-follow", "--json")
        let id = try #require(try created.object()["id"] as? String, "\(created.errors)")
        _ = try await end(of: id, in: home)
    }

    @Test func commandsForWhatIsNotThereSaySo() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write(Self.records, to: "train.jsonl")
        let created = try home.run(
            "jobs", "create", "-t", file, "-m", "tiny", "--max-steps", "2", "--no-follow", "--json")
        let id = try #require(try created.object()["id"] as? String)
        _ = try await end(of: id, in: home)
        #expect(try home.run("jobs", "samples", "-i", id, "--json").list().isEmpty)
        #expect(try home.run("jobs", "keep", "-i", id).status == 1)
        #expect(try home.run("jobs", "move", "-i", id, "--to", "top").status == 1)
        #expect(try home.run("jobs", "move", "-i", id).status == 2)
    }
}

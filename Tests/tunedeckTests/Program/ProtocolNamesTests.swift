import Foundation
import Testing
import TuneTestSupport

/// Programs read what the commands print: the protocol's names, and nothing but data on standard output.
struct ProtocolNamesTests {
    private static let job = [
        "id", "object", "status", "model", "fine_tuned_model", "training_file", "validation_file", "hyperparameters",
        "created_at", "finished_at", "trained_tokens", "error",
    ]

    @Test func everyListAndObjectHasTheNamesOfTheProtocol() async throws {
        let home = try TestHome()
        defer { home.close() }
        let lines = (0..<8).map { #"{"prompt":"What is \#($0)? ->","completion":" It is \#($0).\n"}"# + "\n" }
        let file = try home.write(lines.joined(), to: "train.jsonl")
        #expect(try home.run("models", "list", "--json").list().isEmpty)
        #expect(try home.run("jobs", "list", "--json").list().isEmpty)
        try home.addTinyModel()

        let created = try home.run(
            "jobs", "create", "-t", file, "-v", file, "-m", "tiny", "--max-steps", "4", "--suffix", "mine",
            "--no-follow", "--json")
        #expect(created.status == 0)
        #expect(created.errors.contains("Base model:"))
        let id = try #require(created.object()["id"] as? String)
        #expect(id.hasPrefix("ftjob-"))
        #expect(try created.has(Self.job))

        let job = try await home.wait(for: "the end", of: id) { $0["status"] as? String == "succeeded" }
        #expect(Set(job.keys).isSuperset(of: Self.job))
        #expect(job["object"] as? String == "fine_tuning.job")
        #expect(job["training_file"] as? String == file)
        let model = try #require(job["fine_tuned_model"] as? String)
        #expect(model.hasPrefix("ft:tiny:personal:mine:"))
        let settings = try #require(job["hyperparameters"] as? [String: Any])
        #expect(Set(settings.keys).isSuperset(of: ["n_epochs", "batch_size", "prompt_loss_weight"]))
        #expect(try home.jobs().map { $0["id"] as? String } == [id])
        // The old spelling of the same job.
        #expect(try home.job("ft-" + id.dropFirst(6))["id"] as? String == id)

        let results = try home.run("jobs", "results", "-i", id)
        let heading = """
            step,elapsed_tokens,elapsed_examples,training_loss,training_sequence_accuracy,training_token_accuracy,\
            validation_loss,validation_sequence_accuracy,validation_token_accuracy
            """
        #expect(results.output.split(separator: "\n").first.map(String.init) == heading)
        #expect(results.output.split(separator: "\n").count == 5)
        #expect(results.errors.isEmpty)
        let steps = try home.run("jobs", "results", "-i", id, "--json").list()
        #expect(steps.compactMap { $0["step"] as? Int } == [1, 2, 3, 4])
        #expect(steps.allSatisfy { $0["train_loss"] is Double && $0["train_mean_token_accuracy"] is Double })
        let events = try home.run("jobs", "events", "-i", id, "--json").list()
        #expect(events.allSatisfy { $0["object"] as? String == "fine_tuning.job.event" && $0["message"] is String })

        let names = try home.run("models", "list", "--json").list()
        #expect(names.compactMap { $0["id"] as? String } == ["tiny", model])
        #expect(names.allSatisfy { $0["object"] as? String == "model" && $0["created"] is Int })

        let measured = try home.run("eval", "-m", model, "-d", file, "--json")
        #expect(measured.status == 0)
        #expect(try measured.has(["loss", "token_accuracy", "sequence_accuracy", "tokens", "examples"]))
        #expect(try measured.object()["examples"] as? Int == 8)

        let answer = try home.run("ask", "-m", model, "-p", "What is 1? ->", "-M", "5", "--json")
        #expect(try answer.object()["object"] as? String == "text_completion")
        #expect(try (answer.object()["choices"] as? [[String: Any]])?.first?["text"] is String)
    }

    @Test func aModelThatLearnedConversationsIsAskedInOne() async throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let line = """
            {"messages":[{"role":"user","content":"What is 1?"},{"role":"assistant","content":"One."}]}

            """
        let file = try home.write(String(repeating: line, count: 4), to: "chat.jsonl")
        let created = try home.run(
            "jobs", "create", "-t", file, "-m", "tiny", "--max-steps", "2", "--no-follow", "--json")
        let id = try #require(created.object()["id"] as? String, "\(created.errors)")
        let job = try await home.wait(for: "the end", of: id) { $0["finished_at"] is Int }
        let model = try #require(job["fine_tuned_model"] as? String, "\(job)")
        let card = try home.run("models", "show", model, "--json").object()
        #expect(card["chat"] as? Bool == true)
        let answer = try home.run("ask", "-m", model, "-p", "What is 1?", "-M", "3", "--json")
        #expect(try answer.object()["object"] as? String == "chat.completion")
    }
}

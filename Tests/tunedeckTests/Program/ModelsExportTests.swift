import Foundation
import Testing
import TuneTestSupport

/// The real program writes a model that it has trained, in every format, and says how near it is.
@Suite(.serialized) struct ModelsExportTests {
    /// SHA-256 of the training file, by `sha256sum`.
    private static let hash = "6d21927445343039f3365dcd7da070ebfbb2faca2c7aa4445ed13035a5017afb"

    /// A home with a fine-tuned tiny model.
    private func trained() async throws -> (home: TestHome, model: String) {
        let home = try TestHome()
        try home.addTinyModel()
        let lines = (0..<8).map { #"{"prompt":"What is \#($0)? ->","completion":" It is \#($0).\n"}"# + "\n" }
        let file = try home.write(lines.joined(), to: "train.jsonl")
        let created = try home.run(
            "jobs", "create", "-t", file, "-m", "tiny", "--max-steps", "3", "--suffix", "mine", "--no-follow", "--json")
        let id = try #require(created.object()["id"] as? String, "\(created.errors)")
        let job = try await home.wait(for: "the end", of: id) { $0["finished_at"] is Int }
        return (home, try #require(job["fine_tuned_model"] as? String, "\(job)"))
    }

    @Test func everyFormatIsWrittenComparedAndDescribed() async throws {
        let (home, model) = try await trained()
        defer { home.close() }
        let formats: [(name: String, file: String)] = [
            ("peft", "adapter_model.safetensors"), ("safetensors", "model.safetensors"),
            ("gguf", "tiny-mine-q8_0.gguf"), ("gguf-lora", "tiny-mine-lora-f32.gguf"),
        ]
        for (name, file) in formats {
            let folder = home.desk + "/" + name
            let outcome = try home.run("models", "export", "-m", model, "--to", name, "-o", folder, "--json")
            #expect(outcome.status == 0, "\(name): \(outcome.errors)")
            let report = try outcome.object()
            #expect(report["object"] as? String == "model.export" && report["format"] as? String == name)
            let parity = try #require(report["parity"] as? [String: Any])
            #expect(parity["as_expected"] as? Bool == true, "\(name): \(parity)")
            let names = (report["files"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
            #expect(names.contains(file) && names.contains("README.md"), "\(names)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names)
            let card = try String(contentsOfFile: folder + "/README.md", encoding: .utf8)
            for part in [model, "`tiny`", "`train.jsonl`", Self.hash, "| LoRA rank | 8 |", "training loss"] {
                #expect(card.contains(part), "\(name): \(part)")
            }
        }
        // What was written is a model of its own.
        let added = try home.run("models", "add", home.desk + "/gguf/tiny-mine-q8_0.gguf", "--name", "merged")
        #expect(added.status == 0, "\(added.errors)")
        #expect(try home.run("ask", "-m", "merged", "-p", "What is 1? ->", "-M", "4").status == 0)
    }

    @Test func peopleAreToldInOneLook() async throws {
        let (home, model) = try await trained()
        defer { home.close() }
        let folder = home.desk + "/out"
        let arguments = ["models", "export", "-m", model, "--to", "gguf", "--quantize", "f32", "-o", folder]
        let first = try home.run(arguments)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("Written to \(folder)") && first.output.contains("tiny-mine-f32.gguf"))
        #expect(first.output.contains("greedy tokens equal 64/64"), "\(first.output)")
        let second = try home.run(arguments)
        #expect(second.status == 1 && second.output.isEmpty)
        #expect(second.complaint?.contains("\(folder) already has files in it.") == true, "\(second.errors)")
        #expect(try home.run(arguments + ["--force"]).status == 0)
    }

    @Test func whatCannotBeExportedIsRefusedBeforeAnythingIsWritten() throws {
        let home = try TestHome()
        defer { home.close() }
        try home.addTinyModel()
        let file = try home.write("x", to: "file")
        let cases: [(arguments: [String], status: Int32, words: String)] = [
            (["-m", "tiny", "--to", "peft", "-o", home.desk + "/a"], 2, "no adapter"),
            (["-m", "tiny", "--to", "peft", "--quantize", "q8_0", "-o", home.desk + "/a"], 2, "possible are f32"),
            (["-m", "tiny", "--to", "onnx", "-o", home.desk + "/a"], 2, "onnx"),
            (["-m", "tiny", "--to", "gguf", "--quantize", "q9", "-o", home.desk + "/a"], 2, "q9"),
            (["-m", "bogus", "--to", "gguf", "-o", home.desk + "/a"], 4, "bogus"),
            (["-m", "tiny", "--to", "gguf", "-o", file], 1, "in the way"),
            (["-m", "tiny", "--to", "gguf", "-o", file + "/a"], 1, "cannot be written"),
        ]
        for (arguments, status, words) in cases {
            let outcome = try home.run(["models", "export"] + arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.desk) == ["file"])
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Whatever family a model is of, and whether it is a file or a folder: written either way, it answers as before.
///
/// The models are too small to have tokenizers, so that here numbers and settings are written without one.
struct FamilyExportTests {
    private let folder = NSTemporaryDirectory() + "family-\(UUID().uuidString)"
    private let team = Team(size: 2)

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    @Test(arguments: TinyLlama.Source.families) func asAGGUFFile(_ source: TinyLlama.Source) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (tiny, model) = try merged(source)
        let path = folder + "/model.gguf"
        var builder = GGUFBuilder()
        if let file = model.base.ggufFile {
            builder.carryOver(from: file, except: [])
        } else {
            builder.set(tiny.weights.config)
        }
        try GGUFExport(model: model, type: .f32, story: ModelStory(name: "m", base: "m")).write(
            builder, to: path, on: team)
        try expectTheSame(tiny, PretrainedModel(path: path))
    }

    @Test(arguments: TinyLlama.Source.families) func asAFolder(_ source: TinyLlama.Source) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (tiny, model) = try merged(source)
        let files =
            try model.base.ggufFile.map { try CheckpointConfig($0, tiny.weights.config, type: .f32).files }
            ?? CheckpointFiles(model.base, type: .f32).files
        for (name, text) in files { try AtomicFile.write(text, to: "\(folder)/\(name)") }
        try SafetensorsExport(model: model, type: .f32).writeNumbers(to: "\(folder)/model.safetensors", on: team)
        let written = try PretrainedModel(path: folder)
        #expect(written.config == tiny.weights.config)
        try expectTheSame(tiny, written)
    }

    @Test(arguments: TinyLlama.Source.families) func theAdapterAsAGGUFFile(_ source: TinyLlama.Source) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tiny = try TinyLlama(source)
        let path = folder + "/lora.gguf"
        let adapter = try tiny.adapter()
        try GGUFAdapterFile.write(
            adapter, for: tiny.weights.config, type: .f32, story: ModelStory(name: "m", base: "m"), to: path, on: team
        ) { _, _ in false }
        #expect(try GGUFAdapterFile.read(path, for: tiny.weights.config).values.values == adapter.values.values)
        #expect(
            try GGUFFile(path: path).architecture
                == (source.fixture.contains("qwen") ? String(source.fixture.dropFirst(9)) : "llama"))
    }

    /// The one that has a tokenizer, from the plan to the report.
    @Test(arguments: ExportFormat.allCases) func aFolderGoesAllTheWay(_ format: ExportFormat) throws {
        let scene = try ExportScene(TinyLlama.Source(fixture: "families/qwen2", model: "families/qwen2"))
        let report = try Exporter(scene.plan(format, .f32)).run()
        #expect(report.complaint == nil && report.parity.worstDifference < 1e-3)
        #expect(report.parity.equalTokens == report.parity.tokens)
        guard !format.isAdapter else { return }
        let written = try PretrainedModel(path: format == .gguf ? scene.ggufPath() : scene.target)
        let original = try PretrainedModel(path: scene.base)
        for text in ["The quick brown fox", "<|im_start|>user\nIn 1999?<|im_end|>"] {
            #expect(try written.tokenizer().encode(text) == original.tokenizer().encode(text))
        }
        let chat = [Message(role: "user", content: "Hello")]
        let rendered = try original.chatTemplate().render(chat, promptsAnswer: true)
        #expect(try written.chatTemplate().render(chat, promptsAnswer: true) == rendered)
    }

    // MARK: -

    private func merged(_ source: TinyLlama.Source) throws -> (TinyLlama, MergedModel) {
        let tiny = try TinyLlama(source)
        let base = try PretrainedModel(path: Fixture.path(source.model))
        return (tiny, try MergedModel(base, adapter: tiny.adapter()))
    }

    /// Logits at every place of the fixture's sequences, against base and adapter apart.
    private func expectTheSame(_ tiny: TinyLlama, _ written: PretrainedModel) throws {
        let model = Llama(try LlamaWeights(written), adapter: nil, capacity: 64, team: team)
        let original = tiny.model(try tiny.adapter())
        for example in tiny.examples {
            let decoders = (SequenceDecoder(original, capacity: 64), SequenceDecoder(model, capacity: 64))
            for token in example.tokens {
                let expected = decoders.0.advance([token]).values
                #expect(worstDifference(decoders.1.advance([token]).values, expected) < 1e-4)
            }
        }
    }
}

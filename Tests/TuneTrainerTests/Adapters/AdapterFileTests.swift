import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct AdapterFileTests {
    private let folder = NSTemporaryDirectory() + "adapter-\(UUID().uuidString)"

    @Test func whatIsWrittenIsRead() throws {
        let tiny = try TinyLlama("tiny_tied")
        let adapter = try tiny.adapter()
        try AdapterFile.write(adapter, baseModel: "tiny", to: folder)
        let read = try AdapterFile.read(folder, for: tiny.weights.config)
        #expect(read.layout == adapter.layout)
        #expect(read.values.values == adapter.values.values)
    }

    /// More blocks than the base has, and another vocabulary.
    @Test func whatDoesNotGoWithTheBaseIsNamedWithItsShape() throws {
        let tiny = try TinyLlama("tiny_tied")
        let adapter = try tiny.adapter()
        try AdapterFile.write(adapter, baseModel: "tiny", to: folder)
        let path = folder + "/adapter_model.safetensors"
        let block = "base_model.model.model.layers.2.self_attn.q_proj.lora_A.weight"
        let head = "base_model.model.lm_head.weight"
        for (name, shape, expected) in [
            (block, [4, 32], TrainerError.adapterExceeds(path: path, tensor: block, shape: [4, 32])),
            (head, [321, 32], .adapterMismatch(path: path, tensor: head, expected: [320, 32], found: [321, 32])),
            (head, [320, 32], .adapterExceeds(path: path, tensor: head, shape: [320, 32])),
        ] {
            let more = (name: name, shape: shape, values: Matrix(zeros: shape[0], shape[1]))
            try Safetensors.write(AdapterFile.tensors(of: adapter) + [more], metadata: [:], to: path)
            #expect(throws: expected) { try AdapterFile.read(folder, for: tiny.weights.config) }
        }
    }

    @Test func everySettingIsWrittenAsPEFTSpellsIt() throws {
        let config = try TinyLlama("tiny_tied").weights.config
        let layout = AdapterLayout(
            config: config, rank: 4, alpha: 6, targets: [.down, .q], isRankStabilized: true, dropout: 0.25)
        try AdapterFile.write(Adapter(layout, seed: 1), baseModel: "tiny", to: folder)
        let read = try AdapterFile.read(folder, for: config)
        #expect(read.layout == layout)
        #expect(read.layout.scale == 3)
        let data = try Data(contentsOf: URL(filePath: folder + "/adapter_config.json"))
        let written = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(written["use_rslora"] as? Bool == true)
        #expect(written["lora_dropout"] as? Double == 0.25)
        #expect(written["lora_alpha"] as? Double == 6)
        #expect(written["r"] as? Int == 4)
        #expect(written["target_modules"] as? [String] == ["q_proj", "down_proj"])
    }

    @Test func anAdapterThatPEFTSavedIsReadAndMeansTheSame() throws {
        let variants = try Variants()
        let adapter = try AdapterFile.read(Fixture.path("peft_rslora"), for: variants.tiny.weights.config)
        #expect(adapter.layout.isRankStabilized && adapter.layout.dropout == 0.25)
        #expect(Set(adapter.layout.sites.map(\.target)) == [.q, .v])
        let outcome = variants.pass(adapter).outcome(of: PackedBatch(variants.tiny.examples, promptLossWeight: 0))
        #expect(abs(outcome.loss - variants.facts.savedLoss) < 1e-4)
    }

    @Test(arguments: [
        (#""use_dora": false"#, #""use_dora": true"#), (#""rank_pattern": {}"#, #""rank_pattern": {"v_proj": 2}"#),
        (#""alpha_pattern": {}"#, #""alpha_pattern": {"v_proj": 2}"#), (#""bias": "none""#, #""bias": "all""#),
        (#""peft_type": "LORA""#, #""peft_type": "IA3""#),
    ])
    func whatIsNotDoneHereIsRefusedByName(_ change: (from: String, to: String)) throws {
        try FileManager.default.copyItem(atPath: Fixture.path("peft_rslora"), toPath: folder)
        let path = folder + "/adapter_config.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(change.from))
        try text.replacing(change.from, with: change.to).write(toFile: path, atomically: true, encoding: .utf8)
        let config = try TinyLlama("tiny_tied").weights.config
        #expect {
            try AdapterFile.read(folder, for: config)
        } throws: { error in
            guard case .unsupportedFeature(path, let name) = error as? TrainerError else { return false }
            return change.to.contains(name.split(separator: " ")[0])
        }
    }

    @Test func anAdapterOfAnotherModelIsRefusedByTensor() throws {
        let tiny = try TinyLlama("tiny_tied")
        let layout = AdapterLayout(config: tiny.weights.config, rank: 3, alpha: 6, targets: [.q])
        try AdapterFile.write(Adapter(layout, seed: 1), baseModel: "tiny", to: folder)
        let config = folder + "/adapter_config.json"
        let text = try String(contentsOfFile: config, encoding: .utf8).replacing("\"r\" : 3", with: "\"r\" : 5")
        try text.write(toFile: config, atomically: true, encoding: .utf8)
        #expect {
            try AdapterFile.read(folder, for: tiny.weights.config)
        } throws: { error in
            guard case .adapterMismatch(_, let tensor, let expected, let found) = error as? TrainerError else {
                return false
            }
            return tensor.hasSuffix("q_proj.lora_A.weight") && expected == [5, 32] && found == [3, 32]
        }
    }

    @Test func aRankThatTheNumbersDoNotHaveTakesNoMemory() throws {
        let tiny = try TinyLlama("tiny_tied")
        try AdapterFile.write(tiny.adapter(), baseModel: "tiny", to: folder)
        let config = folder + "/adapter_config.json"
        let text = try String(contentsOfFile: config, encoding: .utf8)
        let lying = text.replacing("\"r\" : \(tiny.facts.rank)", with: "\"r\" : 4096")
        #expect(lying != text)
        try lying.write(toFile: config, atomically: true, encoding: .utf8)
        #expect(throws: TrainerError.self) { try AdapterFile.read(folder, for: tiny.weights.config) }
    }

    @Test(arguments: [
        "", "{", "[]", "{}", #"{"r":0}"#, #"{"peft_type":"LORA","r":1e99}"#, String(repeating: "[", count: 100_000),
        #"{"peft_type":"LORA","r":8,"lora_alpha":1e400,"target_modules":["q_proj"]}"#,
    ])
    func aBrokenConfigurationIsATypedError(_ text: String) throws {
        let tiny = try TinyLlama("tiny_tied")
        try AdapterFile.write(tiny.adapter(), baseModel: "tiny", to: folder)
        try text.write(toFile: folder + "/adapter_config.json", atomically: true, encoding: .utf8)
        #expect(throws: TrainerError.damagedAdapter(path: folder + "/adapter_config.json", byteOffset: 0)) {
            try AdapterFile.read(folder, for: tiny.weights.config)
        }
    }
}

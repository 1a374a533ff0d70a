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

    /// Cut short, another format, lengths that lie: always a typed error.
    @Test(
        arguments: [
            [], [1, 2, 3], Array(repeating: 0xFF, count: 16), [5, 0, 0, 0, 0, 0, 0, 0] + Array("{}abc".utf8),
            [200, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8),
        ] as [[UInt8]])
    func aDamagedFileIsATypedError(_ bytes: [UInt8]) throws {
        let path = NSTemporaryDirectory() + "damaged-\(UUID().uuidString).safetensors"
        try Data(bytes).write(to: URL(filePath: path))
        #expect(throws: TrainerError.self) { try Safetensors(path: path) }
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,12]}}"#,
        #"{"a":{"dtype":"I8","shape":[12],"data_offsets":[0,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
    ])
    func tensorsThatOverlapLeaveHolesOrOverflowAreRefused(_ header: String) throws {
        let path = NSTemporaryDirectory() + "hostile-\(UUID().uuidString).safetensors"
        var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        bytes += header.utf8
        bytes += [UInt8](repeating: 0, count: 12)
        try Data(bytes).write(to: URL(filePath: path))
        #expect(throws: TrainerError.self) { try Safetensors(path: path) }
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Every format is written, read back, and held to what transformers and PEFT say of base and adapter.
struct ExporterTests {
    private static let models = ["tiny_tied", "tiny_untied"]

    @Test(arguments: models, ExportFormat.gguf.types)
    func aMergedGGUFAnswersAsBaseAndAdapter(_ name: String, _ type: TensorType) throws {
        let scene = try ExportScene(name)
        let report = try Exporter(scene.plan(.gguf, type)).run()
        #expect(report.type == type)
        let path = try scene.ggufPath()
        let difference = try scene.difference(scene.model(path))
        switch type {
        case .f32:
            #expect(difference < 1e-4)
            #expect(report.parity.worstDifference < 1e-3 && report.parity.equalTokens == report.parity.tokens)
        case .f16: #expect(difference < 1e-2)
        // Few bits change what random weights say; whether nothing is mixed up is seen in the weights themselves.
        default: try expectTheWeights(of: name, in: path, within: Self.step(type))
        }
        #expect(report.parity.divergence < (type == .f32 ? 1e-8 : type == .f16 ? 1e-3 : 1))
        let file = try GGUFFile(path: path)
        #expect(try file.metadata.integer("general.file_type") == GGUFExport.fileTypes[type])
        #expect(try file.metadata.string("general.name") == "tiny-mine")
        #expect(file.tensors.map(\.name) == (try GGUFFile(path: scene.base)).tensors.map(\.name))
        #expect(try file.tensor("blk.0.attn_norm.weight").type == .f32)
        #expect(try file.tensor("blk.1.attn_q.weight").type == type)
        // 48 inputs are no whole number of blocks.
        #expect(try file.tensor("blk.0.ffn_down.weight").type == (type.blockSize == 1 ? type : .f16))
    }

    /// The largest error of a number, as a share of the largest in its tensor.
    private static func step(_ type: TensorType) -> Float {
        switch type {
        case .q80, .bf16: 0x1p-7
        case .q51, .q50: 0x1p-4
        default: 0x1p-3
        }
    }

    private func expectTheWeights(of name: String, in path: String, within step: Float) throws {
        let scene = try ExportScene(name)
        _ = try Exporter(scene.plan(.gguf, .f32)).run()
        let (exact, found) = (try GGUFFile(path: scene.ggufPath()), try GGUFFile(path: path))
        for tensor in exact.tensors {
            let numbers = exact.withBytes(of: tensor) { Dequantize.floats($0, as: tensor.type) }
            let other = try found.tensor(tensor.name, shape: tensor.shape)
            let read = found.withBytes(of: other) { Dequantize.floats($0, as: other.type) }
            #expect(worstDifference(read, numbers) <= step, "\(tensor.name)")
        }
    }

    @Test(arguments: models, ExportFormat.ggufLoRA.types)
    func aGGUFAdapterAnswersAsTheAdapter(_ name: String, _ type: TensorType) throws {
        let scene = try ExportScene(name)
        let report = try Exporter(scene.plan(.ggufLoRA, type)).run()
        #expect(report.complaint == nil)
        let adapter = try GGUFAdapterFile.read(scene.ggufPath(), for: scene.tiny.weights.config)
        #expect(try scene.difference(scene.model(scene.base, adapter)) < (type == .bf16 ? 3e-2 : 1e-2))
        let metadata = try GGUFFile(path: scene.ggufPath()).metadata
        #expect(try metadata.string("general.type") == "adapter")
        #expect(try metadata.number("adapter.lora.alpha") == scene.tiny.facts.alpha)
        if type == .f32 {
            #expect(adapter.values.values == (try scene.tiny.adapter()).values.values)
            #expect(report.parity.worstDifference == 0)
        }
    }

    @Test(arguments: models) func aPEFTFolderAnswersAsTheAdapter(_ name: String) throws {
        let scene = try ExportScene(name)
        let report = try Exporter(scene.plan(.peft)).run()
        #expect(report.complaint == nil && report.parity.worstDifference == 0)
        #expect(report.files.map(\.name) == ["README.md", "adapter_config.json", "adapter_model.safetensors"])
        let adapter = try AdapterFile.read(scene.target, for: scene.tiny.weights.config)
        #expect(try scene.difference(scene.model(scene.base, adapter)) < 1e-4)
        let config = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: scene.target + "/adapter_config.json")))
                as? [String: Any])
        #expect(config["base_model_name_or_path"] as? String == "tiny")
        #expect(config["r"] as? Int == scene.tiny.facts.rank)
        #expect(config["use_rslora"] as? Bool == false && config["bias"] as? String == "none")
    }

    /// Its scale is alpha / √rank: PEFT is told so, llama.cpp gets the alpha that comes to the same.
    @Test func aRankStabilizedAdapterKeepsItsScale() throws {
        let scene = try ExportScene()
        let plain = try scene.tiny.adapter()
        let layout = AdapterLayout(
            config: scene.tiny.weights.config, rank: 4, alpha: 3, targets: LoRATarget.allCases,
            isRankStabilized: true, dropout: 0.1)
        let adapter = Adapter(layout)
        adapter.values.copy(from: plain.values)
        try AdapterFile.write(adapter, baseModel: "tiny", to: scene.adapterFolder)
        for format in [ExportFormat.peft, .ggufLoRA, .gguf] {
            var plan = scene.plan(format, format == .gguf ? .f32 : nil)
            plan.folder += format.rawValue
            let report = try Exporter(plan).run()
            #expect(report.complaint == nil && report.parity.worstDifference < 1e-3)
            switch format {
            case .peft:
                let config = try JSONSettings(path: plan.folder + "/adapter_config.json")
                #expect(config["use_rslora"].isTrue && config["lora_alpha"].integer == 3)
            case .ggufLoRA:
                let name = try #require(report.files.first { $0.name.hasSuffix(".gguf") }).name
                let alpha = try GGUFFile(path: plan.folder + "/" + name).metadata.number("adapter.lora.alpha")
                #expect(abs(alpha - 6) < 1e-6)
            default: break
            }
        }
    }

    @Test func aModelWithoutAdapterIsExportedAsItIs() throws {
        let scene = try ExportScene()
        let report = try Exporter(scene.plan(.gguf, .f32, adapter: false)).run()
        #expect(report.parity.worstDifference == 0)
        let (base, copy) = (try GGUFFile(path: scene.base), try GGUFFile(path: scene.ggufPath()))
        for tensor in base.tensors {
            #expect(Array(copy.bytes(of: try copy.tensor(tensor.name))) == Array(base.bytes(of: tensor)))
        }
        #expect(throws: TrainerError.export(path: scene.target, .noAdapter(.peft))) {
            try Exporter(scene.plan(.peft, adapter: false)).run()
        }
    }

    @Test func theHeadKeepsEightBits() throws {
        for (name, head) in [("tiny_tied", "token_embd.weight"), ("tiny_untied", "output.weight")] {
            let scene = try ExportScene(name)
            _ = try Exporter(scene.plan(.gguf, .q40)).run()
            let file = try GGUFFile(path: scene.ggufPath())
            #expect(try file.tensor(head).type == .q80)
            #expect(try file.tensor("blk.0.attn_v.weight").type == .q40)
        }
    }

    @Test func equalExportsAreEqualFiles() throws {
        var files: [Data] = []
        for threads in [1, 3] {
            let scene = try ExportScene()
            var plan = scene.plan(.gguf, .q51)
            plan.threads = threads
            _ = try Exporter(plan).run()
            files.append(try Data(contentsOf: URL(filePath: scene.ggufPath())))
        }
        #expect(files[0] == files[1])
    }

    @Test func aTypeThatTheFormatHasNotIsRefused() throws {
        let scene = try ExportScene()
        #expect(throws: TrainerError.export(path: scene.target, .typeNotOffered(.safetensors, .q80))) {
            try Exporter(scene.plan(.safetensors, .q80)).run()
        }
        #expect(!FileManager.default.fileExists(atPath: scene.target))
    }

    @Test func anAdapterWithANumberThatIsNoneIsRefusedByTensor() throws {
        let scene = try ExportScene()
        let adapter = try scene.tiny.adapter()
        adapter.pair(1, .up)!.b.base[5] = .nan
        try AdapterFile.write(adapter, baseModel: "tiny", to: scene.adapterFolder)
        #expect {
            try Exporter(scene.plan(.gguf)).run()
        } throws: { error in
            guard case .export(_, .notFinite(let tensor)) = error as? TrainerError else { return false }
            return tensor == "blk.1.ffn_up.weight"
        }
        adapter.pair(1, .up)!.b.base[5] = 1e7
        try AdapterFile.write(adapter, baseModel: "tiny", to: scene.adapterFolder)
        #expect {
            try Exporter(scene.plan(.gguf, .f16)).run()
        } throws: { error in
            guard case .export(_, .outOfRange(let tensor, .f16)) = error as? TrainerError else { return false }
            return tensor == "blk.1.ffn_up.weight"
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder) == ["adapter"])
    }

    /// While writing and while comparing.
    @Test(arguments: [1, 3]) func aStoppedExportLeavesNothing(_ calls: Int) throws {
        let scene = try ExportScene()
        var left = calls
        #expect(throws: TrainerError.export(path: scene.target, .stopped)) {
            try Exporter(scene.plan(.gguf)).run(
                progress: { if case .comparing = $0 { left = 0 } },
                shouldStop: {
                    left -= 1
                    return calls == 1 || left < 0
                })
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder) == ["adapter"])
    }

    @Test func progressRisesToTheEnd() throws {
        let scene = try ExportScene()
        var bytes: [Int] = []
        var prompts: [Int] = []
        var total = 0
        let report = try Exporter(scene.plan(.gguf, .f16)).run(progress: { step in
            switch step {
            case .writing(let done, let all):
                bytes.append(done)
                total = all
            case .comparing(let done, _): prompts.append(done)
            }
        })
        #expect(bytes == bytes.sorted() && bytes.last == total)
        #expect(prompts == [0, 1, 2])
        #expect(report.files.contains { $0.bytes == total })
        #expect(report.probes.count == 2 && report.probes.allSatisfy { $0.places.count == 16 })
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct WholeModelTests {
    private let folder = NSTemporaryDirectory() + "whole-\(UUID().uuidString)"
    /// Files and folders, rotated by neighbours and by halves, with biases and norms of heads, in one part and in three.
    private static let bases =
        ["tiny_tied.gguf", "tiny_untied.gguf"]
        + ["llama3", "mistral", "qwen2", "qwen3"].flatMap { ["families/\($0).gguf", "families/\($0)"] }

    @Test(arguments: bases) func theTrainedWeightsComeBackAndAllElseIsTheBases(_ name: String) throws {
        let base = try PretrainedModel(path: Fixture.path(name))
        let settings = Hyperparameters(HyperparameterRequest { $0.tuning = .full }, examples: 1)
        let layout = AdapterLayout(config: base.config, settings)
        let trained = Adapter(layout, from: try LlamaWeights(base), on: Team(size: 2))
        for i in 0..<trained.values.count { trained.values.base[i] += Float(i % 7) * 1e-3 }

        let path = try WholeModel(base: base, trained: trained).write(into: folder)
        let whole = try PretrainedModel(path: path)
        #expect(whole.config == base.config)
        let read = Adapter(layout, from: try LlamaWeights(whole), on: Team(size: 2))
        #expect(read.values.values == trained.values.values)
        let trainedNames = Set(try layout.sites.map { try base.tensor(.weight(layer: $0.layer, $0.target)).name })
        for (before, after) in zip(try base.tensors(), try whole.tensors()) where !trainedNames.contains(before.name) {
            #expect(after.name == before.name && after.type == before.type)
            #expect(Array(after.bytes) == Array(before.bytes), "\(before.name)")
        }
        try FileManager.default.removeItem(atPath: folder)
    }
}

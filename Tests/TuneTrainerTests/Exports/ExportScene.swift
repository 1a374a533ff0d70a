import Foundation
import TuneModel

@testable import TuneTrainer

/// A tiny model with its adapter on disk, and a folder to export to.
final class ExportScene {
    let tiny: TinyLlama
    let base: String
    let folder: String
    let adapterFolder: String

    convenience init(_ name: String = "tiny_tied") throws {
        try self.init(TinyLlama.Source(fixture: name, model: "\(name).gguf"))
    }

    init(_ source: TinyLlama.Source) throws {
        tiny = try TinyLlama(source)
        base = Fixture.path(source.model)
        folder = NSTemporaryDirectory() + "export-\(UUID().uuidString)"
        adapterFolder = folder + "/adapter"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try AdapterFile.write(try tiny.adapter(), baseModel: "tiny", to: adapterFolder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var target: String { folder + "/out" }

    func plan(_ format: ExportFormat, _ type: TensorType? = nil, adapter: Bool = true) -> ExportPlan {
        var story = ModelStory(name: "ft:tiny:personal:mine:2026-11-24-06-00-00", base: "tiny")
        story.job = "ftjob-1"
        return ExportPlan(
            modelPath: base, adapterFolder: adapter ? adapterFolder : nil, format: format, type: type, folder: target,
            prompts: ["What is a fox? ->", "The dog dreams ->"], story: story, threads: 2)
    }

    /// The only GGUF file in the target.
    func ggufPath() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: target).filter { $0.hasSuffix(".gguf") }
        guard names.count == 1 else { throw TrainerError.cannotOpen(path: target, reason: "\(names)") }
        return "\(target)/\(names[0])"
    }

    /// How far a model is from what transformers and PEFT say of base and adapter: the worst over both sequences,
    /// relative to the largest logit.
    func difference(_ model: Llama) throws -> Float {
        var worst: Float = 0
        for (index, example) in tiny.examples.enumerated() {
            let expected = try tiny.fixture["adapter.logits.\(index)"]
            let width = expected.shape[1]
            let decoder = SequenceDecoder(model, capacity: 64)
            for (row, token) in example.tokens.enumerated() {
                let found = decoder.advance([token]).values
                worst = max(
                    worst, worstDifference(found, Array(expected.values[row * width..<(row + 1) * width])))
            }
        }
        return worst
    }

    func model(_ path: String, _ adapter: Adapter? = nil) throws -> Llama {
        Llama(try LlamaWeights(PretrainedModel(path: path)), adapter: adapter, capacity: 64, team: Team(size: 2))
    }
}

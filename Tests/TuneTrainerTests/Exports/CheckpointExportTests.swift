import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Folders for the transformers library, read back as base models.
struct CheckpointExportTests {
    private static let models = ["tiny_tied", "tiny_untied"]

    @Test(arguments: models, ExportFormat.safetensors.types)
    func aMergedFolderAnswersAsBaseAndAdapter(_ name: String, _ type: TensorType) throws {
        let scene = try ExportScene(name)
        let report = try Exporter(scene.plan(.safetensors, type)).run()
        let limit: Float = type == .f32 ? 1e-4 : type == .f16 ? 1e-2 : 0.1
        #expect(try scene.difference(scene.model(scene.target)) < limit)
        #expect(report.parity.divergence < (type == .f32 ? 1e-8 : type == .f16 ? 1e-3 : 0.1))
        #expect(type != .f32 || report.complaint == nil)
        let names = [
            "README.md", "chat_template.jinja", "config.json", "generation_config.json", "model.safetensors",
            "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json",
        ]
        #expect(report.files.map(\.name) == names)
        let settings = try JSONSettings(path: scene.target + "/config.json")
        #expect(settings["torch_dtype"].text == type.torchName)
        #expect(settings["model_type"].text == "llama")
        #expect(settings["tie_word_embeddings"].isTrue == (name == "tiny_tied"))
    }
}

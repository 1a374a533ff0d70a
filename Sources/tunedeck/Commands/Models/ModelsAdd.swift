import ArgumentParser
import Foundation
import TuneModel
import TuneStore
import TuneTrainer

struct ModelsAdd: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: told(
                "Add a GGUF file or a folder of safetensors of yours as a base model.",
                "把您的 GGUF 文件或 safetensors 文件夹添加为基础模型。"))
    }

    @Argument(
        help: help(
            "The GGUF file, or the folder with config.json, model.safetensors and tokenizer.json; it stays where it is.",
            "GGUF 文件，或包含 config.json、model.safetensors 和 tokenizer.json 的文件夹；原文件保留不动。", name: "path"))
    var path: String
    @Option(help: help("What to call it; by default after the file.", "模型名；默认取自文件名。", name: "name"))
    var name: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let desk = try Desk()
        // Before a byte is copied: is it a model that can be trained?
        let summary = try ModelSummary.read(path)
        let name = name ?? Self.name(after: path)
        let parts =
            Self.isFolder(path)
            ? try PretrainedModel(path: path).files.map { URL(filePath: $0).lastPathComponent } : nil
        let shelf = desk.shelf
        let model = try await interruptible { [path, parts] in
            try await shelf.add(path, name: name, parts: parts)
        }
        if common.json { return common.console.print(model.json) }
        common.console.say(
            Wording(
                "\(model.name) is added: \(summary.architecture), \(summary.parameters / 1_000_000) M parameters, "
                    + "\(summary.quantization).",
                "已添加 \(model.name)：\(summary.architecture)，\(summary.parameters / 1_000_000) M 参数，"
                    + "\(summary.quantization)。"))
    }

    /// `SmolLM2-135M.Q4_1.gguf` becomes `smollm2-135m.q4_1`.
    private static func name(after path: String) -> String {
        let file = URL(filePath: path)
        // A folder has no ending: the 7B of SmolLM2-1.7B belongs to its name.
        let stem = (isFolder(path) ? file : file.deletingPathExtension()).lastPathComponent.lowercased()
        return String(
            stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }.prefix(64))
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}

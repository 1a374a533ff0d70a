import TuneModel

/// Why an export is refused, or not to be trusted.
public enum ExportFault: Hashable, Sendable {
    /// There is something at the target already.
    case targetExists
    /// The target is a file, or a folder of the name of a file to write.
    case notAFolder
    /// Only an adapter can be written so, and the model has none.
    case noAdapter(ExportFormat)
    case typeNotOffered(ExportFormat, TensorType)
    /// The model has a number that is none.
    case notFinite(tensor: String)
    /// A number is too large for the type.
    case outOfRange(tensor: String, TensorType)
    /// The tokenizer is of a kind that the format's readers have no name for.
    case tokenizer(String)
    /// A setting of the model that the format cannot say.
    case setting(String)
    /// The written model answers differently. Its files are kept.
    case differs(ExportParity)
    case stopped
}

extension ExportFault {
    var exitStatus: ExitStatus {
        switch self {
        case .targetExists, .notAFolder, .differs: .failed
        case .noAdapter, .typeNotOffered: .usage
        case .notFinite, .outOfRange, .tokenizer, .setting: .badData
        case .stopped: .interrupted
        }
    }

    /// How it is told; `path` is what was to be written.
    func explanation(_ path: String) -> Explanation {
        switch self {
        case .targetExists:
            Explanation(
                Wording("\(path) already has files in it.", "\(path) 中已有文件。"),
                next: Wording(
                    "Choose another folder with `-o`, or replace its files with `--force`.",
                    "请用 `-o` 另选文件夹，或用 `--force` 覆盖其中的文件。"))
        case .notAFolder:
            Explanation(
                Wording("\(path) is in the way: it is not what an export writes.", "\(path) 挡住了导出：它的类型与要写入的内容不符。"),
                next: Wording("Choose another folder with `-o`.", "请用 `-o` 另选文件夹。"))
        case .noAdapter(let format):
            Explanation(
                Wording(
                    "The model has no adapter, and `\(format.rawValue)` writes nothing but the adapter.",
                    "该模型没有适配器，而 `\(format.rawValue)` 只写出适配器。"),
                next: Wording(
                    "Export it with `--to gguf` or `--to safetensors`.", "请改用 `--to gguf` 或 `--to safetensors`。"))
        case .typeNotOffered(let format, let type):
            Explanation(
                Wording(
                    "`\(format.rawValue)` is not written as \(type.name.lowercased()).",
                    "`\(format.rawValue)` 不能以 \(type.name.lowercased()) 写出。"),
                next: Wording(
                    "Possible are \(format.types.map { $0.name.lowercased() }.joined(separator: ", ")).",
                    "可选：\(format.types.map { $0.name.lowercased() }.joined(separator: "、"))。"))
        case .notFinite(let tensor):
            Explanation(
                Wording("A number in \(tensor) is not finite.", "\(tensor) 中有非有限数值。"),
                next: Wording("Train it again with a lower learning rate.", "请用更低的学习率重新训练。"))
        case .outOfRange(let tensor, let type):
            Explanation(
                Wording(
                    "A number in \(tensor) is too large for \(type.name).", "\(tensor) 中有数值超出 \(type.name) 的范围。"),
                next: Wording(
                    "Export with `--quantize bf16` or `--quantize f32`.", "请用 `--quantize bf16` 或 `--quantize f32` 导出。")
            )
        case .tokenizer(let name):
            Explanation(
                Wording(
                    "The model's tokenizer (\(name)) cannot be written for this format.", "该格式无法写出此模型的分词器（\(name)）。"),
                next: Wording("Export the adapter with `--to peft`.", "请用 `--to peft` 导出适配器。"))
        case .setting(let name):
            Explanation(
                Wording("The model has \(name), which this format cannot say.", "该格式无法表达此模型的 \(name)。"),
                next: Wording("Export it with `--to peft` or `--to gguf`.", "请改用 `--to peft` 或 `--to gguf`。"))
        case .differs(let parity):
            Explanation(
                Wording(
                    "What was written to \(path) does not answer as the model does: \(parity.wording.english).",
                    "写入 \(path) 的模型与原模型的回答不一致：\(parity.wording.chinese)。"),
                next: Wording(
                    "The files are kept for a look; export with `--quantize f32`, and check the base model.",
                    "文件已保留以供检查；请改用 `--quantize f32` 导出，并检查基础模型。"))
        case .stopped:
            Explanation(
                Wording("The export to \(path) was stopped; nothing is left of it.", "导出到 \(path) 已中止，未留下任何文件。"),
                next: Wording("Start it again when you want it.", "需要时请重新开始。"))
        }
    }
}

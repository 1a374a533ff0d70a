public import ArgumentParser
import Foundation
import Synchronization
import TuneModel
import TuneStore
public import TuneTrainer

struct ModelsExport: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: told(
                "Write a model for other programs: peft, transformers, llama.cpp.",
                "把模型导出给其他程序使用：peft、transformers、llama.cpp。"))
    }

    @Option(name: [.customShort("m"), .customLong("model")], help: help("What to export.", "要导出的模型。", name: "model"))
    var model: String
    @Option(
        name: .customLong("to"),
        help: help(
            "`peft` and `gguf-lora` write the adapter, `safetensors` and `gguf` the whole model.",
            "`peft` 与 `gguf-lora` 只写适配器，`safetensors` 与 `gguf` 写整个模型。", name: "format"))
    var format: ExportFormat
    @Option(
        name: .customLong("quantize"),
        help: help(
            "How numbers are stored: q8_0 (usual for gguf), q5_1, q5_0, q4_1, q4_0, f16 (usual for safetensors), bf16, f32.",
            "数值的存储类型：q8_0（gguf 默认）、q5_1、q5_0、q4_1、q4_0、f16（safetensors 默认）、bf16、f32。", name: "type"))
    var type: TensorType?
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: help(
            "The folder to write; by default one here, named after model and format.", "写入的文件夹；默认在当前目录，以模型和格式命名。",
            name: "folder"))
    var folder: String?
    @Flag(help: help("Replace files that are there.", "覆盖已有文件。"))
    var force = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard let type, !format.types.contains(type) else { return }
        let types = format.types.map { $0.name.lowercased() }.joined(separator: ", ")
        throw usage(
            "\(format.rawValue) is not written as \(type.name.lowercased()): possible are \(types).",
            "\(format.rawValue) 不能以 \(type.name.lowercased()) 写出；可选：\(types)。")
    }

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        let model = try await desk.shelf.find(model)
        let story = try await ModelStory(of: model, on: desk)
        let plan = ExportPlan(
            modelPath: model.weightsPath, adapterFolder: model.adapterFolder, format: format, type: type,
            folder: folder ?? Self.folder(for: story, format, type), overwrites: force,
            prompts: try await ExportPrompts.of(model, on: desk), story: story)
        let isCancelled = CancelFlag()
        let report = try await interruptible {
            try await withTaskCancellationHandler {
                try await Lane.run("export") {
                    try Exporter(plan).run(progress: { show($0, on: console) }, shouldStop: { isCancelled.isRaised })
                }
            } onCancel: {
                isCancelled.raise()
            }
        }
        if console.isNarrationLive { console.clearLine() }
        if common.json { console.print(report.json(of: plan)) } else { tell(report, on: console) }
        if let complaint = report.complaint { throw complaint }
    }

    /// `smollm2-135m-jargon-gguf-q8_0`, here.
    private static func folder(for story: ModelStory, _ format: ExportFormat, _ type: TensorType?) -> String {
        let name = (type ?? format.types[0]).name.lowercased()
        return "\(story.fileName)-\(format.rawValue)" + (format.isAdapter ? "" : "-\(name)")
    }

    private func tell(_ report: ExportReport, on console: Console) {
        console.say(
            Wording(
                "Written to \(report.folder) in \(Int(report.seconds.rounded(.up))) s:",
                "已写入 \(report.folder)，用时 \(Int(report.seconds.rounded(.up))) 秒："))
        console.table(
            report.files.map { ["  " + $0.name, Int64($0.bytes).formatted(.byteCount(style: .file))] })
        console.say(
            Wording("Compared with the original on ", "与原模型对比（")
                + Wording("\(report.parity.prompts) prompts: ", "\(report.parity.prompts) 个提示）：")
                + report.parity.wording + Wording(".", "。"))
        if !report.parity.isAsExpected, report.complaint == nil {
            console.remark(
                Wording(
                    "\(report.type.name) costs this model more than usual; q8_0 or f16 is nearer to the original.",
                    "\(report.type.name) 对此模型的损失大于常见水平；q8_0 或 f16 更接近原模型。"))
        }
    }
}

private func show(_ progress: ExportProgress, on console: Console) {
    guard console.isNarrationLive else { return }
    let text =
        switch progress {
        case .writing(let done, let total):
            Wording(
                "Writing: \(done / 1_000_000) of \(total / 1_000_000) MB",
                "正在写入：\(done / 1_000_000) / \(total / 1_000_000) MB")
        case .comparing(let done, let total):
            Wording("Comparing with the original: \(done) of \(total) prompts", "正在与原模型对比：\(done) / \(total) 个提示")
        }
    console.rewrite(text[console.language])
}

/// Whether the export is to stop, for its thread to look at.
private final class CancelFlag: Sendable {
    private let state = Atomic(false)
    var isRaised: Bool { state.load(ordering: .relaxed) }
    func raise() { state.store(true, ordering: .relaxed) }
}

extension ExportFormat: ExpressibleByArgument {}

extension TensorType: ExpressibleByArgument {
    public init?(argument: String) { self.init(name: argument) }
    public static var allValueStrings: [String] {
        var names: [String] = []
        for format in ExportFormat.allCases {
            names += format.types.map { $0.name.lowercased() }.filter { !names.contains($0) }
        }
        return names
    }
}

public import ArgumentParser
import Foundation
import TuneData
public import TuneModel

struct DataConvertCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "convert",
            abstract: told("Turn prompts and completions into conversations, or back.", "在“提问与回答”和“对话”之间转换。"),
            discussion: told(
                "Writes FILE_chat.jsonl or FILE_completion.jsonl; the file itself stays as it is.",
                "写入 文件_chat.jsonl 或 文件_completion.jsonl，原文件保持不变。"))
    }

    @OptionGroup var dataset: DatasetArgument
    @Option(help: help("chat or completion; the other one when left out.", "chat 或 completion；省略时取另一种。", name: "kind"))
    var to: Record.Shape?
    @Option(
        help: help(
            "What prompts end with: taken off for chat, put on for completion.", "提问的结尾：转为对话时去掉，反之加上。", name: "text"))
    var separator = ""
    @Option(help: help("What completions end with, likewise.", "回答的结尾，同上。", name: "text"))
    var ending = ""
    @Option(help: help("A system turn to begin every conversation with.", "每段对话开头的系统提示。", name: "text"))
    var system = ""
    @Option(name: [.customShort("o"), .customLong("output")], help: help("The file to write.", "写入的文件。", name: "file"))
    var output: String?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if to == .preference {
            throw usage("--to takes chat or completion.", "--to 只能是 chat 或 completion。")
        }
    }

    func run() async throws {
        let console = common.console
        let wish = self
        let (path, count) = try await dataset.withDataset(console) { dataset, work in
            let shape = wish.to ?? (dataset.shape == .chat ? .completion : .chat)
            let path = wish.output ?? Conversion.name(for: dataset.path, shape: shape)
            let conversion = Conversion(
                to: shape, separator: wish.separator, ending: wish.ending, system: wish.system)
            return (path, try conversion.write(dataset, to: path, work: work))
        }
        if common.json {
            return console.print(.object([("file", .text(path)), ("records", JSONOutput(count))]))
        }
        console.say(
            Wording(
                "Wrote \(shown(path)): \(count.grouped) \(count == 1 ? "record" : "records").",
                "已写入 \(shown(path))：\(count.grouped) 条记录。"))
    }
}

extension Record.Shape: ExpressibleByArgument {}

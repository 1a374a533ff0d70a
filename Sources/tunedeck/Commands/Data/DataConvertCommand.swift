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
                """
                Writes FILE_chat.jsonl or FILE_completion.jsonl; the file itself stays as it is. What all prompts and \
                all completions end with is found and taken off on the way to conversations; on the way back, marks \
                that stand nowhere else are put on.
                """,
                """
                写入 文件_chat.jsonl 或 文件_completion.jsonl，原文件保持不变。转为对话时会自动找出并去掉提问和回答的共同结尾；\
                反向转换时会加上别处不出现的标记。
                """))
    }

    @OptionGroup var dataset: DatasetArgument
    @Option(help: help("chat or completion; the other one when left out.", "chat 或 completion；省略时取另一种。", name: "kind"))
    var to: Record.Shape?
    @Option(
        help: help(
            "What prompts end with, in place of what is found; \"\" for nothing.", "提问的结尾，代替自动找到的；\"\" 表示没有。",
            name: "text"))
    var separator: String?
    @Option(help: help("What completions end with, likewise.", "回答的结尾，同上。", name: "text"))
    var ending: String?
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
        let (path, count, conversion) = try await dataset.withDataset(console) { dataset, work in
            let shape = wish.to ?? (dataset.shape == .chat ? .completion : .chat)
            let path = wish.output ?? Conversion.name(for: dataset.path, shape: shape)
            let conversion = try Conversion.fitting(
                dataset, to: shape, separator: wish.separator, ending: wish.ending, system: wish.system, work: work)
            return (path, try conversion.write(dataset, to: path, work: work), conversion)
        }
        if common.json {
            return console.print(
                .object([
                    ("file", .text(path)), ("records", JSONOutput(count)), ("kind", .text(conversion.to.rawValue)),
                    ("separator", .text(conversion.separator)), ("ending", .text(conversion.ending)),
                ]))
        }
        tell(conversion, on: console)
        console.say(
            Wording(
                "Wrote \(shown(path)): \(count.grouped) \(count == 1 ? "record" : "records").",
                "已写入 \(shown(path))：\(count.grouped) 条记录。"))
    }

    private func tell(_ conversion: Conversion, on console: Console) {
        let isOff = conversion.to == .chat
        for (mark, noun) in [
            (conversion.separator, Wording("prompts", "提问")), (conversion.ending, Wording("completions", "回答")),
        ] where !mark.isEmpty {
            console.say(
                isOff
                    ? Wording(
                        "Took “\(shown(mark))” off the end of \(noun.english).",
                        "去掉了\(noun.chinese)结尾的“\(shown(mark))”。")
                    : Wording(
                        "Put “\(shown(mark))” at the end of \(noun.english).", "在\(noun.chinese)结尾加上了“\(shown(mark))”。")
            )
        }
    }
}

extension Record.Shape: ExpressibleByArgument {}

import ArgumentParser
import Foundation
import TuneData
import TuneModel

/// The prepare-data questions in the plain terminal.
struct PrepareCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        let names = PrepareQuestion.ID.allCases.map(\.rawValue).joined(separator: ", ")
        return CommandConfiguration(
            commandName: "prepare",
            abstract: told("Make a file of prompts and completions fit for training.", "把提问与回答的文件整理成适合训练的数据。"),
            discussion: told(
                """
                Every question says what it would change and shows examples. Enter means yes, n no, b goes back. \
                Nothing is written before the last question, and the file itself is never changed.

                Names of the questions, for --yes and --no: \(names).
                """,
                """
                每个问题都会说明改动并给出示例。回车表示是，n 表示否，b 返回上一题。\
                回答完最后一个问题之前不会写入任何内容，原文件始终不变。

                可用于 --yes 和 --no 的问题名：\(names)。
                """))
    }

    @Argument(help: help("The file of records.", "数据文件。"))
    var file: String?
    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: help("The same, as an option.", "同上，以选项形式给出。", name: "file"))
    var fileOption: String?
    @Flag(name: [.customShort("q"), .long], help: help("Say yes to every question.", "对所有问题回答是。"))
    var quiet = false
    @Option(
        help: help(
            "Say yes to these questions, with commas between, or to all.", "对这些问题回答是，以逗号分隔，或 all。", name: "names"))
    var yes: String?
    @Option(
        help: help("Say no to these questions, with commas between, or to all.", "对这些问题回答否，以逗号分隔，或 all。", name: "names")
    )
    var no: String?
    @OptionGroup var reading: ReadingArguments
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (file == nil) != (fileOption == nil) else {
            throw usage("Name one file: tunedeck prepare FILE", "请给出一个文件：tunedeck prepare 文件")
        }
        _ = try given()
    }

    func run() throws {
        let console = common.console
        let interruption = PromptInterruption(console: console)
        let work = interruption.work(Wording("Reading", "正在读取"))
        let dataset = try Dataset(
            opening: file ?? fileOption ?? "", reading: reading.options(.byName), work: work)
        var preparation = try Preparation(analysing: dataset, work: work)
        for finding in preparation.notices { console.say(finding.line(in: console.language)) }

        let given = try given()
        for (id, answer) in given { preparation.answer(id, answer) }
        let dialogue = PrepareDialogue(
            console: console, interruption: interruption, isQuiet: quiet, given: Set(given.keys))
        try dialogue.go(through: &preparation)

        let files = try preparation.write(work: interruption.work(Wording("Writing", "正在写入")))
        PrepareFarewell(console: console, preparation: preparation, files: files).say()
        if common.json { console.print(preparation.json(files, in: console.language)) }
    }

    /// The answers that came with the command; a name beats `all`.
    private func given() throws -> [PrepareQuestion.ID: Bool] {
        var answers: [PrepareQuestion.ID: Bool] = [:]
        var answerToAll: Bool?
        for (names, answer) in [(yes, true), (no, false)] {
            for name in (names ?? "").split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
                if name == "all" {
                    answerToAll = answer
                } else if let id = PrepareQuestion.ID(rawValue: name) {
                    answers[id] = answer
                } else {
                    let known = PrepareQuestion.ID.allCases.map(\.rawValue).joined(separator: ", ")
                    throw usage(
                        "There is no question \(shown(name)). The questions are: \(known).",
                        "没有名为 \(shown(name)) 的问题。可用的问题：\(known)。")
                }
            }
        }
        // What is to be written is asked for itself: `--no all` changes nothing, and so leaves nothing to write.
        if let answerToAll {
            for id in PrepareQuestion.ID.allCases where answers[id] == nil && id != .write { answers[id] = answerToAll }
        }
        return answers
    }
}

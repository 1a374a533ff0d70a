import ArgumentParser
import Foundation
import TuneData
import TuneModel

/// The prepare-data questions in the plain terminal.
struct PrepareCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let names = PrepareQuestion.ID.allCases.map(\.rawValue).joined(separator: ", ")
        return CommandConfiguration(
            commandName: "prepare",
            abstract: told("Make a file of records fit for training.", "把数据文件整理成适合训练的数据。"),
            discussion: told(
                """
                Takes prompts and completions, conversations, and preference pairs. Every question says what it would \
                change and shows examples. Enter means what is suggested, y yes, n no, b goes back. Nothing is written \
                before the last question, and the file itself is never changed. A recipe is kept beside the output; \
                --answers does the same again.

                With -q the file is not searched for near-duplicates, private data and over-long records, unless --near \
                or --model is given.

                Names of the questions, for --yes and --no: \(names).
                """,
                """
                支持“提问与回答”、对话和偏好数据。每个问题都会说明改动并给出示例。回车采用建议，y 表示是，n 表示否，b 返回上一题。\
                回答完最后一个问题之前不会写入任何内容，原文件始终不变。结果旁会保存一份配方，可用 --answers 重放。

                使用 -q 时不查找近似重复、个人信息和过长的记录，除非给出 --near 或 --model。

                可用于 --yes 和 --no 的问题名：\(names)。
                """))
    }

    @Argument(help: help("The file of records.", "数据文件。"))
    var file: String?
    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: help("The same, as an option.", "同上，以选项形式给出。", name: "file"))
    var fileOption: String?
    @Flag(name: [.customShort("q"), .long], help: help("Accept every suggestion.", "接受所有建议。"))
    var quiet = false
    @Option(
        help: help(
            "Say yes to these questions, with commas between, or to all.", "对这些问题回答是，以逗号分隔，或 all。", name: "names"))
    var yes: String?
    @Option(
        help: help("Say no to these questions, with commas between, or to all.", "对这些问题回答否，以逗号分隔，或 all。", name: "names")
    )
    var no: String?
    @Option(
        help: help(
            "Give the answers of a recipe, or of what --json printed, again.", "重放一份配方或 --json 输出中的回答。", name: "file"))
    var answers: String?
    @Option(help: help("A system prompt for conversations to begin with.", "对话开头的系统提示。", name: "text"))
    var system: String?
    @Option(help: help("The share that is offered to be set apart; 0.1 when left out.", "建议留出的比例；省略时为 0.1。", name: "x"))
    var share: Double?
    @OptionGroup var near: NearArgument
    @OptionGroup var measure: MeasureArgument
    @OptionGroup var reading: ReadingArguments
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (file == nil) != (fileOption == nil) else {
            throw usage("Name one file: tunedeck prepare FILE", "请给出一个文件：tunedeck prepare 文件")
        }
        if let share, !(share > 0 && share < 1) { throw usage("--share is between 0 and 1.", "--share 应在 0 与 1 之间。") }
        try near.check()
        _ = try GivenAnswers(yes: yes, no: no)
    }

    func run() async throws {
        let console = common.console
        let given = try GivenAnswers(yes: yes, no: no)
        let recorded = try answers.map { try RecordedAnswers(reading: $0) }
        let options = try await options(recorded)
        var reading = reading.options(.byName)
        if let columns = recorded?.columns, reading.columns == .standard { reading.columns = columns }

        let interruption = PromptInterruption(console: console)
        let work = interruption.work(Wording("Reading", "正在读取"))
        let dataset = try Dataset(opening: file ?? fileOption ?? "", reading: reading, work: work)
        var preparation = try Preparation(analysing: dataset, options, work: work)
        for finding in preparation.notices { console.say(finding.line(in: console.language)) }

        let replay = RecordedReplay(console: console)
        if let recorded { try replay.give(recorded, to: &preparation, work: work) }
        for (id, answer) in given.answers { preparation.answer(id, answer) }
        replay.tellUnasked(given.named.filter { id in !preparation.questions.contains { $0.id == id } })
        let dialogue = PrepareDialogue(
            console: console, interruption: interruption, isQuiet: quiet, isReplayed: recorded != nil,
            given: Set(preparation.answers.keys))
        try dialogue.go(through: &preparation)

        let files = try preparation.write(work: interruption.work(Wording("Writing", "正在写入")))
        var farewell = PrepareFarewell(console: console, preparation: preparation, files: files)
        if quiet {
            farewell.tellsClassicEstimate = true
        } else {
            farewell.cost = await PrepareCost.reckon(files, model: measure.model)
        }
        farewell.say()
        if common.json { console.print(preparation.json(files, farewell.cost, in: console.language)) }
    }

    /// What was told on the command line, else what the recorded answers were based on.
    private func options(_ recorded: RecordedAnswers?) async throws -> PrepareOptions {
        var options = PrepareOptions(
            check: nil, system: system ?? recorded?.system, share: share ?? recorded?.share ?? 0.1,
            seed: recorded?.seed ?? 42)
        if let recorded, recorded.hasOptions, near.near == nil, measure.model == nil {
            // The same look as before, so that the same is found.
            guard recorded.near != nil || recorded.model != nil else { return options }
            let measure =
                if let model = recorded.model { try? await TokenMeasure.onThisMachine(named: model) } else {
                    TokenMeasure?.none
                }
            options.check = CheckOptions(near: recorded.near, measure: measure)
            return options
        }
        if quiet, near.near == nil, measure.model == nil { return options }
        options.check = CheckOptions(
            near: quiet && near.near == nil ? nil : near.threshold, measure: try await measure.measure())
        return options
    }
}

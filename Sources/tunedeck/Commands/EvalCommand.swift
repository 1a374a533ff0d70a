public import ArgumentParser
import Foundation
import Synchronization
import TuneControl
public import TuneModel
import TuneStore

struct EvalCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "eval",
            abstract: told(
                "Measure models on records: loss, accuracies, and their answers against the expected ones.",
                "用记录测量模型：损失、准确率，以及回答与期望回答的比较。"))
    }

    @Option(
        name: [.customShort("m"), .customLong("model")],
        help: help("What to measure; several times for several models.", "要测量的模型；可重复以比较多个模型。", name: "model"))
    var models: [String] = []
    @Option(
        name: [.customShort("d"), .customLong("data")],
        help: help(
            "Records to measure on: a file, or the id of an uploaded one.", "用来测量的记录：文件，或已上传文件的编号。", name: "file"))
    var data: String?
    @Option(help: help("Only the first so many records.", "只用前若干条记录。", name: "n"))
    var limit: Int?
    @Flag(
        inversion: .prefixedNo,
        help: help("Have the models write answers, too.", "让模型也写出回答。"))
    var generate = true
    @Option(
        name: [.customShort("M"), .customLong("max-tokens")],
        help: help("The answers' longest length in tokens.", "回答的最大长度（词元）。", name: "n"))
    var maxTokens = 128
    @Option(
        name: [.customShort("t"), .customLong("temperature")],
        help: help("0 always takes the likeliest token.", "0 表示总是取最可能的词元。", name: "x"))
    var temperature = 0.0
    @Option(help: help("The same seed gives the same answers.", "相同的种子得到相同的回答。", name: "n"))
    var seed: UInt64 = 42
    @Option(
        help: help(
            "Whether answers are classes: auto, yes, no.", "回答是否为类别：auto、yes、no。", name: "which"))
    var classes = EvaluationRequest.Classes.automatic
    @Option(help: help("A model that judges the answers.", "评判回答的模型。", name: "model"))
    var judge: String?
    @Option(
        help: help(
            "How it judges: score (1 to 10 each) or pick (the best of each record).",
            "评判方式：score（逐个打 1 到 10 分）或 pick（每条记录选最佳）。", name: "how"))
    var judgeBy = EvaluationRequest.Judging.score
    @Option(
        help: help(
            "Write a report: .md or .html; may be repeated.", "写出报告：.md 或 .html；可重复。", name: "file"))
    var report: [String] = []
    @Option(help: help("Show so many of the worst answers.", "显示最差的若干个回答。", name: "n"))
    var worst = 3
    @Flag(help: help("List the evaluations that were made.", "列出做过的评测。"))
    var list = false
    @Option(
        name: [.customShort("i"), .customLong("id")],
        help: help("Show an evaluation that was made: eval-….", "显示做过的评测：eval-…。", name: "id"))
    var id: String?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let limit, limit < 1 { throw usage("--limit has to be at least 1.", "--limit 至少为 1。") }
        if maxTokens < 1 { throw usage("--max-tokens has to be at least 1.", "--max-tokens 至少为 1。") }
        if worst < 0 { throw usage("--worst is 0 or more.", "--worst 不能小于 0。") }
        if !(0...10).contains(temperature) {
            throw usage("--temperature goes from 0 to 10.", "--temperature 的范围是 0 到 10。")
        }
        if let path = report.first(where: { ReportFile.form(of: $0) == nil }) {
            throw usage(
                "--report \(path): the name has to end in .md or .html.", "--report \(path)：文件名须以 .md 或 .html 结尾。")
        }
        if list || id != nil { return }
        if models.isEmpty { throw usage("Name a model: -m MODEL.", "请指定模型：-m 模型。") }
        if data == nil { throw usage("Name the records: -d FILE.", "请指定记录：-d 文件。") }
        if Set(models).count < models.count { throw usage("A model is named twice.", "有模型重复出现。") }
        if judge != nil, !generate {
            throw usage("A judge needs answers: leave out --no-generate.", "评审需要回答：请去掉 --no-generate。")
        }
        if judge != nil, judgeBy == .pick, models.count < 2 {
            throw usage("--judge-by pick compares models: name two.", "--judge-by pick 用于比较模型：请指定两个模型。")
        }
    }

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        let shelf = EvaluationShelf(desk.paths)
        if list { return show(shelf.list(), console) }
        if let id { return try tell(try shelf.load(id), console) }
        // The dashboard may look for the file from another folder.
        let file = data ?? ""
        let path = FileManager.default.fileExists(atPath: file) ? FileNames.absolute(file) : file
        let request = EvaluationRequest(
            models: models, dataset: path, limit: limit, generates: generate, maxTokens: maxTokens,
            temperature: temperature, seed: seed, classes: classes, judge: judge, judging: judgeBy)
        let start = try await EvaluationRun(request, on: desk)
        // What has been measured survives Ctrl-C.
        let measured = Mutex<EvaluationReport?>(nil)
        var interruption: Interrupted?
        do {
            try await interruptible {
                var run = start
                let report = try await run.perform { progress in
                    if console.isNarrationLive { console.rewrite(progress.line(in: console.language)) }
                }
                measured.withLock { $0 = report }
            }
        } catch let error as Interrupted {
            interruption = error
        }
        if console.isNarrationLive { console.clearLine() }
        let found = measured.withLock { $0 }
        if let found, found.isComplete || found.isWorthKeeping {
            try shelf.save(found)
            try tell(found, console)
        }
        if let interruption { throw interruption }
    }

    // MARK: -

    private func tell(_ found: EvaluationReport, _ console: Console) throws {
        let summary = EvaluationSummary(found)
        if common.json {
            console.print(found.json(summary, worst: worst))
        } else {
            EvaluationSheet(report: found, summary: summary, console: console, worst: worst).print()
        }
        for path in report {
            try ReportFile.write(found, summary, to: path, in: console.language)
            console.remark(Wording("Wrote \(path).", "已写入 \(path)。"))
        }
        if !found.isComplete {
            console.remark(
                Wording(
                    "Stopped before the end; the figures are of what had been measured.", "在完成前停止；数字只包含已测量的部分。"))
        }
        console.remark(
            Wording(
                "Kept as \(found.id); `tunedeck eval -i \(found.id)` shows it again.",
                "已保存为 \(found.id)；可用 `tunedeck eval -i \(found.id)` 再次查看。"))
    }

    private func show(_ cards: [EvaluationCard], _ console: Console) {
        if common.json { return console.print(.list(of: cards.map(\.json))) }
        if cards.isEmpty {
            return console.say(
                Wording(
                    "No evaluation has been made yet: `tunedeck eval -m MODEL -d FILE`.",
                    "还没有做过评测：`tunedeck eval -m 模型 -d 文件`。"))
        }
        console.table(
            cards.map { card in
                let values = zip(card.models, card.values).map { model, value in
                    model + " " + (value.map(card.measure.text) ?? "–")
                }
                return [
                    card.id, card.createdAt.formatted(.iso8601), card.name,
                    card.measure.title[console.language], values.joined(separator: ", "),
                ]
            })
    }
}

extension EvaluationRequest.Classes: ExpressibleByArgument {}
extension EvaluationRequest.Judging: ExpressibleByArgument {}

extension EvaluationReport {
    /// Whether anything was measured at all.
    var isWorthKeeping: Bool { models.contains { $0.outcomes.contains { $0 != RecordOutcome() } } }
}

extension EvaluationProgress {
    /// `ft:… · answers 12 of 40 · 35 % · ≈ 2:10 left`
    fileprivate func line(in language: Language) -> String {
        let what =
            switch stage {
            case .losses: Wording("expected answers", "期望回答")
            case .answers: Wording("answers", "回答")
            case .judging: Wording("verdicts", "评审")
            }
        var parts = [
            model, Wording("\(what.english) \(done) of \(total)", "\(what.chinese) \(done) / \(total)")[language],
            "\(Int(share * 100)) %",
        ]
        if let secondsLeft {
            let whole = Int(min(secondsLeft, 1e8).rounded(.up))
            let clock = "\(whole / 60):" + (whole % 60 < 10 ? "0" : "") + "\(whole % 60)"
            parts.append(Wording("≈ \(clock) left", "约剩 \(clock)")[language])
        }
        return parts.joined(separator: " · ")
    }
}

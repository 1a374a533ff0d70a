import ArgumentParser
import Foundation
import TuneModel
import TuneTrainer

struct EvalCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "eval",
            abstract: told(
                "Measure a model on records: loss, token and sequence accuracy.", "用记录测量模型：损失、词元准确率和整句准确率。"))
    }

    @Option(name: [.customShort("m"), .customLong("model")], help: help("What to measure.", "要测量的模型。", name: "model"))
    var model: String
    @Option(
        name: [.customShort("d"), .customLong("data")],
        help: help(
            "Records to measure on: a file, or the id of an uploaded one.", "用来测量的记录：文件，或已上传文件的编号。", name: "file"))
    var data: String
    @Option(help: help("Only the first so many records.", "只用前若干条记录。", name: "n"))
    var limit: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let limit, limit < 1 { throw usage("--limit has to be at least 1.", "--limit 至少为 1。") }
    }

    func run() async throws {
        let desk = try Desk()
        let console = common.console
        let records = try await TrainingRecords(file: data, on: desk, limit: limit ?? .max).records
        let engine = try await desk.models.engine(of: model)
        let count = records.count
        let evaluation = try await Lane.run("evaluation") {
            try engine.evaluate(records) { done in
                guard console.isNarrationLive else { return }
                console.rewrite(
                    Wording("Record \(done) of \(count)", "第 \(done) / \(count) 条记录")[console.language])
            }
        }
        if console.isNarrationLive { console.clearLine() }
        if common.json { return console.print(evaluation.json) }
        let rows: [(Wording, String)] = [
            (Wording("loss", "损失"), String(format: "%.4f", evaluation.loss)),
            (Wording("token accuracy", "词元准确率"), String(format: "%.4f", evaluation.tokenAccuracy)),
            (Wording("sequence accuracy", "整句准确率"), String(format: "%.4f", evaluation.sequenceAccuracy)),
            (Wording("tokens", "词元"), "\(evaluation.tokens)"), (Wording("examples", "样本"), "\(evaluation.examples)"),
        ]
        console.table(rows.map { [$0[console.language], $1] })
    }
}

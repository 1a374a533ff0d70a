import ArgumentParser
import Foundation
import TuneData
import TuneModel

struct DataSplitCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "split",
            abstract: told("Set records apart at random, to check a model with.", "随机留出一部分记录，用于验证模型。"),
            discussion: told(
                "Writes FILE_train.jsonl and FILE_valid.jsonl. The same seed sets the same records apart.",
                "写入 文件_train.jsonl 和 文件_valid.jsonl。相同的种子会留出相同的记录。"))
    }

    @OptionGroup var dataset: DatasetArgument
    @Option(help: help("The share to set apart, between 0 and 1.", "留出的比例，在 0 与 1 之间。", name: "x"))
    var share: Double?
    @Option(help: help("How many to set apart.", "留出的条数。", name: "n"))
    var count: Int?
    @Option(help: help("The seed of the draw.", "随机种子。", name: "n"))
    var seed: UInt64 = 42
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if share != nil, count != nil { throw usage("Give --share or --count.", "--share 与 --count 只能给出一个。") }
        if let share, !(share > 0 && share < 1) { throw usage("--share is between 0 and 1.", "--share 应在 0 与 1 之间。") }
        if let count, count < 1 { throw usage("--count has to be at least 1.", "--count 至少为 1。") }
    }

    func run() async throws {
        let console = common.console
        let (share, count, seed) = (share ?? 0.1, count, seed)
        let files = try await dataset.withDataset(console) { dataset, work in
            let apart = count ?? max(1, Int((Double(dataset.count) * share).rounded()))
            return try DatasetSplit(dataset, setApart: apart, seed: seed).write(work: work)
        }
        if common.json {
            return console.print(
                .object([
                    ("training_file", .text(files.first)), ("training_records", JSONOutput(files.firstRecords)),
                    ("validation_file", .text(files.second)), ("validation_records", JSONOutput(files.secondRecords)),
                ]))
        }
        for (path, records) in [(files.first, files.firstRecords), (files.second, files.secondRecords)] {
            console.say(
                Wording(
                    "Wrote \(shown(path)): \(records.grouped) \(records == 1 ? "record" : "records").",
                    "已写入 \(shown(path))：\(records.grouped) 条记录。"))
        }
    }
}

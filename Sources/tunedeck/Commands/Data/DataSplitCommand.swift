import ArgumentParser
import Foundation
import TuneData
import TuneModel

struct DataSplitCommand: AsyncParsableCommand {
    /// How the records to set apart are drawn.
    enum Way: String, CaseIterable, ExpressibleByArgument {
        case random
        case byClass = "class"
        case byGroup = "group"
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "split",
            abstract: told("Set records apart, to check a model with.", "留出一部分记录，用于验证模型。"),
            discussion: told(
                """
                Writes FILE_train.jsonl and FILE_valid.jsonl. The same seed sets the same records apart.

                --by random   each record is as likely as any other
                --by class    of each completion, as of a class, the same share
                --by group    records of the same prompt, and nearly the same records, stay on one side

                Afterwards, records that stand on both sides are told, exactly or nearly.
                """,
                """
                写入 文件_train.jsonl 和 文件_valid.jsonl。相同的种子会留出相同的记录。

                --by random   每条记录机会相同
                --by class    每一类回答按相同比例留出
                --by group    提问相同或几乎相同的记录留在同一边

                完成后会指出两边都有的记录（完全相同或几乎相同）。
                """))
    }

    @OptionGroup var dataset: DatasetArgument
    @Option(
        help: help(
            "The share to set apart, between 0 and 1; 0.1 when left out.", "留出的比例，在 0 与 1 之间；省略时为 0.1。", name: "x"))
    var share: Double?
    @Option(help: help("How many to set apart.", "留出的条数。", name: "n"))
    var count: Int?
    @Option(help: help("The seed of the draw.", "随机种子。", name: "n"))
    var seed: UInt64 = 42
    @Option(help: help("random, class or group.", "random、class 或 group。", name: "way"))
    var by = Way.random
    @OptionGroup var near: NearArgument
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if share != nil, count != nil { throw usage("Give --share or --count.", "--share 与 --count 只能给出一个。") }
        if let share, !(share > 0 && share < 1) { throw usage("--share is between 0 and 1.", "--share 应在 0 与 1 之间。") }
        if let count, count < 1 { throw usage("--count has to be at least 1.", "--count 至少为 1。") }
        try near.check()
    }

    func run() async throws {
        let console = common.console
        let (share, count, seed, near) = (share ?? 0.1, count, seed, near.threshold)
        let way: DatasetSplit.Way =
            switch by {
            case .random: .random
            case .byClass: .byClass
            case .byGroup: .byGroup(near: near)
            }
        let files = try await dataset.withDataset(console) { dataset, work in
            let apart = count ?? max(1, Int((Double(dataset.count) * share).rounded()))
            return try DatasetSplit(dataset, setApart: apart, seed: seed, by: way)
                .write(looksForLeaks: true, near: near, work: work)
        }
        if common.json { return console.print(json(files, console.language)) }
        for (path, records) in [(files.first, files.firstRecords), (files.second, files.secondRecords)] {
            console.say(
                Wording(
                    "Wrote \(shown(path)): \(records.grouped) \(records == 1 ? "record" : "records").",
                    "已写入 \(shown(path))：\(records.grouped) 条记录。"))
        }
        for leak in files.leaks { console.say(leak.line(in: console.language)) }
        guard by != .byGroup, files.leaks.contains(where: { $0.severity != .good }) else { return }
        console.say(Wording("--by group keeps such records on one side.", "--by group 会把这些记录留在同一边。"))
    }

    private func json(_ files: DatasetSplit.Files, _ language: Language) -> JSONOutput {
        .object([
            ("training_file", .text(files.first)), ("training_records", JSONOutput(files.firstRecords)),
            ("validation_file", .text(files.second)), ("validation_records", JSONOutput(files.secondRecords)),
            ("by", .text(by.rawValue)), ("seed", JSONOutput(Int(clamping: seed))),
            ("leaks", .list(files.leaks.filter { $0.severity != .good }.map { $0.json(in: language) })),
        ])
    }
}

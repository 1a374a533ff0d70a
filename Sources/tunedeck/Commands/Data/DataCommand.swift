public import ArgumentParser
import Foundation
public import TuneData
import TuneModel

/// What can be seen and done with a dataset without the dashboard.
struct DataCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "data",
            abstract: told("Look at, check, split and convert files of records.", "查看、检查、拆分和转换数据文件。"),
            subcommands: [
                DataStatsCommand.self, DataCheckCommand.self, DataHeadCommand.self, DataSplitCommand.self,
                DataConvertCommand.self,
            ])
    }
}

/// The file that a data command is about.
struct DatasetArgument: ParsableArguments {
    @Argument(help: help("The file of records.", "数据文件。"))
    var file: String
    @OptionGroup var reading: ReadingArguments

    /// Runs work on the dataset off the main actor, with progress, until it is done or interrupted.
    func withDataset<Result: Sendable>(
        _ console: Console, _ body: @escaping @Sendable (Dataset, DataWork) throws -> Result
    ) async throws -> Result {
        let gauge = Gauge(title: Wording("Reading", "正在读取"), console: console)
        let work = DataWork(report: { gauge.show($0) })
        let path = file
        let options = reading.options(.byContent)
        let (result, notices) = try await interruptible { () throws -> (Result, [Wording]) in
            let dataset = try Dataset(opening: path, reading: options, work: work)
            return (try body(dataset, work), ReadingArguments.notices(of: dataset))
        }
        for notice in notices { console.remark(notice) }
        return result
    }
}

/// How a file is to be read, where it does not say so itself.
struct ReadingArguments: ParsableArguments {
    @Option(
        help: help(
            "Read the file as this format: \(ReadingArguments.formats).", "按此格式读取文件：\(ReadingArguments.formats)。",
            name: "format"))
    var format: Format?
    @Option(help: help("The column or key that holds the prompts.", "存放提问的列或键。", name: "name"))
    var promptColumn = Columns.standard.prompt
    @Option(help: help("The column or key that holds the completions.", "存放回答的列或键。", name: "name"))
    var completionColumn = Columns.standard.completion

    private static let formats = Format.allCases.map(\.rawValue).joined(separator: ", ")

    func options(_ recognition: ReadingOptions.Recognition) -> ReadingOptions {
        ReadingOptions(
            format: format, columns: Columns(prompt: promptColumn, completion: completionColumn),
            recognition: recognition)
    }

    /// What there is to tell about how a file was read.
    static func notices(of dataset: Dataset) -> [Wording] {
        dataset.notices.map(\.summary) + [dataset.suggestedColumns?.advice].compactMap { $0 }
    }
}

extension Format: ExpressibleByArgument {}

struct DataStatsCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stats", abstract: told("Count records and measure their texts.", "统计记录数和文本长度。"))
    }

    @OptionGroup var dataset: DatasetArgument
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let stats = try await dataset.withDataset(console) { dataset, work in try DatasetStats(of: dataset, work: work)
        }
        if common.json { return console.print(json(stats)) }
        let counts: [(Wording, String)] = [
            (Wording("records", "记录"), "\(stats.records)"), (Wording("kind", "类型"), stats.shape.rawValue),
            (Wording("bytes", "字节"), "\(stats.bytes)"), (Wording("broken lines", "损坏的行"), "\(stats.broken)"),
        ]
        console.table(counts.map { [$0[console.language], $1] })
        console.print("")
        let heading = [
            Wording("characters", "字符"), Wording("total", "合计"), Wording("shortest", "最短"), Wording("median", "中位"),
            Wording(verbatim: "90 %"), Wording(verbatim: "99 %"), Wording("longest", "最长"),
        ]
        let rows = [(Wording("prompt", "提问"), stats.prompts), (Wording("completion", "回答"), stats.completions)]
        console.table(
            [heading.map { $0[console.language] }]
                + rows.map { name, lengths in
                    [name[console.language]]
                        + [lengths.total, lengths.min, lengths.median, lengths.p90, lengths.p99, lengths.max]
                        .map { "\($0)" }
                })
    }

    private func json(_ stats: DatasetStats) -> JSONOutput {
        func lengths(_ lengths: DatasetStats.Lengths) -> JSONOutput {
            .object([
                ("total", JSONOutput(lengths.total)), ("min", JSONOutput(lengths.min)),
                ("median", JSONOutput(lengths.median)), ("p90", JSONOutput(lengths.p90)),
                ("p99", JSONOutput(lengths.p99)), ("max", JSONOutput(lengths.max)),
            ])
        }
        return .object([
            ("file", .text(dataset.file)), ("shape", .text(stats.shape.rawValue)),
            ("records", JSONOutput(stats.records)), ("broken_lines", JSONOutput(stats.broken)),
            ("bytes", JSONOutput(stats.bytes)), ("prompt_characters", lengths(stats.prompts)),
            ("completion_characters", lengths(stats.completions)),
        ])
    }
}

struct DataCheckCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check", abstract: told("Tell what would train badly, or not at all.", "找出不利于训练或无法训练的记录。"),
            discussion: told(
                "Ends with 4 when records cannot be trained.", "若有无法训练的记录，以状态 4 结束。"))
    }

    @OptionGroup var dataset: DatasetArgument
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let findings = try await dataset.withDataset(console) { dataset, work in
            try DatasetCheck.findings(of: dataset, work: work)
        }
        if common.json {
            console.print(
                .object([
                    ("file", .text(dataset.file)),
                    ("findings", .list(findings.map { $0.json(in: console.language) })),
                ]))
        } else {
            for finding in findings { console.print(finding.line(in: console.language)) }
        }
        if findings.contains(where: { $0.severity == .error }) { throw ExitCode(ExitStatus.badData.rawValue) }
    }
}

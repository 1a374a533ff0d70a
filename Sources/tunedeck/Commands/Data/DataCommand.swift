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

    /// The first rows, without reading further; nil when there are not so many, or so many that all of the file may as
    /// well be read.
    func firstRows(_ count: Int, _ console: Console) throws -> [Row]? {
        guard count <= 10_000 else { return nil }
        let head = try Dataset.opening(file, rows: count, reading: reading.options(.byContent)).head
        guard head.count >= count else { return nil }
        for notice in ReadingArguments.notices(of: head) { console.remark(notice) }
        return try head.rows(in: 0..<count)
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

import ArgumentParser
import Foundation
import TuneData
import TuneModel

struct DataHeadCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "head", abstract: told("Show the first records.", "显示前几条记录。"))
    }

    @OptionGroup var dataset: DatasetArgument
    @Option(name: [.customShort("n"), .customLong("count")], help: help("How many.", "条数。", name: "n"))
    var count = 5
    @Option(help: help("Begin at this record; the first is 1.", "从第几条开始，第一条为 1。", name: "n"))
    var from = 1
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if count < 1 || from < 1 { throw usage("--count and --from begin at 1.", "--count 和 --from 至少为 1。") }
    }

    func run() async throws {
        let console = common.console
        let (start, length) = (from - 1, count)
        let rows = try await dataset.withDataset(console) { dataset, _ in
            guard dataset.count > 0 else { throw DataError.noRecords(file: dataset.path) }
            guard start < dataset.count else {
                throw DataError.noSuchRow(file: dataset.path, row: start, count: dataset.count)
            }
            return try dataset.rows(in: start..<min(start + length, dataset.count))
        }
        if common.json { return console.print(.list(rows.map(Self.json))) }
        for row in rows { show(row, on: console) }
    }

    private func show(_ row: Row, on console: Console) {
        console.print("#\(row.index + 1)")
        switch row.record {
        case .completion(let prompt, let completion)?:
            console.print("  prompt      \(shown(prompt))")
            console.print("  completion  \(shown(completion))")
        case .chat(let messages)?:
            for message in messages { console.print("  \(message.role)  \(shown(message.content))") }
        case .preference(let input, let preferred, let rejected)?:
            for (name, messages) in [("input", input), ("preferred", preferred), ("rejected", rejected)] {
                for message in messages { console.print("  \(name)  \(message.role)  \(shown(message.content))") }
            }
        case nil:
            console.print("  \(shown(row.text))")
            console.say(
                Wording("  ✗ Line \(row.line) ", "  ✗ 第 \(row.line) 行")
                    + (row.problem?.wording ?? Wording(verbatim: "")))
        }
    }

    private static func json(_ row: Row) -> JSONOutput {
        func list(_ messages: [Message]) -> JSONOutput {
            .list(messages.map { .object([("role", .text($0.role)), ("content", .text($0.content))]) })
        }
        let content: [(String, JSONOutput)] =
            switch row.record {
            case .completion(let prompt, let completion)?:
                [("prompt", .text(prompt)), ("completion", .text(completion))]
            case .chat(let messages)?: [("messages", list(messages))]
            case .preference(let input, let preferred, let rejected)?:
                [
                    ("input", list(input)), ("preferred_output", list(preferred)),
                    ("non_preferred_output", list(rejected)),
                ]
            case nil: [("text", .text(row.text)), ("problem", .text(row.problem?.wording.english ?? ""))]
            }
        return .object([("row", JSONOutput(row.index)), ("line", JSONOutput(row.line))] + content)
    }
}

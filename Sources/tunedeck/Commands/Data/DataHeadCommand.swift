import ArgumentParser
import Foundation
import TuneData
import TuneModel

struct DataHeadCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "head", abstract: told("Show the first records.", "显示前几条记录。"),
            discussion: told(
                """
                --rows 3,10..12   exactly these records
                --filter TERMS    only records for which all terms hold, such as "kludge len>2000 -role:tool"
                """,
                """
                --rows 3,10..12   只显示这些记录
                --filter 条件     只显示满足全部条件的记录，例如 "kludge len>2000 -role:tool"
                """))
    }

    @OptionGroup var dataset: DatasetArgument
    @Option(name: [.customShort("n"), .customLong("count")], help: help("How many.", "条数。", name: "n"))
    var count = 5
    @Option(help: help("Begin at this record; the first is 1.", "从第几条开始，第一条为 1。", name: "n"))
    var from = 1
    @Option(help: help("Which ones, by their numbers: 3,10..12.", "按编号选择：3,10..12。", name: "numbers"))
    var rows: String?
    @Option(help: help("Only those for which all terms hold.", "只显示满足全部条件的记录。", name: "terms"))
    var filter: String?
    @OptionGroup var measure: MeasureArgument
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if count < 1 || from < 1 { throw usage("--count and --from begin at 1.", "--count 和 --from 至少为 1。") }
        if rows != nil, filter != nil { throw usage("Give --rows or --filter.", "--rows 与 --filter 只能给出一个。") }
        _ = try picked()
    }

    func run() async throws {
        let console = common.console
        let (start, length, picked) = (from - 1, count, try picked())
        if filter == nil, picked == nil, let rows = try dataset.firstRows(start + length, console) {
            let shown = Array(rows.dropFirst(start))
            if common.json { return console.print(.list(shown.map(Self.json))) }
            for row in shown { show(row, on: console) }
            return
        }
        let terms = try filter.map { try RowFilter($0) }
        let facts = try await facts(for: terms)
        let (rows, found) = try await dataset.withDataset(console) { dataset, work -> ([Row], Int?) in
            guard dataset.count > 0 else { throw DataError.noRecords(file: dataset.path) }
            guard start < dataset.count else {
                throw DataError.noSuchRow(file: dataset.path, row: start, count: dataset.count)
            }
            if let picked { return (try picked.map { try dataset.row(at: $0) }, nil) }
            guard let terms else {
                return (try dataset.rows(in: start..<min(start + length, dataset.count)), nil)
            }
            var facts = facts
            if terms.needs.contains(.findings) {
                facts.findings = try DatasetCheck.report(of: dataset, CheckOptions(measure: facts.tokens), work: work)
                    .rows
            }
            let found = try RowQuery(filter: terms).rows(of: dataset, facts: facts, work: work)
                .drop { Int($0) < start }
            return (try found.prefix(length).map { try dataset.row(at: Int($0)) }, found.count)
        }
        if let found { console.remark(Self.summary(found, shown: rows.count)) }
        if common.json { return console.print(.list(rows.map(Self.json))) }
        for row in rows { show(row, on: console) }
    }

    private static func summary(_ found: Int, shown: Int) -> Wording {
        Wording(
            "\(found.grouped) \(found == 1 ? "record passes" : "records pass")\(shown < found ? "; here are the first \(shown.grouped)" : "").",
            "共 \(found.grouped) 条符合\(shown < found ? "，以下为前 \(shown.grouped) 条" : "")。")
    }

    /// What the terms ask for beyond the file.
    private func facts(for terms: RowFilter?) async throws -> QueryFacts {
        var facts = QueryFacts()
        guard let terms else { return facts }
        if terms.needs.contains(.tokens) { facts.tokens = try await measure.measure() }
        var missing = facts.missing(of: terms.needs)
        // The check runs on the file itself.
        missing.remove(.findings)
        if let need = missing.first {
            throw usage(
                "The terms ask for \(need.rawValue), which are not known here.", "条件用到的“\(need.rawValue)”在这里无法得知。")
        }
        return facts
    }

    /// The rows of `3,10..12`, from 0.
    private func picked() throws -> [Int]? {
        guard let rows else { return nil }
        var picked: [Int] = []
        for part in rows.split(separator: ",") {
            let ends = part.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
            let isRange = part.contains("..")
            guard ends.count == (isRange ? 2 : 1), let first = ends[0], let last = ends[ends.count - 1], first >= 1,
                last >= first, last - first < 100_000
            else {
                throw usage("--rows takes numbers such as 3,10..12.", "--rows 接受形如 3,10..12 的编号。")
            }
            picked += (first - 1)..<last
        }
        return picked
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

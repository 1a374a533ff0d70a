import ArgumentParser
import Foundation
import TuneData
import TuneModel

struct DataStatsCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stats", abstract: told("Count records and measure their texts.", "统计记录数和文本长度。"),
            discussion: told(
                "Lengths are told in characters, and in tokens of the base model where it is on this machine.",
                "长度以字符计；若本机有基础模型，也以词元计。"))
    }

    @OptionGroup var dataset: DatasetArgument
    @OptionGroup var measure: MeasureArgument
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let measure = try await measure.measure()
        let stats = try await dataset.withDataset(console) { dataset, work in
            try DatasetStats(of: dataset, tokens: measure, work: work)
        }
        if common.json { return console.print(StatsJSON(file: dataset.file, stats: stats).output) }
        StatsSheet(stats: stats, console: console).print()
    }
}

/// What `data stats` prints for people.
private struct StatsSheet {
    private static let listed = 8
    private static let bars = " ▁▂▃▄▅▆▇█".map { $0 }

    let stats: DatasetStats
    let console: Console

    func print() {
        var facts: [(Wording, String)] = [
            (Wording("records", "记录"), stats.records.grouped), (Wording("kind", "类型"), stats.shape.rawValue),
            (Wording("bytes", "字节"), stats.bytes.grouped), (Wording("broken lines", "损坏的行"), stats.broken.grouped),
            (Wording("different prompts", "不同的提问"), stats.distinctPrompts.grouped),
            (Wording("different completions", "不同的回答"), stats.distinctCompletions.grouped),
            (Wording("duplicates", "重复"), stats.duplicates.grouped),
        ]
        if !stats.languages.isEmpty {
            facts.append((Wording("languages", "语言"), list(stats.languages) { $0.name[console.language] }))
        }
        if !stats.roles.isEmpty { facts.append((Wording("turns", "发言"), list(stats.roles) { shown($0) })) }
        if !stats.classes.isEmpty { facts.append((Wording("classes", "类别"), list(stats.classes) { shown($0) })) }
        if stats.systems.count > 1 {
            facts.append(
                (Wording("system prompts", "系统提示"), list(stats.systems) { "“\(shown(String($0.prefix(30))))”" }))
        }
        console.table(facts.map { [$0[console.language], $1] })
        console.print("")
        tellLengths()
        tellTokens()
    }

    private func list<Value>(_ values: [Tallied<Value>], _ name: (Value) -> String) -> String {
        let shown = values.prefix(Self.listed).map { "\(name($0.value)) \($0.count.grouped)" }
        let rest = values.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? ", … (+\(rest.grouped))" : "")
    }

    private func tellLengths() {
        table(
            Wording("characters", "字符"),
            [(Wording("prompt", "提问"), stats.prompts), (Wording("completion", "回答"), stats.completions)])
    }

    private func tellTokens() {
        guard let tokens = stats.tokens else { return }
        console.print("")
        table(
            Wording("tokens of \(shown(tokens.model))", "\(shown(tokens.model)) 的词元"),
            [(Wording("all", "全部"), tokens.all), (Wording("trained", "参与训练"), tokens.trained)])
        if tokens.overlong > 0 {
            let n = tokens.overlong.grouped
            console.print(
                Wording(
                    "\(n) \(tokens.overlong == 1 ? "record has" : "records have") more than the \(tokens.context.grouped) tokens that the model takes.",
                    "\(n) 条记录超过模型的上限 \(tokens.context.grouped) 个词元。")[console.language])
        }
        let histogram = tokens.all.histogram
        guard let first = histogram.bins.first, let last = histogram.bins.last, histogram.largestCount > 0 else {
            return
        }
        let top = Double(histogram.largestCount)
        let line = histogram.bins.map { bin in
            bin.count == 0 ? Self.bars[0] : Self.bars[max(1, Int((Double(bin.count) / top * 8).rounded()))]
        }
        console.print(
            "\(first.range.lowerBound.grouped) \(String(line)) \((last.range.upperBound - 1).grouped)")
    }

    private func table(_ title: Wording, _ rows: [(Wording, DatasetStats.Lengths)]) {
        let heading = [
            title, Wording("total", "合计"), Wording("shortest", "最短"), Wording("median", "中位"),
            Wording(verbatim: "90 %"), Wording(verbatim: "99 %"), Wording("longest", "最长"),
        ]
        console.table(
            [heading.map { $0[console.language] }]
                + rows.map { name, lengths in
                    [name[console.language]]
                        + [lengths.total, lengths.min, lengths.median, lengths.p90, lengths.p99, lengths.max]
                        .map(\.grouped)
                })
    }
}

/// What `data stats --json` prints.
private struct StatsJSON {
    let file: String
    let stats: DatasetStats

    var output: JSONOutput {
        .object([
            ("file", .text(file)), ("shape", .text(stats.shape.rawValue)), ("records", JSONOutput(stats.records)),
            ("broken_lines", JSONOutput(stats.broken)), ("bytes", JSONOutput(stats.bytes)),
            ("distinct_prompts", JSONOutput(stats.distinctPrompts)),
            ("distinct_completions", JSONOutput(stats.distinctCompletions)),
            ("duplicates", JSONOutput(stats.duplicates)), ("prompt_characters", lengths(stats.prompts)),
            ("completion_characters", lengths(stats.completions)), ("turns", lengths(stats.turns)),
            ("tokens", tokens), ("languages", tallies(stats.languages) { $0.rawValue }),
            ("roles", tallies(stats.roles) { $0 }), ("classes", tallies(stats.classes) { $0 }),
            ("system_prompts", tallies(stats.systems) { $0 }),
        ])
    }

    private var tokens: JSONOutput {
        guard let tokens = stats.tokens else { return .null }
        return .object([
            ("model", .text(tokens.model)), ("context", JSONOutput(tokens.context)), ("all", lengths(tokens.all)),
            ("trained", lengths(tokens.trained)), ("over_long", JSONOutput(tokens.overlong)),
            ("uncounted", JSONOutput(tokens.uncounted)),
        ])
    }

    private func tallies<Value>(_ values: [Tallied<Value>], _ name: (Value) -> String) -> JSONOutput {
        .list(values.map { .object([("name", .text(name($0.value))), ("count", JSONOutput($0.count))]) })
    }

    private func lengths(_ lengths: DatasetStats.Lengths) -> JSONOutput {
        .object([
            ("total", JSONOutput(lengths.total)), ("min", JSONOutput(lengths.min)),
            ("median", JSONOutput(lengths.median)), ("p90", JSONOutput(lengths.p90)),
            ("p99", JSONOutput(lengths.p99)), ("max", JSONOutput(lengths.max)),
            (
                "histogram",
                .list(
                    lengths.histogram.bins.map {
                        .object([
                            ("from", JSONOutput($0.range.lowerBound)), ("to", JSONOutput($0.range.upperBound)),
                            ("count", JSONOutput($0.count)),
                        ])
                    })
            ),
        ])
    }
}

import TuneCanvas
import TuneData
import TuneModel

/// The statistics of a dataset as rows, one below the other.
struct StatisticsSheet {
    /// One row of the sheet.
    enum Row {
        case blank
        case heading(String)
        /// A fact and its figure.
        case fact(String, String)
        /// Cells of a table, the first one a name.
        case cells([String], isHeading: Bool)
        /// A bar as long as its share of the longest.
        case bar(label: String, value: Int, most: Int)

        func draw(in place: Rect, _ look: Look, on surface: inout Surface) {
            switch self {
            case .blank: break
            case .heading(let text): surface.write(text, in: place, style: look[.strong])
            case .fact(let name, let figure):
                surface.write(name, in: place, style: look[.muted])
                surface.write(figure, in: place.inset(left: 22), style: look[.text])
            case .cells(let cells, let isHeading):
                surface.write(cells[0], in: Rect(x: place.x, y: place.y, width: 16, height: 1), style: look[.muted])
                for (column, cell) in cells.dropFirst().enumerated() {
                    let room = Rect(x: place.x + 16 + column * 9, y: place.y, width: 8, height: 1)
                    surface.write(cell, in: room, style: look[isHeading ? .muted : .text], alignment: .right)
                }
            case .bar(let label, let value, let most):
                let name = Rect(x: place.x, y: place.y, width: 18, height: 1)
                surface.write(label, in: name, style: look[.muted], alignment: .right)
                let room = place.inset(left: 19)
                // Every bar is measured by the longest of its group.
                let share = most > 0 ? Double(value) / Double(most) : 0
                let width = max(8, room.width - 10)
                let bar = Bars.Bar("", share, figure: Figures.count(value))
                Bars([bar], most: 1, style: look[.accent], figureStyle: look[.text])
                    .draw(in: Rect(x: room.x, y: room.y, width: width + 10, height: 1), on: &surface)
            }
        }
    }

    let rows: [Row]
}

extension StatisticsSheet {
    init(of stats: DatasetStats, look: Look) {
        var rows: [Row] = [
            .fact(look.say("records", "记录"), Figures.count(stats.records)),
            .fact(look.say("kind", "类型"), stats.shape.rawValue),
            .fact(look.say("size", "大小"), Figures.bytes(Int64(stats.bytes))),
            .fact(look.say("different prompts", "不同的提问"), Figures.count(stats.distinctPrompts)),
            .fact(look.say("different answers", "不同的回答"), Figures.count(stats.distinctCompletions)),
            .fact(look.say("repeated records", "重复的记录"), Figures.count(stats.duplicates)),
        ]
        if stats.broken > 0 { rows.append(.fact(look.say("broken lines", "损坏的行"), Figures.count(stats.broken))) }
        rows.append(.blank)
        rows += Self.lengths(of: stats, look)
        if let tokens = stats.tokens {
            rows.append(.blank)
            rows.append(.heading(look.say("tokens of \(tokens.model)", "\(tokens.model) 的词元数")))
            rows += Self.bars(tokens.all.histogram)
            if tokens.overlong > 0 {
                let count = Figures.count(tokens.overlong)
                let context = Figures.count(tokens.context)
                rows.append(.fact(look.say("over \(context)", "超过 \(context)"), count))
            }
        }
        rows += [.blank, .heading(look.say("characters in a record", "每条记录的字数"))]
        rows += Self.bars(stats.lengths.histogram)
        rows += Self.kinds(look.say("languages", "语言"), stats.languages.map { (look.say($0.value.name), $0.count) })
        rows += Self.kinds(look.say("turns by role", "各角色的发言"), stats.roles.map { ($0.value, $0.count) })
        if stats.isClassification {
            rows += Self.kinds(look.say("classes", "类别"), stats.classes.map { ($0.value, $0.count) })
        }
        rows += Self.kinds(look.say("system prompts", "系统提示"), stats.systems.map { ($0.value, $0.count) })
        self.rows = rows
    }

    // MARK: -

    private static func lengths(of stats: DatasetStats, _ look: Look) -> [Row] {
        func cells(_ name: String, _ lengths: DatasetStats.Lengths) -> Row {
            .cells(
                [name]
                    + [lengths.total, lengths.min, lengths.median, lengths.p90, lengths.p99, lengths.max]
                    .map(Figures.short), isHeading: false)
        }
        var rows: [Row] = [
            .cells(
                [
                    "", look.say("total", "合计"), look.say("shortest", "最短"), look.say("median", "中位"), "90 %", "99 %",
                    look.say("longest", "最长"),
                ], isHeading: true),
            cells(look.say("prompt chars", "提问字数"), stats.prompts),
            cells(look.say("answer chars", "回答字数"), stats.completions),
        ]
        if let tokens = stats.tokens {
            rows.append(cells(look.say("tokens", "词元"), tokens.all))
            rows.append(cells(look.say("trained tokens", "训练词元"), tokens.trained))
        }
        if stats.turns.max > 2 { rows.append(cells(look.say("turns", "轮数"), stats.turns)) }
        return rows
    }

    private static func bars(_ histogram: Histogram) -> [Row] {
        histogram.bins.map { bin in
            let last = bin.range.upperBound - 1
            let label =
                bin.range.count == 1
                ? Figures.short(last) : "\(Figures.short(bin.range.lowerBound))–\(Figures.short(last))"
            return .bar(label: label, value: bin.count, most: histogram.largestCount)
        }
    }

    /// The commonest of some kinds; nothing when there is but one way to be.
    private static func kinds(_ title: String, _ kinds: [(String, Int)]) -> [Row] {
        guard !kinds.isEmpty else { return [] }
        let shown = kinds.prefix(12)
        let most = kinds.map(\.1).max() ?? 0
        return [.blank, .heading(title)]
            + shown.map { .bar(label: RecordTexts.oneLine($0.0), value: $0.1, most: most) }
            + (kinds.count > shown.count ? [.fact("…", "+ \(Figures.count(kinds.count - shown.count))")] : [])
    }
}

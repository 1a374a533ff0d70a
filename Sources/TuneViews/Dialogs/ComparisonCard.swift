import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// Jobs side by side: a row each with what differs and what came of it, and all about the one under the cursor.
struct ComparisonCard: DialogCard {
    let table: ComparisonTable
    let look: Look

    /// Lines below the table.
    private static let detail = 5

    static func rows(in area: Rect, count: Int) -> Int { max(1, min(count, area.height - detail - 4)) }

    func draw(in area: Rect, on surface: inout Surface) -> Point? {
        let rows = Self.rows(in: area, count: table.list.count)
        var inner = card(
            look.say("Comparison of \(table.list.count) jobs", "\(table.list.count) 个任务的比较"), width: 132,
            height: rows + Self.detail + 3, in: area, look: look, on: &surface)
        guard let comparison = table.comparison else {
            surface.write(look.say("reading …", "正在读取…"), in: inner, style: look[.muted])
            return nil
        }
        let place = inner.takeTop(rows + 1)
        let columns = columns(of: comparison, width: place.width, measure: surface.measure)
        Grid(
            columns: columns.map { Grid.Column($0.title, width: $0.width, alignment: $0.alignment) },
            count: comparison.rows.count, top: table.list.window(rows: rows).lowerBound, cursor: table.list.selected,
            cursorStyle: look.cursor(focused: true), headerStyle: look[.muted], style: look[.background],
            markStyle: look[.border], gap: 2
        ) { row in
            columns.map { Grid.Item($0.text(comparison.rows[row]), look[comparison.rows[row].isBest ? .good : .text]) }
        }.draw(in: place, on: &surface)
        if let row = table.selected { draw(row, of: comparison, in: inner.inset(top: 1), on: &surface) }
        return nil
    }

    // MARK: - The table

    private struct Column {
        let title: String
        var width: TuneCanvas.Part
        var alignment = Alignment.right
        let text: (JobComparison.Row) -> String
    }

    /// Every column for which there is room: the mark, the name and the decisive loss always, then what differs, then
    /// the rest in the order of its weight.
    private func columns(of comparison: JobComparison, width: Int, measure: GlyphWidth) -> [Column] {
        func fixed(_ title: String, _ least: Int, _ text: @escaping (JobComparison.Row) -> String) -> Column {
            let widest = comparison.rows.map { measure.columns(of: text($0)) }.max() ?? 0
            let width = min(14, max(least, widest, measure.columns(of: title)))
            return Column(title: title, width: .fixed(width), text: text)
        }
        let loss: Column =
            comparison.isValidated
            ? fixed(look.say("val loss", "验证损失"), 6) { Self.decimals($0.figures?.bestValidationLoss) }
            : fixed(look.say("loss", "损失"), 6) { Self.decimals($0.figures?.trainingLoss) }
        let settings = comparison.names.enumerated().map { index, name in
            fixed(name.shortName, 2) { $0.settings[index] ?? "–" }
        }
        var others = [
            fixed(look.say("tok acc", "词元准确"), 6) { Self.decimals($0.figures?.tokenAccuracy) },
            fixed(look.say("time", "用时"), 5) { $0.seconds.map(Figures.clock) ?? "–" },
            fixed(look.say("tok/s", "词元/秒"), 4) {
                $0.figures?.tokensPerSecond.map { Figures.count(Int($0)) } ?? "–"
            },
            fixed(look.say("seq acc", "整句准确"), 6) { Self.decimals($0.figures?.sequenceAccuracy) },
        ]
        if comparison.isValidated {
            others.insert(fixed(look.say("loss", "损失"), 6) { Self.decimals($0.figures?.trainingLoss) }, at: 0)
        }
        let mark = Column(title: "", width: .fixed(1), alignment: .left) { $0.isBest ? "★" : "" }
        let name = Column(
            title: look.say("job", "任务"), width: .flexible(minimum: 12), alignment: .left, text: { $0.job.title })
        let state = Column(title: "", width: .fixed(1), alignment: .left) { JobLook($0.job.status).glyph }
        var room = width - 1 - 1 - 12 - 3 * 2
        func fits(_ column: Column) -> Bool {
            guard case .fixed(let columns) = column.width, columns + 2 <= room else { return false }
            room -= columns + 2
            return true
        }
        let hasLoss = fits(loss) ? [loss] : []
        let shown = settings.filter(fits)
        return [mark, state, name] + shown + hasLoss + others.filter(fits)
    }

    // MARK: - The job under the cursor

    private func draw(
        _ row: JobComparison.Row, of comparison: JobComparison, in area: Rect, on surface: inout Surface
    ) {
        var facts: [String] = []
        if let figures = row.figures {
            facts.append(look.say("\(Figures.count(figures.steps)) steps", "\(Figures.count(figures.steps)) 步"))
            facts.append(
                look.say(
                    "training loss \(Self.decimals(figures.trainingLoss)), lowest \(Self.decimals(figures.lowestTrainingLoss))",
                    "训练损失 \(Self.decimals(figures.trainingLoss))，最低 \(Self.decimals(figures.lowestTrainingLoss))"))
            if let best = figures.bestValidationLoss, let last = figures.validationLoss, let step = figures.bestStep {
                facts.append(
                    look.say(
                        "validation loss \(Self.decimals(best)) at step \(step), last \(Self.decimals(last))",
                        "第 \(step) 步验证损失 \(Self.decimals(best))，最后 \(Self.decimals(last))"))
            }
        } else {
            facts.append(look.say("no step yet", "还没有完成任何一步"))
        }
        let settings = zip(comparison.names, row.settings).map { "\($0.rawValue) = \($1 ?? "–")" }
        let lines = [
            row.job.title + " · " + look.say(JobLook(row.job.status).word), settings.joined(separator: ", "),
            facts.joined(separator: " · "),
        ]
        var rest = area
        for (index, line) in lines.enumerated() where !line.isEmpty && !rest.isEmpty {
            _ = rest.takeTop(surface.writeWrapped(line, in: rest, style: look[index == 0 ? .strong : .muted]))
        }
    }

    private static func decimals(_ value: Double?) -> String {
        value.map { $0.isFinite ? String(format: "%.4f", $0) : "–" } ?? "–"
    }
}

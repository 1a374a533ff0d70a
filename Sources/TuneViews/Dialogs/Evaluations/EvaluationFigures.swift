import TuneCanvas
import TuneControl
import TuneModel

/// Models by measures, a row each; as many measures as there is room for, the one that sorts among them.
struct EvaluationFigures: Drawable {
    let opened: Evaluations.Opened
    let look: Look

    private var report: EvaluationReport { opened.report }
    private var summary: EvaluationSummary { opened.summary }

    func draw(in area: Rect, on surface: inout Surface) {
        let shown = columns(width: area.width, surface.measure)
        let count = min(summary.rows.count, area.height - 1)
        // The model that sorts is on show, however many there are.
        let top = max(0, min(summary.rows.count - count, (opened.model ?? 0) - count / 2))
        Grid(
            columns: [Grid.Column(look.say("model", "模型"), width: .flexible(minimum: 12))]
                + shown.map { Grid.Column($0.title, width: .fixed($0.width), alignment: .right) },
            count: count, headerStyle: look[.muted], style: look[.background], gap: 2
        ) { row in
            let model = top + row
            let isSorting = opened.model == model
            let name = EvaluationPage.letter(model) + " " + Figures.model(summary.rows[model].model)
            return [Grid.Item(name, look[isSorting ? .strong : .text])]
                + shown.map { Grid.Item($0.texts[model], look[$0.isBest[model] ? .good : .text]) }
        }.draw(in: area, on: &surface)
    }

    // MARK: -

    private struct Column {
        let title: String
        let width: Int
        /// Of each model.
        let texts: [String]
        let isBest: [Bool]
    }

    private func columns(width: Int, _ measure: GlyphWidth) -> [Column] {
        var order = summary.measures
        // The one that sorts comes first where not all fit.
        if let index = order.firstIndex(of: opened.measure) { order.insert(order.remove(at: index), at: 0) }
        var room = width - 24
        var fitting: [Measure: Column] = [:]
        for name in order {
            let column = column(name, isWide: width >= DeckLayout.widest - 8, measure)
            guard column.width + 2 <= room else { continue }
            room -= column.width + 2
            fitting[name] = column
        }
        return summary.measures.compactMap { fitting[$0] }
    }

    /// With the interval where there is room for it.
    private func column(_ name: Measure, isWide: Bool, _ measure: GlyphWidth) -> Column {
        let figures = summary.rows.map { $0.figures[name] }
        let texts = figures.map { figure -> String in
            guard let figure else { return "–" }
            let mark =
                switch figure.standing {
                case .best: " ★"
                case .even: " ≈"
                case .alone: ""
                case .behind: "  "
                }
            guard let interval = figure.interval, isWide else { return short(name.text(figure.value)) + mark }
            let half = (interval.upper - interval.lower) / 2
            return short(name.text(figure.value)) + " ±" + short(name.text(half)) + mark
        }
        let title = look.say(name.label) + (name == opened.measure ? " ▾" : "")
        let widest = texts.map { measure.columns(of: $0) }.max() ?? 0
        return Column(
            title: title, width: max(widest, measure.columns(of: title)), texts: texts,
            isBest: figures.map { $0?.standing == .best })
    }

    /// Percent signs in every cell would be noise; the header's words are shares.
    private func short(_ text: String) -> String { text.hasSuffix(" %") ? String(text.dropLast(2)) + "%" : text }
}

import TuneCanvas
import TuneControl
import TuneModel

/// The values at the crosshair, a row for each run; without crosshair, the newest. Of several runs it also tells in
/// which settings they differ.
struct ChartTable {
    let state: Deck.State
    let look: Look

    /// Rows that it wants, its heading and the rule above it included.
    func rows(in width: Int) -> Int { state.charts.runs.count + 2 }

    func draw(in area: Rect, on surface: inout Surface) {
        guard area.height > 2 else { return }
        var rest = area
        // From border to border of the page, which leaves a column free on either side.
        let line = rest.takeTop(1)
        surface.rule(
            Rect(x: line.x - 2, y: line.y, width: line.width + 4, height: 1), style: look[.borderFocused])
        let heading = rest.takeTop(1)
        let columns = columns(width: area.width, measure: surface.measure)
        var x = area.x
        for column in columns {
            let place = Rect(x: x, y: heading.y, width: column.width, height: 1)
            surface.write(
                column.title, in: place, style: look[.muted], alignment: column.isName ? .left : .right)
            for (row, text) in column.texts.enumerated() where row < rest.height {
                let role = column.isName && state.charts.runs.count > 1 ? TopicChart.role(of: row) : .text
                surface.write(
                    text, in: Rect(x: x, y: rest.y + row, width: column.width, height: 1), style: look[role],
                    alignment: column.isName ? .left : .right)
            }
            x += column.width + 2
        }
    }

    // MARK: -

    private struct Column {
        let title: String
        let texts: [String]
        var isName = false
        var width = 0
    }

    /// As many as there is room for, in the order of their weight: the names, what differs, the values.
    private func columns(width: Int, measure: GlyphWidth) -> [Column] {
        var taken = 0
        var columns: [Column] = []
        for var column in [names] + settings + values {
            let least = ([column.title] + column.texts).map { measure.columns(of: $0) }.max() ?? 0
            column.width = min(column.isName ? 24 : 18, least)
            guard taken + column.width <= width else { continue }
            taken += column.width + 2
            columns.append(column)
        }
        return columns
    }

    private var names: Column {
        let titles = state.chartTitles
        let texts = titles.enumerated().map { place, title in
            titles.count > 1 ? "\(TopicChart.mark(of: place)) \(title)" : title
        }
        return Column(title: position, texts: texts, isName: true)
    }

    /// Where the values are from.
    private var position: String {
        guard let step = state.charts.cursor else { return look.say("newest step", "最新一步") }
        return look.say("at step \(Figures.count(step))", "第 \(Figures.count(step)) 步")
    }

    private var settings: [Column] {
        let jobs = state.charts.runs.compactMap { run in state.jobs.jobs.first { $0.id == run.job } }
        guard jobs.count > 1, jobs.count == state.charts.runs.count else { return [] }
        return SettingName.varied(in: jobs).map { name in
            Column(title: name.rawValue, texts: jobs.map { name.text(of: $0) ?? "–" })
        }
    }

    private var values: [Column] {
        RunMeasure.allCases.compactMap { measure in
            let runs = state.charts.runs
            guard runs.contains(where: { !$0.course[measure].isEmpty }) else { return nil }
            return Column(title: title(of: measure), texts: runs.map { text(of: measure, in: $0) })
        }
    }

    private func text(of measure: RunMeasure, in run: Charts.Run) -> String {
        let series = run.course[measure]
        guard let value = value(of: series, in: run), value.isFinite else { return "–" }
        switch measure {
        case .learningRate: return Figures.rate(value)
        case .tokensPerSecond: return Figures.count(Int(value.rounded()))
        default: return Figures.precise(value)
        }
    }

    /// The crosshair stands at a place on the axis, which each run reaches at a step of its own.
    private func value(of series: Series, in run: Charts.Run) -> Double? {
        guard let place = state.charts.cursorPlace else { return series.last }
        return CoursePoints(series: series, course: run.course, unit: state.charts.unit).nearest(to: place)?.y
    }

    private func title(of measure: RunMeasure) -> String {
        switch measure {
        case .loss: look.say("loss", "损失")
        case .validationLoss: look.say("val loss", "验证损失")
        case .tokenAccuracy: look.say("token acc", "词元准确")
        case .validationTokenAccuracy: look.say("val token", "验证词元")
        case .sequenceAccuracy: look.say("seq acc", "整句准确")
        case .validationSequenceAccuracy: look.say("val seq", "验证整句")
        case .endingAccuracy: look.say("ending", "结尾准确")
        case .learningRate: look.say("lr", "学习率")
        case .gradientNorm: look.say("grad norm", "梯度范数")
        case .tokensPerSecond: look.say("tok/s", "词元/秒")
        }
    }
}

import TuneCanvas
import TuneControl
import TuneModel

/// One chart of the page: a measure of every run, with its validation, over the window that all charts share.
struct TopicChart {
    let topic: ChartTopic
    let charts: Charts.State
    let titles: [String]
    let look: Look

    var hasManyRuns: Bool { charts.runs.count > 1 }

    /// With several runs their names stand in the table, which has their marks.
    func draw(in area: Rect, on surface: inout Surface) {
        let chart = chart
        guard charts.runs.contains(where: { run in topic.measures.contains { !run.course[$0].isEmpty } }) else {
            surface.write(look.say("not told", "无数据"), in: area.row(0), style: look[.muted])
            return
        }
        chart.draw(in: area, on: &surface)
        guard let shown = charts.shown, chart.valueRange(in: shown) == nil else { return }
        let text =
            charts.isLogarithmic
            ? look.say("nothing above 0 here", "此处没有大于 0 的值") : look.say("nothing here", "此处没有数据")
        surface.write(text, in: area.row(area.height / 2).inset(left: 2), style: look[.muted])
    }

    // MARK: -

    private var chart: LineChart {
        let runs = Array(charts.runs.enumerated())
        // What is drawn later lies on top: the noise below, the first run above all others.
        let below = runs.reversed().flatMap { _, run in topic.measures.flatMap { self.noise(of: run, $0) } }
        let above = runs.reversed().flatMap { place, run in topic.measures.flatMap { line(of: run, place, $0) } }
        var chart = LineChart(
            below + above, xLabel: look.say(charts.unit.name), scale: charts.isLogarithmic ? .logarithmic : .linear,
            xRange: charts.shown, axisStyle: look[.muted], hasLegend: !hasManyRuns)
        chart.xNumbers = charts.unit.numbers
        chart.crosshair = charts.cursorPlace
        chart.crosshairStyle = look[.border]
        return chart
    }

    private func noise(of run: Charts.Run, _ measure: RunMeasure) -> [ChartLine] {
        guard run.smoothed(measure) != nil else { return [] }
        return [
            ChartLine(
                "", points: CoursePoints(series: run.course[measure], course: run.course, unit: charts.unit),
                style: look[.border])
        ]
    }

    private func line(of run: Charts.Run, _ place: Int, _ measure: RunMeasure) -> [ChartLine] {
        let series = run.smoothed(measure) ?? run.course[measure]
        guard !series.isEmpty else { return [] }
        let role = hasManyRuns ? Self.role(of: place) : Self.role(of: measure)
        return [
            ChartLine(
                name(of: measure), points: CoursePoints(series: series, course: run.course, unit: charts.unit),
                style: look[role], isDashed: measure.isValidation, mark: hasManyRuns ? Self.mark(of: place) : nil)
        ]
    }

    private func name(of measure: RunMeasure) -> String {
        measure.isValidation ? look.say("validation", "验证") : look.say("training", "训练")
    }

    private static func role(of measure: RunMeasure) -> Role {
        switch measure {
        case .loss: .chartLoss
        case .validationLoss, .validationTokenAccuracy, .validationSequenceAccuracy: .chartValidation
        case .tokenAccuracy, .sequenceAccuracy, .endingAccuracy: .chartAccuracy
        case .learningRate, .gradientNorm, .tokensPerSecond: .chartRate
        }
    }

    /// Each run has its colour in every chart and in the table.
    static func role(of place: Int) -> Role {
        let roles: [Role] = [.chartLoss, .chartValidation, .chartAccuracy, .error, .strong, .chartRate]
        return roles[place % roles.count]
    }

    /// And its number, for those who cannot tell colours apart.
    static func mark(of place: Int) -> Character { Character(String(place + 1)) }
}

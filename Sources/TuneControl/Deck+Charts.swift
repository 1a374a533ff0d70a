public import TuneModel

extension Deck {
    /// The commands of the page of charts.
    static func performOnCharts(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .showCharts:
            guard let job = state.jobs.selected else { return [] }
            state.dialogs.append(.charts)
            let others = state.jobs.jobs.filter { state.jobs.marked.contains($0.id) && $0.id != job.id }.map(\.id)
            let jobs = Array(([job.id] + others).prefix(mostRuns))
            let isFollowed = state.follow.job == job.id
            let effects = Charts.update(
                &state.charts, .opened(jobs, first: isFollowed ? state.follow.course : RunCourse()))
            return isFollowed ? effects : [.loadCourses(jobs)]
        case .chartZoomIn: return Charts.update(&state.charts, .zoomed(inward: true))
        case .chartZoomOut: return Charts.update(&state.charts, .zoomed(inward: false))
        case .chartLeft: return Charts.update(&state.charts, .cursorMoved(-1))
        case .chartRight: return Charts.update(&state.charts, .cursorMoved(1))
        case .chartBack: return Charts.update(&state.charts, .panned(-0.5))
        case .chartForward: return Charts.update(&state.charts, .panned(0.5))
        case .chartLogarithm: return Charts.update(&state.charts, .logarithmToggled)
        case .chartSmoothing: return Charts.update(&state.charts, .smoothingChanged)
        case .chartUnit: return Charts.update(&state.charts, .unitChanged)
        case .chartAlone: return Charts.update(&state.charts, .aloneToggled)
        case .chartReset: return Charts.update(&state.charts, .reset)
        case .exportChart:
            let stem = ModelCard.slug(state.chartTitles.first ?? "chart")
            let name = "\(stem)-\(state.charts.topic.rawValue).svg"
            state.dialogs.append(.line(LinePrompt.State(.chart, text: name, hints: chartHints)))
        default: break
        }
        return []
    }

    static func moveInCharts(_ motion: Motion, in state: inout State) -> [Effect] {
        switch motion {
        case .lines(let step), .pages(let step): return Charts.update(&state.charts, .topicMoved(by: step))
        case .first: return Charts.update(&state.charts, .cursorSent(toEnd: false))
        case .last: return Charts.update(&state.charts, .cursorSent(toEnd: true))
        }
    }

    /// What the name of a file that was typed leads to: the chart that has the keys, as it is shown.
    static func exportChart(to text: String, in state: inout State) -> [Effect] {
        guard !text.isEmpty else { return [] }
        guard [".svg", ".png", ".csv"].contains(where: text.lowercased().hasSuffix) else {
            state.changeLine {
                $0.problem = Explanation(
                    Wording("The ending says the form of a chart.", "图表的格式由文件名的结尾决定。"),
                    next: Wording("Let the name end in .svg, .png or .csv.", "请让文件名以 .svg、.png 或 .csv 结尾。"))
            }
            return []
        }
        state.dialogs.removeLast()
        return [.exportChart(state.chartSheet, path: FileNames.absolute(text))]
    }

    // MARK: -

    /// More curves than these nobody can tell apart.
    private static let mostRuns = 6

    private static let chartHints = [
        LinePrompt.Hint(".svg", Wording("a picture that stays sharp at any size", "可任意缩放的矢量图")),
        LinePrompt.Hint(".png", Wording("a picture of 1,200 × 675 points", "1,200 × 675 像素的图片")),
        LinePrompt.Hint(".csv", Wording("the points that are shown, as a table", "图中各点的数据表")),
    ]
}

extension Deck.State {
    /// The names of the runs on the page of charts, in their order.
    public var chartTitles: [String] {
        charts.runs.map { run in jobs.jobs.first { $0.id == run.job }?.title ?? run.job.text }
    }

    /// The chart that has the keys, as it is shown.
    public var chartSheet: ChartSheet { chartSheet(of: charts.topic) }

    public func chartSheet(of topic: ChartTopic) -> ChartSheet {
        let curves = zip(charts.runs, chartTitles).flatMap { run, title in
            topic.measures.map {
                ChartSheet.Curve(run: title, measure: $0, course: run.course, smoothed: run.smoothed($0))
            }
        }
        let title = chartTitles.joined(separator: ", ") + " · " + topic.name[language]
        return ChartSheet(
            title: title, curves: curves, unit: charts.unit, isLogarithmic: charts.isLogarithmic,
            window: charts.window.isWhole ? nil : charts.shown, language: language)
    }
}

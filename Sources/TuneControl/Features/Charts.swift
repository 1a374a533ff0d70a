public import TuneModel

/// The page of charts: every measure of a job, and of those marked beside it, over one axis with one crosshair.
public enum Charts {
    public struct Run: Hashable, Sendable {
        public let job: JobID
        public var course = RunCourse()
        /// Its curves without noise, as far as they are smoothed.
        var smoothed: [RunMeasure: SmoothedSeries] = [:]

        init(job: JobID, course: RunCourse = RunCourse()) {
            self.job = job
            self.course = course
        }

        /// The curve to look at: without noise where there is smoothing.
        public func smoothed(_ measure: RunMeasure) -> Series? { smoothed[measure]?.series }
    }

    public struct State: Hashable, Sendable {
        /// The first is the one that the page was opened for; its steps are the crosshair's.
        public var runs: [Run] = []
        /// The chart that has the keys.
        public var topic = ChartTopic.loss
        /// It has all the room.
        public var isAlone = false
        public var unit = ChartUnit.steps
        public var isLogarithmic = false
        public var window = ChartWindow()
        /// The step of the first run that the crosshair is at; nil without crosshair.
        public var cursor: Int?
        var smoothing = 0

        public init() {}
    }

    public enum Action: Hashable, Sendable {
        case opened([JobID], first: RunCourse)
        case loaded(JobID, RunCourse)
        case arrived(JobID, [JobEvent])
        case zoomed(inward: Bool)
        /// By so many windows.
        case panned(Double)
        /// By so many columns of about fifty, and at least a step.
        case cursorMoved(Int)
        case cursorSent(toEnd: Bool)
        case topicMoved(by: Int)
        case aloneToggled
        case logarithmToggled
        case smoothingChanged
        case unitChanged
        case reset
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .opened(let jobs, let first):
            state.open(jobs, first: first)
            return jobs.count > 1 ? [.loadCourses(Array(jobs.dropFirst()))] : []
        case .loaded(let job, let course):
            state.change(job) { $0.course = course }
        case .arrived(let job, let events):
            state.change(job) { run in
                for event in events {
                    if case .metrics(let step) = event.kind { run.course.absorb(step, at: event.createdAt) }
                }
            }
        case .zoomed(let inward):
            guard let whole = state.whole else { return [] }
            let steps = state.runs.map { $0.course[.loss].points.count }.max() ?? 0
            let least = whole.width * State.fewestSteps / max(State.fewestSteps, Double(steps))
            state.window.zoom(inward: inward, around: state.cursorPlace, in: whole, least: least)
        case .panned(let share):
            guard let whole = state.whole else { return [] }
            state.window.pan(by: share, in: whole)
        case .cursorMoved(let columns): state.moveCursor(by: columns)
        case .cursorSent(let toEnd):
            let points = state.runs.first?.course[.loss].points
            state.point(at: toEnd ? points?.last?.step : points?.first?.step)
        case .topicMoved(let step):
            let topics = state.topics
            guard let here = topics.firstIndex(of: state.topic) else { break }
            state.topic = topics[(here + step + topics.count) % topics.count]
        case .aloneToggled: state.isAlone.toggle()
        case .logarithmToggled: state.isLogarithmic.toggle()
        case .smoothingChanged:
            state.smoothing = (state.smoothing + 1) % State.weights.count
            for index in state.runs.indices { state.smooth(index) }
        case .unitChanged: state.changeUnit()
        case .reset:
            state.window = ChartWindow()
            state.cursor = nil
        }
        return []
    }
}

extension Charts.State {
    /// How much of what came before is in a smoothed value: from nothing to nearly all.
    static let weights = [0, 0.6, 0.9, 0.97, 0.99]
    /// A window of fewer steps shows nothing that a wider one does not.
    static let fewestSteps = 8.0

    /// 0 draws the curves as they are.
    public var weight: Double { Self.weights[smoothing] }

    /// What the axis spans over all runs; nil while there is nothing.
    public var whole: ClosedRange<Double>? {
        let spans = runs.compactMap { $0.course.span(in: unit) }
        guard let low = spans.map(\.lowerBound).min(), let high = spans.map(\.upperBound).max() else { return nil }
        return low...high
    }

    public var shown: ClosedRange<Double>? { whole.map { window.range(in: $0) } }

    /// Where the crosshair stands on the axis.
    public var cursorPlace: Double? { cursor.flatMap { step in runs.first?.course.position(of: step, in: unit) } }

    /// The charts for which any run has something.
    public var topics: [ChartTopic] {
        ChartTopic.allCases.filter { topic in
            topic == .loss || runs.contains { run in topic.measures.contains { !run.course[$0].isEmpty } }
        }
    }

    // MARK: -

    fileprivate mutating func open(_ jobs: [JobID], first: RunCourse) {
        let isOther = runs.map(\.job) != jobs
        if isOther {
            window = ChartWindow()
            cursor = nil
        }
        runs = jobs.enumerated().map { Charts.Run(job: $1, course: $0 == 0 ? first : RunCourse()) }
        if !first.knows(unit) { unit = .steps }
        for index in runs.indices { smooth(index) }
    }

    fileprivate mutating func change(_ job: JobID, _ body: (inout Charts.Run) -> Void) {
        guard let index = runs.firstIndex(where: { $0.job == job }) else { return }
        body(&runs[index])
        smooth(index)
    }

    /// Keeps the smoothed curves of a run up with it; what is measured now and then has too few points to be averaged.
    fileprivate mutating func smooth(_ index: Int) {
        guard weight > 0 else {
            runs[index].smoothed = [:]
            return
        }
        for measure in RunMeasure.allCases where !measure.isValidation && !runs[index].course[measure].isEmpty {
            if runs[index].smoothed[measure]?.weight != weight {
                runs[index].smoothed[measure] = SmoothedSeries(weight: weight)
            }
            let raw = runs[index].course[measure]
            runs[index].smoothed[measure]?.follow(raw)
        }
    }

    fileprivate mutating func point(at step: Int?) {
        cursor = step
        if let place = cursorPlace, let whole { window.reveal(place, in: whole) }
    }

    fileprivate mutating func moveCursor(by columns: Int) {
        guard let course = runs.first?.course, let shown, let last = course[.loss].points.last else { return }
        // The first move puts it on the newest step that is in view.
        guard let here = cursor else { return point(at: course.step(at: shown.upperBound, in: unit) ?? last.step) }
        let points = course[.loss].points
        let place = course[.loss].place(of: here)
        let aim = course.position(of: here, in: unit) + Double(columns) * shown.width / 50
        let beside = points[max(0, min(points.count - 1, place + columns.signum()))].step
        let step = course.step(at: aim, in: unit) ?? here
        point(at: columns > 0 ? max(step, beside) : min(step, beside))
    }

    /// The next unit that the first run tells; the same steps stay in view.
    fileprivate mutating func changeUnit() {
        guard let course = runs.first?.course else { return }
        let old = unit
        repeat { unit = unit.next } while !course.knows(unit)
        guard !window.isWhole, let whole else { return }
        let kept = shownSteps(in: old)
        let (low, high) = (
            course.position(of: kept.lowerBound, in: unit), course.position(of: kept.upperBound, in: unit)
        )
        window.show(low...max(low, high), in: whole)
    }

    private func shownSteps(in unit: ChartUnit) -> ClosedRange<Int> {
        var old = self
        old.unit = unit
        guard let course = runs.first?.course, let shown = old.shown,
            let low = course.step(at: shown.lowerBound, in: unit),
            let high = course.step(at: shown.upperBound, in: unit)
        else { return 0...0 }
        return low...max(low, high)
    }
}

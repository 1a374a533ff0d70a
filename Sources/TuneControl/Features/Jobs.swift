public import TuneModel

/// Every job of the workspace, newest first.
public enum Jobs {
    public struct State: Hashable, Sendable {
        public var jobs: [Job] = []
        public var list = ListState()
        /// Whether the list has been read at least once.
        public var isLoaded = false
        /// The follow pane takes the whole screen.
        public var isZoomed = false
        /// Losses for the list's sparklines.
        public var curves: [JobID: Series] = [:]
        /// A job just started, which the list shows as soon as it has it.
        public var awaited: JobID?

        public init() {}

        public var selected: Job? { list.selected.map { jobs[$0] } }
        /// The one whose progress the header shows.
        public var running: Job? { jobs.first { $0.status == .running } }
    }

    public enum Action: Hashable, Sendable {
        case arrived([Job])
        case moved(Motion, rows: Int)
        case curveArrived(JobID, Series)
        case zoomToggled
        case created(Job)
        /// A job is another one than it was.
        case changed(Job)
        case deleted(JobID)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .arrived(let jobs):
            return absorb(jobs, in: &state)
        case .moved(let motion, let rows):
            state.list.move(motion, rows: rows)
        case .curveArrived(let id, let series):
            state.curves[id] = series
        case .zoomToggled:
            state.isZoomed.toggle()
        case .created(let job):
            state.awaited = job.id
            if !state.jobs.contains(where: { $0.id == job.id }) { state.jobs.insert(job, at: 0) }
            state.list.resize(to: state.jobs.count)
            state.list.select(state.jobs.firstIndex { $0.id == job.id } ?? 0)
        case .changed(let job):
            if let index = state.jobs.firstIndex(where: { $0.id == job.id }) { state.jobs[index] = job }
        case .deleted(let id):
            state.jobs.removeAll { $0.id == id }
            state.curves[id] = nil
            state.list.resize(to: state.jobs.count)
        }
        return []
    }

    // MARK: -

    /// More sparklines than any list shows at once are not worth reading.
    private static let curvesAtOnce = 40

    private static func absorb(_ jobs: [Job], in state: inout State) -> [Effect] {
        let kept = state.awaited ?? state.selected?.id
        state.jobs = jobs
        state.isLoaded = true
        state.list.resize(to: jobs.count)
        if let kept, let index = jobs.firstIndex(where: { $0.id == kept }) {
            state.list.select(index)
            if kept == state.awaited { state.awaited = nil }
        }
        var unread: [JobID] = []
        for job in jobs.prefix(curvesAtOnce) {
            guard let latest = job.latest else { continue }
            if state.curves[job.id] == nil {
                // Reserved, so that the next look at the list does not ask again.
                state.curves[job.id] = Series()
                unread.append(job.id)
            }
            if state.curves[job.id]?.points.last?.step != latest.step {
                state.curves[job.id]?.append(latest.trainingLoss, at: latest.step)
            }
        }
        return unread.isEmpty ? [] : [.loadCurves(unread)]
    }
}

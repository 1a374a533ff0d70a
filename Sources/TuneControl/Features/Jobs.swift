public import TuneModel

/// Every job of the workspace: what runs, then what waits by its turn, then what has ended, newest first; the jobs of
/// a sweep stand together.
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
        /// Jobs chosen to be compared.
        public var marked: Set<JobID> = []
        /// What sets a job of a sweep apart from the others in it: `lr 1e-4 r 8`.
        public var variations: [JobID: String] = [:]
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
        case markToggled
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
        case .markToggled:
            guard let id = state.selected?.id else { return [] }
            if state.marked.remove(id) == nil { state.marked.insert(id) }
        case .created(let job):
            state.awaited = job.id
            let others = state.jobs.filter { $0.id != job.id }
            state.show([job] + others, selecting: job.id)
        case .changed(let job):
            state.show(state.jobs.map { $0.id == job.id ? job : $0 }, selecting: state.selected?.id)
        case .deleted(let id):
            let next = state.selected?.id
            state.curves[id] = nil
            state.show(state.jobs.filter { $0.id != id }, selecting: next == id ? nil : next)
        }
        return []
    }

    // MARK: -

    /// More sparklines than any list shows at once are not worth reading.
    private static let curvesAtOnce = 40

    private static func absorb(_ jobs: [Job], in state: inout State) -> [Effect] {
        let kept = state.awaited ?? state.selected?.id
        state.isLoaded = true
        state.show(jobs, selecting: kept)
        if let awaited = state.awaited, jobs.contains(where: { $0.id == awaited }) { state.awaited = nil }
        var unread: [JobID] = []
        for job in state.jobs.prefix(curvesAtOnce) {
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

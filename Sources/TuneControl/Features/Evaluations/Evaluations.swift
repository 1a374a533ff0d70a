public import TuneModel

/// Evaluations: those that were made, the one under way, and the one that is looked at.
public enum Evaluations {
    /// The one under way.
    public struct Running: Hashable, Sendable {
        public let request: EvaluationRequest
        public var progress: EvaluationProgress?
        public var isCancelled = false

        /// The dataset's name without its folder.
        public var name: String { request.dataset.split(separator: "/").last.map(String.init) ?? request.dataset }
    }

    public struct State: Equatable, Sendable {
        /// The newest first.
        public var cards: [EvaluationCard] = []
        public var isLoaded = false
        public var list = ListState()
        public var running: Running?
        public var opened: Opened?
        /// The one that is being read.
        public var awaited: String?

        public init() {}

        public var selected: EvaluationCard? { list.selected.map { cards[$0] } }
    }

    public enum Action: Equatable, Sendable {
        case listed([EvaluationCard])
        case moved(Motion, rows: Int)
        case openAsked
        case arrived(EvaluationReport, EvaluationSummary)
        case loadFailed
        case started(EvaluationRequest)
        case progressed(EvaluationProgress)
        /// Nil when nothing was measured.
        case ended(EvaluationReport?, EvaluationSummary?)
        case cancelAsked
        case deleted(String)
        case opened(Opened.Action)
        /// A record that was measured, as its dataset has it now; with an answer to put in its place, or nil.
        case recordFound(path: String, row: Int, Record, answer: String?)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .listed(let cards):
            let kept = state.selected?.id
            state.cards = cards
            state.isLoaded = true
            state.list.resize(to: cards.count)
            if let kept, let index = cards.firstIndex(where: { $0.id == kept }) { state.list.select(index) }
        case .moved(let motion, let rows):
            state.list.move(motion, rows: rows)
        case .openAsked:
            guard let id = state.selected?.id, state.awaited == nil else { return [] }
            state.awaited = id
            return [.loadEvaluation(id)]
        case .arrived(let report, let summary):
            state.awaited = nil
            state.opened = Opened(report, summary)
        case .loadFailed:
            state.awaited = nil
        case .started(let request):
            state.running = Running(request: request)
            return [.evaluate(request)]
        case .progressed(let progress):
            state.running?.progress = progress
        case .ended(let report, let summary):
            state.running = nil
            guard let report, let summary else { return [] }
            state.opened = Opened(report, summary)
            return [.loadEvaluations]
        case .cancelAsked:
            guard state.running?.isCancelled == false else { return [] }
            state.running?.isCancelled = true
            return [.cancelEvaluation]
        case .deleted(let id):
            state.cards.removeAll { $0.id == id }
            state.list.resize(to: state.cards.count)
            if state.opened?.report.id == id { state.opened = nil }
        case .opened(let action):
            state.opened?.update(action)
        case .recordFound:
            // The deck opens its editor.
            break
        }
        return []
    }
}

public import TuneModel

/// The models of the workspace.
public enum Models {
    /// A base model on its way here.
    public struct Fetch: Hashable, Sendable {
        public let name: String
        public var progress: FetchProgress?
    }

    public struct State: Hashable, Sendable {
        public var cards: [ModelCard] = []
        public var bases: [BaseModel] = []
        public var list = ListState()
        public var isLoaded = false
        public var fetch: Fetch?

        public init() {}

        public var selected: ModelCard? { list.selected.map { cards[$0] } }
        /// The first base that is not here yet.
        public var missingBase: BaseModel? { bases.first { !$0.isPresent } }

        /// What a fine-tuned model started from; nil for a base or an unknown name.
        public func base(of name: String) -> String? {
            guard let card = cards.first(where: { $0.name == name }), case .fineTuned(let base, _) = card.kind else {
                return nil
            }
            guard let service = card.service else { return base }
            // What a service has trained from need not be there to be asked any more.
            let whole = ModelAddress(base, at: service).description
            return cards.contains { $0.name == whole } ? whole : nil
        }
    }

    public enum Action: Hashable, Sendable {
        case arrived([ModelCard], bases: [BaseModel])
        case moved(Motion, rows: Int)
        case fetchStarted(String)
        case fetched(String, FetchProgress)
        case fetchEnded(String)
        case deleted(String)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .arrived(let cards, let bases):
            let kept = state.selected?.name
            state.cards = cards
            state.bases = bases
            state.isLoaded = true
            state.list.resize(to: cards.count)
            if let kept, let index = cards.firstIndex(where: { $0.name == kept }) { state.list.select(index) }
        case .moved(let motion, let rows):
            state.list.move(motion, rows: rows)
        case .fetchStarted(let name):
            state.fetch = Fetch(name: name)
        case .fetched(let name, let progress):
            if state.fetch?.name == name { state.fetch?.progress = progress }
        case .fetchEnded:
            state.fetch = nil
            return [.loadModels]
        case .deleted(let name):
            state.cards.removeAll { $0.name == name }
            state.list.resize(to: state.cards.count)
        }
        return []
    }
}

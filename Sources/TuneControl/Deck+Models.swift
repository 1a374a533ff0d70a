import TuneModel

extension Deck {
    /// The commands of the screen Models.
    static func performOnModels(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .askModel:
            guard let card = state.models.selected else { return [] }
            return Ask.update(&state.ask, .modelChosen(card.name, base: state.models.base(of: card.name)))
                + enter(.ask, in: &state)
        case .trainModel:
            guard let card = state.models.selected else { return [] }
            return launch(from: card.nameThere, at: card.service, in: &state)
        case .fetchModel:
            guard let base = state.models.missingBase else { return [] }
            return fetch(base.name, in: &state)
        case .deleteModel:
            guard let card = state.models.selected else { return [] }
            state.dialogs.append(.confirm(.delete(card)))
        default: break
        }
        return []
    }

    /// One fetch at a time.
    static func fetch(_ name: String, in state: inout State) -> [Effect] {
        guard state.models.fetch == nil else { return [] }
        return Models.update(&state.models, .fetchStarted(name)) + [.fetchBase(name)]
    }
}

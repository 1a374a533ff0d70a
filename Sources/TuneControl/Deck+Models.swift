import TuneModel

extension Deck {
    /// The commands of the screens Ask and Models.
    static func performOnModels(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .ask: return Ask.update(&state.ask, .asked)
        case .typePrompt: return Ask.update(&state.ask, .typingChanged(true))
        case .stopAnswer: return Ask.update(&state.ask, .stopped)
        case .chooseModel:
            let names = state.models.cards.map(\.name)
            state.dialogs.append(.picker(ModelPicker(names: names, current: state.ask.model)))
        case .toggleBefore: return Ask.update(&state.ask, .beforeToggled)
        case .correct:
            guard let side = state.ask.correctable else { return [] }
            let (shape, paths) = state.correctionTargets
            let record = Ask.correction(of: side, hints: state.ask.hints, shape: shape)
            let target = Editor.Target.append(paths: paths, chosen: 0)
            var editor = Editor.State(record, target: target, original: nil)
            // What is wrong is the answer, which comes last.
            editor.active = editor.fields.count - 1
            state.dialogs.append(.editor(editor))
        case .askModel:
            guard let card = state.models.selected else { return [] }
            return Ask.update(&state.ask, .modelChosen(card.name, base: state.models.base(of: card.name)))
                + enter(.ask, in: &state)
        case .trainModel: return launch(from: state.models.selected?.name, in: &state)
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

import Foundation
public import TuneModel

extension Deck {
    /// The commands of the screen Ask.
    static func performOnAsk(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .ask: return Ask.update(&state.ask, .asked)
        case .askAgain: return Ask.update(&state.ask, .askedAgain)
        case .typePrompt: return Ask.update(&state.ask, .typingChanged(true))
        case .stopAnswer: return Ask.update(&state.ask, .stopped)
        case .chooseModel:
            let names = state.models.cards.map(\.name)
            state.dialogs.append(.picker(ModelPicker(names: names, current: state.ask.model)))
        case .toggleBefore: return Ask.update(&state.ask, .beforeToggled)
        case .editQuestion: return Ask.update(&state.ask, .writingChanged(.revision))
        case .newConversation: return Ask.update(&state.ask, .conversationStarted)
        case .systemPrompt: return Ask.update(&state.ask, .writingChanged(.system))
        case .changeForm: return Ask.update(&state.ask, .formChanged)
        case .answerSettings:
            state.dialogs.append(
                .parameters(Parameters.State(state.ask.settings, hints: state.ask.hints, isForOne: true)))
        case .history:
            state.dialogs.append(.history(History.State()))
            return [.loadAnswers(words: [])]
        case .searchHistory: return state.changeHistory { History.update(&$0, .typingChanged(true)) }
        case .deleteAnswer:
            guard case .history(let history) = state.dialogs.last, let answer = history.selected else { return [] }
            state.dialogs.append(.confirm(.delete(answer)))
        case .correct:
            guard let side = state.ask.correctable else { return [] }
            correct(side, hints: state.ask.hints, in: &state)
        case .odds: return walk(.toggled, in: &state)
        case .nextToken: return walk(.moved(by: 1), in: &state)
        case .previousToken: return walk(.moved(by: -1), in: &state)
        case .nextDoubt: return walk(.jumped(forward: true), in: &state)
        case .previousDoubt: return walk(.jumped(forward: false), in: &state)
        default: break
        }
        return []
    }

    /// Over the tokens of the answer in focus, on the screen that is shown.
    static func walk(_ action: Ask.OddsAction, in state: inout State) -> [Effect] {
        state.tab == .compare
            ? Compare.update(&state.compare, .odds(action)) : Ask.update(&state.ask, .odds(action))
    }

    /// Opens an answer as a record to be put right.
    static func correct(_ side: AnswerSide, hints: AskHints?, in state: inout State) {
        let (shape, paths) = state.correctionTargets(hints)
        guard !paths.isEmpty else { return }
        let record = side.correction(hints: hints, shape: shape)
        var editor = Editor.State(record, target: .append(paths: paths, chosen: 0), original: nil)
        // What is wrong is the answer, which comes last.
        editor.active = editor.fields.count - 1
        state.dialogs.append(.editor(editor))
    }
}

extension Confirm.State {
    static func delete(_ answer: KeptAnswer) -> Confirm.State {
        Confirm.State(
            question: Wording("Delete this answer from the history?", "从历史中删除这个回答？"),
            consequence: Wording("It cannot be read or asked again from there.", "之后无法再从历史中查看或重新提问。"),
            consent: .deleteAnswer(answer.id))
    }
}

extension Deck.State {
    func allowsAsk(_ command: Command) -> Bool {
        // Earlier answers can be looked at from anywhere.
        if command == .history { return true }
        guard tab == .ask else { return false }
        let hasTurns = !ask.turns.isEmpty
        return switch command {
        case .ask:
            ask.writing == .system || ask.model != nil && !ask.isAnswering && !ask.prompt.text.trimmed.isEmpty
        case .askAgain: ask.model != nil && !ask.isAnswering && (hasTurns || !ask.prompt.text.trimmed.isEmpty)
        case .typePrompt: !ask.isTyping
        case .stopAnswer: ask.isAnswering
        case .chooseModel: !models.cards.isEmpty
        case .toggleBefore: ask.base != nil && !ask.isAnswering
        case .correct: ask.correctable != nil && !correctionTargets(ask.hints).paths.isEmpty
        case .editQuestion: hasTurns && !ask.isAnswering
        case .newConversation: hasTurns
        case .systemPrompt: ask.isChat && ask.model != nil
        case .changeForm, .answerSettings: ask.model != nil
        case .odds: ask.side(at: ask.focus).map { !$0.tokens.isEmpty } ?? false
        case .nextToken, .previousToken, .nextDoubt, .previousDoubt: ask.odds != nil
        default: false
        }
    }

    /// Files that a corrected answer can go to, all of one shape: where the model learned first, then what is open.
    func correctionTargets(_ hints: AskHints?) -> (shape: Record.Shape, paths: [String]) {
        let editable = browse.sheets.map(\.facts).filter { $0.isEditable && $0.shape != .preference }
        guard let hints else {
            let shown = browse.current?.facts
            guard let first = editable.first(where: { $0 == shown }) ?? editable.first else { return (.completion, []) }
            let others = editable.filter { $0.shape == first.shape && $0 != first }
            return (first.shape, [first.path] + others.map(\.path))
        }
        let shape = hints.isChat ? Record.Shape.chat : .completion
        let others = editable.filter { $0.shape == shape && $0.path != hints.dataset }
        return (shape, [hints.dataset] + others.map(\.path))
    }
}

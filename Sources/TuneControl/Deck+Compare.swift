import Foundation
import TuneModel

extension Deck {
    /// The commands of the screen Compare.
    static func performOnCompare(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .ask, .askAgain: return Compare.update(&state.compare, .asked(state.ask.settings))
        case .typePrompt: return Compare.update(&state.compare, .typingChanged(true))
        case .stopAnswer: return Compare.update(&state.compare, .stopped(place: state.compare.focus))
        case .stopAll: return Compare.update(&state.compare, .stopped(place: nil))
        case .chooseModel:
            let names = state.models.cards.map(\.name)
            state.dialogs.append(.picker(ModelPicker(names: names, marked: state.compare.models)))
        case .answerSettings:
            state.dialogs.append(.parameters(Parameters.State(state.ask.settings, hints: nil, isForOne: false)))
        case .correct:
            guard let side = state.compare.correctable else { return [] }
            correct(side, hints: state.compare.hints(for: side.model), in: &state)
        case .odds, .nextToken, .previousToken, .nextDoubt, .previousDoubt, .history, .searchHistory, .deleteAnswer:
            return performOnAsk(command, in: &state)
        case .nextRecord: return pick(step: 1, in: &state)
        case .previousRecord: return pick(step: -1, in: &state)
        case .expected: return Compare.update(&state.compare, .expectedToggled)
        case .blind: return Compare.update(&state.compare, .blindToggled)
        case .voteFirst: return Compare.update(&state.compare, .voted(.best(0)))
        case .voteSecond: return Compare.update(&state.compare, .voted(.best(1)))
        case .voteThird: return Compare.update(&state.compare, .voted(.best(2)))
        case .voteFourth: return Compare.update(&state.compare, .voted(.best(3)))
        case .voteTie: return Compare.update(&state.compare, .voted(.tie))
        case .voteNone: return Compare.update(&state.compare, .voted(.noneGood))
        case .unvote: return Compare.update(&state.compare, .unvoted)
        case .savePair: savePair(in: &state)
        case .zoomAnswer: return Compare.update(&state.compare, .zoomToggled)
        case .tally:
            state.dialogs.append(.tally(ListState(count: VoteTally(state.compare.votes).lines.count)))
            return [.loadVotes]
        default: break
        }
        return []
    }

    /// Puts models side by side.
    static func compare(_ models: [String], in state: inout State, isShown: Bool = true) -> [Effect] {
        let bases = Dictionary(
            uniqueKeysWithValues: Set(models).compactMap { model in state.models.base(of: model).map { (model, $0) } })
        let effects = Compare.update(&state.compare, .modelsChosen(models, bases: bases))
        return effects + (isShown ? enter(.compare, in: &state) : [])
    }

    /// Before any choice was made, and when a model has gone: the model that is asked and its base, else the first two.
    static func chooseModelsToCompare(in state: inout State) -> [Effect] {
        guard state.isRecalled, state.models.isLoaded, !state.compare.isAnswering else { return [] }
        let names = state.models.cards.map(\.name)
        let present = state.compare.models.filter(names.contains)
        // What they came from may not have been known when they were chosen.
        if Compare.field.contains(present.count) { return compare(present, in: &state, isShown: false) }
        guard names.count > 1 else { return compare([], in: &state, isShown: false) }
        if let model = state.ask.model, let base = state.models.base(of: model), names.contains(base) {
            return compare([base, model], in: &state, isShown: false)
        }
        return compare(Array(names.prefix(2)), in: &state, isShown: false)
    }

    // MARK: -

    /// The next record of the dataset that prompts come from: the one on show in Data, as long as it is not begun.
    private static func pick(step: Int, in state: inout State) -> [Effect] {
        guard let path = state.promptSource else { return [] }
        if let source = state.compare.source, source.path == path {
            return [.loadRecord(path: path, row: source.row + step, step: step)]
        }
        return [.loadRecord(path: path, row: state.browse.current?.row ?? 0, step: step)]
    }

    private static func savePair(in state: inout State) {
        guard let (better, worse) = state.compare.pair else { return }
        let record = Compare.preference(better, worse, to: state.compare.question)
        let paths = state.preferenceTargets
        state.dialogs.append(.editor(Editor.State(record, target: .append(paths: paths, chosen: 0), original: nil)))
    }
}

extension Deck.State {
    func allowsCompare(_ command: Command) -> Bool {
        if command == .history { return true }
        guard tab == .compare else { return false }
        let isReady = Compare.field.contains(compare.models.count)
        func canWin(_ place: Int) -> Bool { compare.canVote && compare.contenders.contains(place) }
        return switch command {
        case .ask, .askAgain: isReady && !compare.isAnswering && !compare.prompt.text.trimmed.isEmpty
        case .typePrompt: !compare.isTyping
        case .stopAnswer: compare.side(at: compare.focus)?.isOpen ?? false
        case .stopAll: compare.sides.count(where: \.isOpen) > 1
        case .chooseModel: models.cards.count > 1
        case .answerSettings: isReady
        case .correct:
            compare.correctable.map { !correctionTargets(compare.hints(for: $0.model)).paths.isEmpty } ?? false
        case .nextRecord: isReady && promptSource != nil
        case .previousRecord: isReady && compare.source != nil && promptSource != nil
        case .expected: compare.source != nil
        case .blind: isReady
        case .voteFirst: canWin(0)
        case .voteSecond: canWin(1)
        case .voteThird: canWin(2)
        case .voteFourth: canWin(3)
        case .voteTie, .voteNone: compare.canVote
        case .unvote: compare.verdict != nil
        case .savePair: compare.pair != nil
        case .zoomAnswer: compare.places > 1
        case .tally: !compare.votes.isEmpty
        case .odds: compare.side(at: compare.focus).map { !$0.tokens.isEmpty } ?? false
        case .nextToken, .previousToken, .nextDoubt, .previousDoubt: compare.odds != nil
        default: false
        }
    }

    /// The dataset whose records are prompts: where the last one came from, while that is open, else the one on show.
    var promptSource: String? {
        let open = browse.sheets.map(\.facts)
        if let path = compare.source?.path, open.contains(where: { $0.path == path }) { return path }
        return browse.current.flatMap { $0.facts.records > 0 ? $0.facts.path : nil }
    }

    /// Files that a vote can go to: open ones with preferences, and a file of their own beside the other data.
    var preferenceTargets: [String] {
        let open = browse.sheets.map(\.facts).filter { $0.isEditable && $0.shape == .preference }.map(\.path)
        let near = compare.source?.path ?? compare.models.lazy.compactMap { compare.hints(for: $0)?.dataset }.first
        let folder = (near ?? browse.current?.facts.path).map { ($0 as NSString).deletingLastPathComponent }
        let own = ((folder ?? FileNames.absolute(".")) as NSString).appendingPathComponent("preferences.jsonl")
        return open.contains(own) ? open : open + [own]
    }

    /// The models of the marked jobs, else of the job under the cursor; one alone is compared with its base.
    var comparableModels: [String] {
        let marked = jobs.jobs.filter { jobs.marked.contains($0.id) }
        let chosen = marked.isEmpty ? [jobs.selected].compactMap(\.self) : marked
        let models = chosen.filter { $0.fineTunedModel != nil }
        if models.count == 1, let model = models[0].askableModel { return [models[0].askableBase, model] }
        return Array(models.compactMap(\.askableModel).prefix(Compare.field.upperBound))
    }
}

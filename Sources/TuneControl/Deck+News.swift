import Foundation
import TuneData
import TuneModel

/// Where one feature's news becomes another's action.
extension Deck {
    static func recall(_ remembered: Remembered?, files: [String], in state: inout State) -> [Effect] {
        state.isRecalled = true
        var effects: [Effect] = []
        // Files open in this order, one after the other, and the last one is on show.
        var opened: [Remembered.OpenFile] = []
        if let remembered {
            state.browse.showsWhitespace = remembered.showsWhitespace
            if let model = remembered.model {
                effects += Ask.update(&state.ask, .modelChosen(model, base: state.models.base(of: model)))
            }
            if let settings = remembered.answering { state.ask.settings = settings }
            if let compared = remembered.compared, Compare.field.contains(compared.count) {
                effects += compare(compared, in: &state, isShown: false)
            }
            let reopened = remembered.files.filter { !files.contains($0.path) }
            opened =
                reopened.filter { $0.path != remembered.current }
                + reopened.filter { $0.path == remembered.current }
            for file in reopened { state.browse.awaited[file.path] = file.view }
            if files.isEmpty {
                state.tab = remembered.tab
                effects += enter(state.tab, in: &state)
            }
        }
        opened += files.reversed().map { .init(path: $0, row: 0) }
        if !opened.isEmpty { effects.append(.openDatasets(opened)) }
        // The models may have come before what is remembered.
        return effects + chooseModelToAsk(in: &state)
    }

    static func absorb(_ action: Browse.Action, in state: inout State) -> [Effect] {
        if case .opened = action {
            if case .opener = state.dialogs.last { state.dialogs.removeLast() }
            state.focus[.data] = .records
        }
        let effects = Browse.update(&state.browse, action)
        switch action {
        case .opened(let facts, _), .grown(let facts):
            if facts.isWhole, facts.edits.stranded != nil { state.askAboutConflict(facts.path) }
        // What was to follow the save does not follow the next one.
        case .edit(.failed): state.savedFor = nil
        default: break
        }
        return effects
    }

    static func absorb(_ action: Prepare.Action, in state: inout State) -> [Effect] {
        var effects = Prepare.update(&state.prepare, action)
        if case .written(_, let files) = action, state.prepare.trainable == files, files.isWritten {
            effects.append(.openDatasets([.init(path: files.training, row: 0)]))
        }
        return effects
    }

    static func absorb(_ action: Jobs.Action, in state: inout State) -> [Effect] {
        let before = Dictionary(state.jobs.jobs.map { ($0.id, $0.status) }, uniquingKeysWith: { first, _ in first })
        var effects = Jobs.update(&state.jobs, action)
        for job in state.jobs.jobs where job.status.isFinal && before[job.id].map({ !$0.isFinal }) ?? false {
            state.announceEnd(of: job)
        }
        let finished = state.jobs.jobs.filter { job in
            job.status == .succeeded && before[job.id].map { !$0.isFinal } ?? false
        }
        if let job = finished.first {
            effects.append(.loadModels)
            // A model that is new is the one to be asked, unless another is just answering.
            if let model = job.askableModel, !state.ask.isAnswering {
                effects += Ask.update(&state.ask, .modelChosen(model, base: job.askableBase))
            }
        }
        if let pair = finishedPair(before, in: state) { effects += show(pair, in: &state) }
        effects += followSelected(in: &state)
        state.follow.explain(state.followed)
        return effects
    }

    static func absorb(_ action: Models.Action, in state: inout State) -> [Effect] {
        var effects = Models.update(&state.models, action)
        guard case .arrived = action else { return effects }
        effects += state.changeLaunch { [bases = state.models.bases] in Launch.update(&$0, .basesArrived(bases)) }
        if let model = state.ask.model, state.ask.base == nil, let base = state.models.base(of: model) {
            effects += Ask.update(&state.ask, .modelChosen(model, base: base))
        }
        return effects + chooseModelToAsk(in: &state) + (state.tab == .compare ? chooseModelsToCompare(in: &state) : [])
    }

    static func jobCreated(_ job: Job, in state: inout State) -> [Effect] {
        if case .launch = state.dialogs.last { state.dialogs.removeLast() }
        state.tab = .jobs
        return Jobs.update(&state.jobs, .created(job)) + followSelected(in: &state)
    }

    /// The first of them is the one to look at.
    static func jobsCreated(_ jobs: [Job], in state: inout State) -> [Effect] {
        guard let first = jobs.first else { return [] }
        for job in jobs.dropFirst() { _ = Jobs.update(&state.jobs, .created(job)) }
        return jobCreated(first, in: &state)
    }

    /// The follow pane shows the job under the cursor.
    static func followSelected(in state: inout State) -> [Effect] {
        guard state.tab == .jobs, let job = state.jobs.selected else { return [] }
        return Follow.update(&state.follow, .opened(job.id))
    }

    /// Before any choice was made: the newest fine-tuned model, else the first base.
    static func chooseModelToAsk(in state: inout State) -> [Effect] {
        guard state.isRecalled else { return [] }
        let names = state.models.cards.map(\.name)
        if let model = state.ask.model, names.contains(model) || state.ask.isAnswering { return [] }
        // What costs nothing comes first; a model elsewhere only where there is none here.
        let here = state.models.cards.filter { $0.service == nil }
        let cards = here.isEmpty ? state.models.cards : here
        guard let card = cards.first(where: { !$0.isBase }) ?? cards.first else { return [] }
        return Ask.update(&state.ask, .modelChosen(card.name, base: state.models.base(of: card.name)))
    }

    /// What a screen needs when it comes into view.
    static func enter(_ tab: Tab, in state: inout State) -> [Effect] {
        state.tab = tab
        switch tab {
        case .data, .prepare: return []
        case .jobs: return followSelected(in: &state)
        case .ask:
            if state.ask.turns.isEmpty { state.ask.isTyping = true }
            return [.loadModels]
        case .compare:
            let effects = chooseModelsToCompare(in: &state)
            // Nothing can be asked yet, so that keys are commands.
            if state.compare.places < Compare.field.lowerBound { state.compare.isTyping = false }
            return effects + [.loadModels, .loadVotes]
        case .models: return [.loadModels]
        case .files: return Files.update(&state.files, .opened(state.services.current))
        }
    }
}

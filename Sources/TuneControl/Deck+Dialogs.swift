import TuneModel

extension Deck {
    /// The commands of dialogs and text fields.
    static func performInDialog(_ command: Command, in state: inout State) -> [Effect] {
        switch command {
        case .accept: return accept(in: &state)
        case .save: return state.changeEditor { Editor.update(&$0, .saveAsked) }
        case .nextField: return moveField(by: 1, in: &state)
        case .previousField: return moveField(by: -1, in: &state)
        case .nextChoice:
            if case .parameters = state.dialogs.last {
                state.changeParameters { Parameters.update(&$0, .choiceChanged) }
                return []
            }
            if case .connect = state.dialogs.last { return state.changeConnect { Connect.update(&$0, .toggled) } }
            return state.changeLaunch { Launch.update(&$0, .choiceChanged) }
        case .markModel:
            guard case .picker(var picker) = state.dialogs.last else { return [] }
            picker.toggleMark()
            state.dialogs[state.dialogs.count - 1] = .picker(picker)
        case .resetParameters: state.changeParameters { Parameters.update(&$0, .reset) }
        case .moreSettings: return state.changeLaunch { Launch.update(&$0, .moreToggled) }
        case .complete: return state.changeOpener { Opener.update(&$0, .completed) }
        case .undo: return type(.undo, in: &state)
        case .redo: return type(.redo, in: &state)
        case .changeRole, .changeWeight, .addTurn, .removeTurn, .turnEarlier, .turnLater:
            guard let change = Editor.TurnChange(command) else { return [] }
            return state.changeEditor { Editor.update(&$0, .turn(change)) }
        case .nextTarget: return state.changeEditor { Editor.update(&$0, .targetChanged) }
        case .confirmYes:
            guard case .confirm(let confirm) = state.dialogs.popLast() else { return [] }
            return carryOut(confirm.consent, in: &state)
        case .confirmNo:
            if case .confirm = state.dialogs.last { state.dialogs.removeLast() }
        default: break
        }
        return []
    }

    // MARK: -

    private static func accept(in state: inout State) -> [Effect] {
        switch state.dialogs.last {
        case .opener: return state.changeOpener { Opener.update(&$0, .accepted) }
        case .launch(let launch):
            // A base that is not here is fetched first; the form waits for it.
            if let missing = launch.missingBase { return fetch(missing.name, in: &state) }
            return startLaunch(in: &state)
        case .themes(let picker): return acceptTheme(picker, in: &state)
        case .palette(let palette):
            guard let command = palette.chosen else { return [] }
            // What cannot be done here stays on show, and says so in its row.
            guard palette.isPossible(command) else { return [] }
            state.dialogs.removeLast()
            return state.allows(command) ? perform(command, rows: 1, in: &state) : []
        case .picker(let picker):
            if let models = picker.marked {
                guard picker.canCompare else { return [] }
                state.dialogs.removeLast()
                return compare(models, in: &state)
            }
            guard let name = picker.chosen else { return [] }
            state.dialogs.removeLast()
            return Ask.update(&state.ask, .modelChosen(name, base: state.models.base(of: name)))
        case .comparison(let table):
            guard let id = table.selected?.job.id, let index = state.jobs.jobs.firstIndex(where: { $0.id == id })
            else { return [] }
            state.dialogs.removeLast()
            state.jobs.list.select(index)
            return followSelected(in: &state)
        case .choice(let choice):
            guard let pick = choice.chosen else { return [] }
            state.dialogs.removeLast()
            // Another dataset may have come on show since.
            if let index = state.browse.sheets.firstIndex(where: { $0.facts.path == choice.dataset }) {
                state.browse.list.select(index)
            }
            return carryOut(pick, in: &state)
        case .line(let prompt): return accept(prompt, in: &state)
        case .bulk(let bulk):
            guard let edit = bulk.edit else { return [] }
            state.dialogs.removeLast()
            return [.stop(.previewing)] + Browse.update(&state.browse, .edit(.asked(edit)))
        case .parameters(var sheet):
            switch sheet.result {
            case .success(let settings):
                state.dialogs.removeLast()
                return Ask.update(&state.ask, .settingsChanged(settings))
            case .failure(let fault):
                sheet.active = sheet.fields.firstIndex { $0.name == fault.field } ?? sheet.active
                state.dialogs[state.dialogs.count - 1] = .parameters(sheet)
                return []
            }
        case .history(let history):
            if history.isTyping { return state.changeHistory { History.update(&$0, .typingChanged(false)) } }
            guard let answer = history.selected else { return [] }
            state.dialogs.removeLast()
            return enter(.ask, in: &state)
                + Ask.update(&state.ask, .reopened(answer, base: state.models.base(of: answer.model)))
        case .evaluationForm: return startEvaluation(in: &state)
        case .services: return chooseService(in: &state)
        case .connect: return state.changeConnect { Connect.update(&$0, .accepted) }
        case .editor, .confirm, .results, .statistics, .help, .log, .tally, .evaluations, .evaluation, .charts:
            return []
        case nil:
            guard state.browse.current?.search.isTyping == true else { return [] }
            return Browse.update(&state.browse, .search(.asked(forward: true)))
        }
    }

    private static func moveField(by step: Int, in state: inout State) -> [Effect] {
        switch state.dialogs.last {
        case .editor: return state.changeEditor { Editor.update(&$0, .fieldMoved(by: step)) }
        case .launch: return state.changeLaunch { Launch.update(&$0, .fieldMoved(by: step)) }
        case .connect: return state.changeConnect { Connect.update(&$0, .moved(by: step)) }
        case .bulk: return state.changeBulk { Bulk.update(&$0, .fieldMoved(by: step)) }
        case .parameters: state.changeParameters { Parameters.update(&$0, .fieldMoved(by: step)) }
        case .evaluationForm:
            return state.changeEvaluationForm { EvaluationForm.update(&$0, .moved(by: step)) }
        default: break
        }
        return []
    }

    private static func carryOut(_ consent: Confirm.Consent, in state: inout State) -> [Effect] {
        switch consent {
        case .cancelJob(let id): return [.cancelJob(id)]
        case .deleteJob(let id):
            if state.follow.job == id { return Follow.update(&state.follow, .closed) + [.deleteJob(id)] }
            return [.deleteJob(id)]
        case .keepJob(let id): return [.keepJob(id)]
        case .cancelJobs(let ids): return [.cancelJobs(ids)]
        case .deleteJobs(let ids):
            guard let followed = state.follow.job, ids.contains(followed) else { return [.deleteJobs(ids)] }
            return Follow.update(&state.follow, .closed) + [.deleteJobs(ids)]
        case .deleteModel(let name): return [.deleteModel(name)]
        case .deleteAnswer(let id): return [.deleteAnswer(id)]
        case .deleteEvaluation(let id): return [.deleteEvaluation(id)]
        case .deleteFile(let service, let id): return [.deleteFile(service, id)]
        case .uploadFile(let service, let path):
            return Files.update(&state.files, .uploadStarted(service, path: path))
        case .discardEdit:
            if case .editor = state.dialogs.last { state.dialogs.removeLast() }
            return []
        }
    }
}

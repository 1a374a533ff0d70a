import TuneModel

extension Deck {
    /// Carries out a command that `State.allows`.
    static func perform(_ command: Command, rows: Int, in state: inout State) -> [Effect] {
        switch command {
        case .quit: return quit(&state)
        case .help: state.dialogs.append(.help(top: 0))
        case .palette:
            let offered = Command.allCases.filter { $0.isForPalette && state.allows($0) }
            let others = Command.allCases.filter { !offered.contains($0) }
            state.dialogs.append(.palette(Palette.State(offered, others: others)))
        case .log: state.dialogs.append(.log(ListState(count: state.notices.log.count, cursor: .max)))
        case .drawer: state.focus[.data] = state.pane == .records ? .datasets : .records
        case .language:
            state.language = state.language == .english ? .chinese : .english
            state.preferences.language = state.language
            return [.keep(state.preferences)]
        case .chooseTheme: return chooseTheme(in: &state)
        case .toggleMouse, .notification: return switchPreference(command, in: &state)
        case .copyRecord: return copyRecord(in: &state)
        case .redraw: state.redraws += 1
        case .showData: return enter(.data, in: &state)
        case .showPrepare: return enter(.prepare, in: &state)
        case .showJobs: return enter(.jobs, in: &state)
        case .showAsk: return enter(.ask, in: &state)
        case .showCompare: return enter(.compare, in: &state)
        case .showModels: return enter(.models, in: &state)
        case .showFiles: return enter(.files, in: &state)
        case .focusNext: state.moveFocus(by: 1)
        case .focusPrevious: state.moveFocus(by: -1)
        case .back: return goBack(in: &state)
        case .down: return move(.lines(1), rows: rows, in: &state)
        case .up: return move(.lines(-1), rows: rows, in: &state)
        case .pageDown: return move(.pages(1), rows: rows, in: &state)
        case .pageUp: return move(.pages(-1), rows: rows, in: &state)
        case .first: return move(.first, rows: rows, in: &state)
        case .last: return move(.last, rows: rows, in: &state)
        case .openFile, .openSample, .chooseDataset, .closeDataset, .checkDataset, .search, .searchNext,
            .searchPrevious, .editRecord, .addRecord, .whitespace, .showFinding, .sortByLoss, .prepare, .answerYes,
            .answerNo, .answerAll, .answerBack, .showRows:
            return performOnData(command, rows: rows, in: &state)
        case .sort, .filter, .jump, .mark, .markTo, .markAll, .invertMarks, .clearMarks, .tag, .deleteRecords,
            .duplicateRecords, .bulk, .undoEdit, .redoEdit, .saveDataset, .saveAs, .statistics, .cancelWork:
            return performOnRecords(command, rows: rows, in: &state)
        case .editOutside: return editOutside(in: &state)
        case .tokens: return Detail.update(&state.detail, .tokensToggled)
        case .tokenIDs: return Detail.update(&state.detail, .idsToggled)
        case .detailDown: return Detail.update(&state.detail, .scrolled(to: state.detail.top + 1))
        case .detailUp: return Detail.update(&state.detail, .scrolled(to: state.detail.top - 1))
        case .train, .cancelJob, .pauseJob, .jobResults, .deleteJob, .zoomFollow, .askJob, .keepJob, .moveEarlier,
            .moveLater, .markJob, .compareJobs, .compareAnswers, .cancelGroup, .deleteGroup:
            return performOnJobs(command, in: &state)
        case .askModel, .trainModel, .fetchModel, .deleteModel:
            return performOnModels(command, in: &state)
        case .showServices, .connectService, .checkService:
            return performOnServices(command, in: &state)
        case .uploadFile, .saveFile, .trainFile, .deleteFile, .refreshFiles, .cancelUpload:
            return performOnFiles(command, in: &state)
        case .ask, .askAgain, .typePrompt, .stopAnswer, .chooseModel, .toggleBefore, .correct, .editQuestion,
            .newConversation, .systemPrompt, .changeForm, .answerSettings, .history, .odds, .nextToken, .previousToken,
            .nextDoubt, .previousDoubt, .searchHistory, .deleteAnswer:
            return state.tab == .compare ? performOnCompare(command, in: &state) : performOnAsk(command, in: &state)
        case .stopAll, .nextRecord, .previousRecord, .expected, .blind, .voteFirst, .voteSecond, .voteThird,
            .voteFourth, .voteTie, .voteNone, .unvote, .savePair, .zoomAnswer, .tally:
            return performOnCompare(command, in: &state)
        case .showCharts, .chartZoomIn, .chartZoomOut, .chartLeft, .chartRight, .chartBack, .chartForward,
            .chartLogarithm,
            .chartSmoothing, .chartUnit, .chartAlone, .chartReset, .exportChart:
            return performOnCharts(command, in: &state)
        case .showEvaluations, .evaluate, .openEvaluation, .deleteEvaluation, .cancelEvaluation, .sortEvaluation,
            .evaluationModel, .evaluationClasses, .evaluationFilter, .exportEvaluation, .editEvaluated, .takeAnswer,
            .toggle:
            return performOnEvaluations(command, in: &state)
        case .accept, .save, .markModel, .resetParameters, .nextField, .previousField, .nextChoice, .moreSettings,
            .complete, .undo, .redo,
            .nextTarget,
            .confirmYes, .confirmNo, .changeRole, .changeWeight, .addTurn, .removeTurn, .turnEarlier, .turnLater:
            return performInDialog(command, in: &state)
        }
        return []
    }

    // MARK: -

    private static func quit(_ state: inout State) -> [Effect] {
        let open = state.jobs.jobs.filter { !$0.status.isFinal && $0.status != .paused }
        let underWay = open.filter { $0.origin == nil }.map(\.title)
        var farewell: Wording?
        if !underWay.isEmpty {
            let english = underWay.joined(separator: ", ")
            let chinese = underWay.joined(separator: "、")
            farewell = Wording(
                "\(english) \(underWay.count == 1 ? "goes" : "go") on in the background; "
                    + "`tunedeck` shows \(underWay.count == 1 ? "it" : "them") again.",
                "\(chinese) 会在后台继续运行；再次运行 `tunedeck` 即可查看。")
        }
        for told in [awayOnQuit(open), state.cutOff].compactMap(\.self) {
            farewell = farewell.map { $0 + Wording(" ", "") + told } ?? told
        }
        if let kept = state.browse.unsaved { farewell = farewell.map { $0 + Wording(" ", "") + kept } ?? kept }
        // An evaluation has no process of its own to go on in; it ends at once with what it has.
        guard let running = state.evaluations.running else {
            state.closing = Closing(farewell: farewell)
            return [.remember(state.remembered)]
        }
        let stopped = Wording(
            "The evaluation of \(running.name) is stopped; what it had measured is kept.",
            "\(running.name) 的评测已停止；已测量的部分已保存。")
        state.closing = Closing(farewell: farewell.map { $0 + Wording(" ", "") + stopped } ?? stopped)
        return [.remember(state.remembered), .cancelEvaluation]
    }

    /// What runs elsewhere needs nobody here.
    private static func awayOnQuit(_ open: [Job]) -> Wording? {
        let away = open.filter { $0.origin != nil }
        guard !away.isEmpty else { return nil }
        let english = away.map { "\($0.title) at \($0.origin?.service.text ?? "")" }.joined(separator: ", ")
        let chinese = away.map { "\($0.origin?.service.text ?? "") 上的 \($0.title)" }.joined(separator: "、")
        return Wording("\(english) \(away.count == 1 ? "goes" : "go") on there.", "\(chinese) 会继续运行。")
    }

    /// One step back: what lies on top goes first.
    private static func goBack(in state: inout State) -> [Effect] {
        if case .editor(let editor) = state.dialogs.last, editor.fields[editor.active].buffer.isSelecting {
            return type(.deselect, in: &state)
        }
        if case .editor(let editor) = state.dialogs.last, editor.isChanged, !editor.isSaving {
            state.dialogs.append(.confirm(.discard))
            return []
        }
        if case .history(var history) = state.dialogs.last, history.isTyping || !history.words.isEmpty {
            history.isTyping = false
            history.words.replace(with: "")
            state.dialogs[state.dialogs.count - 1] = .history(history)
            return [.loadAnswers(words: [])]
        }
        if case .themes(let picker) = state.dialogs.last { return leaveThemes(picker, in: &state) }
        if state.dialogs.popLast() != nil {
            return [.stop(.completing), .stop(.estimating), .stop(.previewing), .stop(.statistics), .stop(.history)]
        }
        if state.notices.shown != nil {
            state.notices.dismiss()
            return []
        }
        switch state.pane {
        case .datasets, .findings: state.focus[.data] = .records
        case .records: return leaveRecords(&state)
        case .questions: return leavePreparing(&state)
        case .follow: state.jobs.isZoomed = false
        case .prompt: return Ask.update(&state.ask, .typingChanged(false))
        case .answers: return state.ask.isAnswering ? Ask.update(&state.ask, .stopped) : []
        case .comparePrompt: return Compare.update(&state.compare, .typingChanged(false))
        case .columns: return leaveColumns(&state)
        case .odds: return walk(.toggled, in: &state)
        case .welcome, .jobs, .models, .files: break
        }
        return []
    }

    /// One step back at a time: the search, the marks, the filter and the order.
    private static func leaveRecords(_ state: inout State) -> [Effect] {
        guard let sheet = state.browse.current else { return [] }
        if sheet.search != Browse.Search() { return Browse.update(&state.browse, .search(.closed)) }
        if !sheet.marks.isEmpty { return Browse.update(&state.browse, .mark(.cleared)) }
        return sheet.view.isPlain ? [] : Browse.update(&state.browse, .view(.reset))
    }

    private static func leaveColumns(_ state: inout State) -> [Effect] {
        if state.compare.isAnswering { return Compare.update(&state.compare, .stopped(place: nil)) }
        return state.compare.isZoomed ? Compare.update(&state.compare, .zoomToggled) : []
    }

    private static func leavePreparing(_ state: inout State) -> [Effect] {
        guard state.prepare.phase != .idle else { return enter(.data, in: &state) }
        if case .writing = state.prepare.phase { return [] }
        return Prepare.update(&state.prepare, .left) + enter(.data, in: &state)
    }

    static func move(_ motion: Motion, rows: Int, in state: inout State) -> [Effect] {
        if let dialog = state.dialogs.last {
            return move(motion, rows: rows, in: dialog, of: &state)
        }
        switch state.pane {
        case .datasets: return Browse.update(&state.browse, .chose(motion, rows: rows))
        case .findings: return Browse.update(&state.browse, .findingsMoved(motion, rows: rows))
        case .records: return Browse.update(&state.browse, .moved(motion, rows: rows))
        case .jobs, .follow:
            return Jobs.update(&state.jobs, .moved(motion, rows: rows)) + followSelected(in: &state)
        case .models: return Models.update(&state.models, .moved(motion, rows: rows))
        case .files: return Files.update(&state.files, .moved(motion, rows: rows))
        // How long an answer is depends on the columns it is wrapped in, which only the views know.
        case .welcome, .questions, .prompt, .answers, .comparePrompt, .columns, .odds: return []
        }
    }

    private static func move(_ motion: Motion, rows: Int, in dialog: Dialog, of state: inout State) -> [Effect] {
        let top = state.dialogs.count - 1
        switch dialog {
        case .opener: return state.changeOpener { Opener.update(&$0, .moved(motion, rows: rows)) }
        case .palette:
            let language = state.language
            return state.changePalette { Palette.update(&$0, .moved(motion, rows: rows), language: language) }
        case .results(var results):
            results.list.move(motion, rows: rows)
            state.dialogs[top] = .results(results)
        case .picker(var picker):
            picker.list.move(motion, rows: rows)
            state.dialogs[top] = .picker(picker)
        case .comparison(var table):
            table.list.move(motion, rows: rows)
            state.dialogs[top] = .comparison(table)
        case .themes: return moveThemes(motion, rows: rows, in: &state)
        case .history: return state.changeHistory { History.update(&$0, .moved(motion, rows: rows)) }
        case .parameters:
            if case .lines(let step) = motion {
                state.changeParameters { Parameters.update(&$0, .fieldMoved(by: step)) }
            }
        case .tally(var list):
            list.move(motion, rows: rows)
            state.dialogs[top] = .tally(list)
        case .log(var list):
            list.move(motion, rows: rows)
            state.dialogs[top] = .log(list)
        case .choice(var choice):
            choice.list.move(motion, rows: rows)
            state.dialogs[top] = .choice(choice)
        case .bulk:
            if case .lines(let step) = motion { return state.changeBulk { Bulk.update(&$0, .fieldMoved(by: step)) } }
        case .evaluations: return Evaluations.update(&state.evaluations, .moved(motion, rows: rows))
        case .evaluation: return Evaluations.update(&state.evaluations, .opened(.moved(motion, rows: rows)))
        case .charts: return moveInCharts(motion, in: &state)
        case .services: return Services.update(&state.services, .moved(motion, rows: rows))
        case .help, .editor, .launch, .confirm, .line, .statistics, .evaluationForm, .connect: break
        }
        return []
    }
}

extension Deck.State {
    /// What the next start should find again.
    var remembered: Remembered {
        Remembered(
            tab: tab, files: browse.sheets.map(\.remembered),
            current: browse.current?.facts.path, model: ask.model, showsWhitespace: browse.showsWhitespace,
            answering: ask.settings == AnswerSettings() ? nil : ask.settings,
            compared: compare.models.isEmpty ? nil : compare.models)
    }
}

extension Deck.State {
    /// Told on leaving while a file is on its way; nil when none is.
    fileprivate var cutOff: Wording? {
        guard let name = files.upload?.name ?? services.sending?.name ?? services.sending?.title else { return nil }
        return Wording(
            "Sending \(name) is stopped; start it again to go on.", "\(name) 的发送已停止；重新开始即可继续。")
    }
}

extension Browse.State {
    /// Told on leaving while edits are not saved; nil when all are.
    fileprivate var unsaved: Wording? {
        let names = sheets.map(\.facts).filter(\.edits.isChanged).map(\.name)
        guard !names.isEmpty else { return nil }
        return Wording(
            "The unsaved edits of \(names.joined(separator: ", ")) are kept; `tunedeck` shows them again.",
            "\(names.joined(separator: "、")) 未保存的编辑已保留；再次运行 `tunedeck` 即可看到。")
    }
}

extension Confirm.State {
    static let discard = Confirm.State(
        question: Wording("Leave without saving?", "不保存就离开吗？"),
        consequence: Wording("What you typed here will be lost.", "这里输入的内容将丢失。"), consent: .discardEdit)
}

import TuneData
public import TuneModel

extension ModelCard {
    var isBase: Bool { if case .base = kind { true } else { false } }
}

extension Deck.State {
    /// Whether a command would do anything now; the others are neither offered nor carried out.
    public func allows(_ command: Command) -> Bool {
        switch command {
        case .quit, .help, .palette, .log, .language, .chooseTheme, .toggleMouse, .notification, .redraw, .showData,
            .showPrepare, .showJobs, .showAsk, .showCompare, .showModels, .showFiles, .openFile, .openSample, .back:
            true
        case .down, .up, .pageDown, .pageUp, .first, .last, .accept, .nextField, .previousField, .confirmYes,
            .confirmNo:
            true
        case .focusNext, .focusPrevious: panes.count > 1
        case .drawer: tab == .data && !browse.sheets.isEmpty
        case .save, .undo, .redo: focusedText != nil
        case .editOutside: allowsData(.editRecord) && outside.phase == .none
        case .detailDown, .detailUp:
            dialogs.last == .evaluation ? evaluations.opened?.selected != nil : tab == .data && detail.record != nil
        case .copyRecord: tab == .data && browse.current?.selected != nil
        case .tokens: tab == .data && detail.record != nil
        case .tokenIDs: tab == .data && detail.record != nil && detail.showsTokens
        case .changeRole, .changeWeight, .addTurn, .removeTurn, .turnEarlier, .turnLater: allowsTurn(command)
        case .complete, .nextChoice, .nextTarget, .chooseDataset, .closeDataset, .checkDataset, .search, .searchNext,
            .searchPrevious, .editRecord, .addRecord, .whitespace, .showFinding, .sortByLoss, .moreSettings, .prepare:
            allowsData(command)
        case .sort, .filter, .jump, .mark, .markTo, .markAll, .invertMarks, .clearMarks, .tag, .deleteRecords,
            .duplicateRecords, .bulk, .undoEdit, .redoEdit, .saveDataset, .saveAs, .statistics, .cancelWork:
            allowsRecords(command)
        case .answerYes, .answerNo, .answerAll, .answerBack, .showRows: allowsAnswer(command)
        case .train, .cancelJob, .pauseJob, .jobResults, .deleteJob, .zoomFollow, .askJob, .keepJob, .moveEarlier,
            .moveLater, .markJob, .compareJobs, .compareAnswers, .cancelGroup, .deleteGroup:
            allowsJob(command)
        case .ask, .askAgain, .typePrompt, .stopAnswer, .chooseModel, .toggleBefore, .correct, .editQuestion,
            .newConversation, .systemPrompt, .changeForm, .answerSettings, .history, .odds, .nextToken, .previousToken,
            .nextDoubt, .previousDoubt:
            tab == .compare ? allowsCompare(command) : allowsAsk(command)
        case .stopAll, .nextRecord, .previousRecord, .expected, .blind, .voteFirst, .voteSecond, .voteThird,
            .voteFourth, .voteTie, .voteNone, .unvote, .savePair, .zoomAnswer, .tally:
            allowsCompare(command)
        case .markModel: if case .picker(let picker) = dialogs.last { picker.marked != nil } else { false }
        case .resetParameters: if case .parameters = dialogs.last { true } else { false }
        case .searchHistory: if case .history = dialogs.last { true } else { false }
        case .deleteAnswer: if case .history(let history) = dialogs.last { history.selected != nil } else { false }
        case .askModel, .trainModel, .fetchModel, .deleteModel: allowsModel(command)
        case .showServices, .connectService, .checkService: allowsService(command)
        case .uploadFile, .refreshFiles, .deleteFile, .saveFile, .trainFile, .cancelUpload: allowsFile(command)
        case .showCharts: tab == .jobs && jobs.selected?.latest != nil
        case .chartZoomIn, .chartZoomOut, .chartLeft, .chartRight, .chartBack, .chartForward, .chartLogarithm,
            .chartSmoothing, .chartUnit, .chartAlone, .chartReset, .exportChart:
            dialogs.last == .charts
        case .toggle where dialogs.last?.isSwitched == true: true
        case .showEvaluations, .evaluate, .openEvaluation, .deleteEvaluation, .cancelEvaluation, .sortEvaluation,
            .evaluationModel, .evaluationClasses, .evaluationFilter, .exportEvaluation, .editEvaluated, .takeAnswer,
            .toggle:
            allowsEvaluation(command)
        }
    }

    // MARK: -

    private func allowsData(_ command: Command) -> Bool {
        let sheet = tab == .data ? browse.current : nil
        switch command {
        case .complete: if case .opener = dialogs.last { return true }
        case .nextChoice:
            if case .parameters(let sheet) = dialogs.last { return sheet.fields[sheet.active].name == .form }
            if case .connect(let form) = dialogs.last { return form.row == .source }
            if case .launch(let launch) = dialogs.last {
                return launch.question != nil || launch.values.count > 1
            }
        case .moreSettings: if case .launch = dialogs.last { return true }
        case .nextTarget:
            if case .editor(let editor) = dialogs.last, case .append(let paths, _) = editor.target {
                return paths.count > 1
            }
        case .chooseDataset: return pane == .datasets
        case .closeDataset, .checkDataset: return sheet != nil
        case .search, .sortByLoss: return sheet.map { $0.facts.records > 0 } ?? false
        case .searchNext, .searchPrevious: return sheet.map { !$0.search.needle.isEmpty } ?? false
        case .editRecord:
            if let sheet, sheet.canEdit, case .record? = sheet.selected?.content { return true }
        case .addRecord: return sheet?.canEdit ?? false
        case .whitespace: return sheet != nil
        case .showFinding: return pane == .findings && sheet?.findings.selected != nil
        case .prepare:
            if tab == .prepare, prepare.phase.isUnderWay { return false }
            return browse.current.map { $0.facts.records > 0 } ?? false
        default: break
        }
        return false
    }

    private func allowsRecords(_ command: Command) -> Bool {
        guard tab == .data, let sheet = browse.current else { return false }
        let hasRow = sheet.list.selected != nil
        return switch command {
        case .sort, .filter, .statistics: sheet.facts.isWhole && sheet.facts.records > 0
        case .jump: sheet.facts.records > 0
        case .mark, .markTo, .markAll, .invertMarks: hasRow
        case .clearMarks: !sheet.marks.isEmpty
        case .tag, .deleteRecords, .duplicateRecords, .bulk: hasRow && sheet.canEdit
        case .undoEdit: sheet.canEdit && sheet.facts.edits.undo != nil
        case .redoEdit: sheet.canEdit && sheet.facts.edits.redo != nil
        case .saveDataset: sheet.canEdit && sheet.facts.edits.isChanged
        case .saveAs: sheet.facts.isWhole && sheet.facts.records > 0
        case .cancelWork: sheet.view.progress != nil || sheet.search.isRunning || sheet.inspection == .running
        default: false
        }
    }

    private func allowsTurn(_ command: Command) -> Bool {
        guard case .editor(let editor) = dialogs.last, let change = Editor.TurnChange(command) else { return false }
        return editor.allows(change)
    }

    private func allowsAnswer(_ command: Command) -> Bool {
        guard tab == .prepare, case .asking(_, let index) = prepare.phase else { return false }
        if command == .showRows { return prepare.question.map { !$0.rows.isEmpty } ?? false }
        return command == .answerBack ? index > 0 : true
    }

    private func allowsJob(_ command: Command) -> Bool {
        switch command {
        case .train:
            switch tab {
            case .prepare: prepare.trainable != nil
            case .data: browse.current.map { $0.facts.records > 0 } ?? false
            case .jobs, .ask, .compare, .models, .files: true
            }
        case .cancelJob: selectedJob.map { !$0.status.isFinal } ?? false
        case .pauseJob:
            selectedJob.map { job in
                [.running, .queued, .paused].contains(job.status)
                    && job.origin.map { services.canPause($0.service) } ?? true
            } ?? false
        case .jobResults: selectedJob.map { $0.latest != nil } ?? false
        case .deleteJob: selectedJob.map { $0.status.isFinal } ?? false
        case .zoomFollow: selectedJob != nil
        case .askJob: selectedJob?.fineTunedModel != nil
        // A service has no way to end early and deliver, and a queue of its own.
        case .keepJob: selectedJob.map { !$0.status.isFinal && $0.latest != nil && $0.origin == nil } ?? false
        case .moveEarlier, .moveLater:
            selectedJob.map { $0.status == .queued && $0.origin == nil } ?? false
                && jobs.jobs.count { $0.status == .queued && $0.origin == nil } > 1
        case .markJob: selectedJob != nil
        case .compareJobs: tab == .jobs && !jobs.comparable.isEmpty
        case .compareAnswers: tab == .jobs && comparableModels.count > 1
        case .cancelGroup: selectedGroup.contains { !$0.status.isFinal }
        case .deleteGroup: !selectedGroup.isEmpty && selectedGroup.allSatisfy(\.status.isFinal)
        default: false
        }
    }

    private func allowsModel(_ command: Command) -> Bool {
        switch command {
        case .fetchModel: return models.fetch == nil && models.missingBase != nil
        case .askModel, .trainModel: return tab == .models && models.selected != nil
        // What a service offers to everybody is not one's own to delete.
        case .deleteModel: return tab == .models && models.selected.map { $0.service == nil || !$0.isBase } ?? false
        default: return false
        }
    }

    /// The sweep under the cursor; empty when the job there is in none.
    var selectedGroup: [Job] {
        guard let job = selectedJob, job.group != nil else { return [] }
        return jobs.group(of: job)
    }

    /// The job that the follow pane shows, as the list has it.
    public var followed: Job? { jobs.jobs.first { $0.id == follow.job } }

    var selectedJob: Job? { tab == .jobs ? jobs.selected : nil }
}

import TuneData
public import TuneModel

extension Deck.State {
    /// Whether a command would do anything now; the others are neither offered nor carried out.
    public func allows(_ command: Command) -> Bool {
        switch command {
        case .quit, .help, .palette, .log, .language, .redraw, .showData, .showPrepare, .showJobs, .showAsk,
            .showModels, .openFile, .openSample, .back:
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
            .moveLater, .markJob, .compareJobs, .cancelGroup, .deleteGroup:
            allowsJob(command)
        case .ask, .typePrompt, .stopAnswer, .chooseModel, .toggleBefore, .correct: allowsAsk(command)
        case .askModel, .trainModel, .fetchModel, .deleteModel: allowsModel(command)
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
            if case .launch(let launch) = dialogs.last {
                return launch.choices.count > 1
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
            case .jobs, .ask, .models: true
            }
        case .cancelJob: selectedJob.map { !$0.status.isFinal } ?? false
        case .pauseJob: selectedJob.map { [.running, .queued, .paused].contains($0.status) } ?? false
        case .jobResults: selectedJob.map { $0.latest != nil } ?? false
        case .deleteJob: selectedJob.map { $0.status.isFinal } ?? false
        case .zoomFollow: selectedJob != nil
        case .askJob: selectedJob?.fineTunedModel != nil
        case .keepJob: selectedJob.map { !$0.status.isFinal && $0.latest != nil } ?? false
        case .moveEarlier, .moveLater:
            selectedJob?.status == .queued && jobs.jobs.count { $0.status == .queued } > 1
        case .markJob: selectedJob != nil
        case .compareJobs: tab == .jobs && !jobs.comparable.isEmpty
        case .cancelGroup: selectedGroup.contains { !$0.status.isFinal }
        case .deleteGroup: !selectedGroup.isEmpty && selectedGroup.allSatisfy(\.status.isFinal)
        default: false
        }
    }

    private func allowsAsk(_ command: Command) -> Bool {
        guard tab == .ask else { return false }
        return switch command {
        case .ask: ask.model != nil && !ask.isAnswering && !ask.prompt.text.trimmed.isEmpty
        case .typePrompt: !ask.isTyping
        case .stopAnswer: ask.isAnswering
        case .chooseModel: !models.cards.isEmpty
        case .toggleBefore: ask.base != nil
        case .correct: ask.correctable != nil && !correctionTargets.paths.isEmpty
        default: false
        }
    }

    private func allowsModel(_ command: Command) -> Bool {
        switch command {
        case .fetchModel: return models.fetch == nil && models.missingBase != nil
        case .askModel, .trainModel, .deleteModel: return tab == .models && models.selected != nil
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

    /// Files that a corrected answer can go to, all of one shape: where the model learned first, then what is open.
    var correctionTargets: (shape: Record.Shape, paths: [String]) {
        let editable = browse.sheets.map(\.facts).filter { $0.isEditable && $0.shape != .preference }
        guard let hints = ask.hints else {
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

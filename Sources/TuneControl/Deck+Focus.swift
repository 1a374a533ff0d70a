import TuneModel

/// Where the keys go.
extension Deck.State {
    /// The pane that has the keys, whatever lies over it.
    public var pane: Pane {
        switch tab {
        case .data: browse.sheets.isEmpty ? .welcome : focus[.data] ?? .records
        case .prepare: .questions
        case .jobs: jobs.isZoomed ? .follow : .jobs
        case .ask: ask.odds != nil ? .odds : ask.isTyping ? .prompt : .answers
        case .compare: compare.odds != nil ? .odds : compare.isTyping ? .comparePrompt : .columns
        case .models: .models
        case .files: .files
        }
    }

    /// The scopes whose keys count now, the first to be asked first.
    public var scopes: [Scope] {
        switch dialogs.last {
        case .opener: return [.opener]
        case .editor: return [.editor]
        case .launch(let launch): return [launch.question == nil ? .launch : .departure]
        case .services: return [.services, .lists]
        case .connect: return [.connect]
        case .confirm: return [.confirm]
        case .palette: return [.palette]
        case .results: return [.results, .lists]
        case .picker: return [.picker, .lists]
        case .comparison: return [.comparison, .lists]
        case .choice: return [.choice, .lists]
        case .line: return [.line]
        case .bulk: return [.bulk]
        case .statistics: return [.statistics, .lists]
        case .help: return [.help, .lists]
        case .log: return [.log, .lists]
        case .parameters: return [.parameters]
        case .history(let history): return history.isTyping ? [.historySearch] : [.history, .lists]
        case .tally: return [.tally, .lists]
        case .themes: return [.themes, .lists]
        case .evaluations: return [.evaluations, .lists]
        case .evaluation: return [.evaluation, .lists]
        case .evaluationForm: return [.evaluationForm]
        case .charts: return [.charts, .lists]
        case nil: break
        }
        if tab == .data, browse.current?.search.isTyping == true { return [.search] }
        switch pane {
        case .welcome: return [.welcome, .everywhere]
        case .datasets: return [.datasets, .records, .lists, .everywhere]
        case .findings: return [.findings, .records, .lists, .everywhere]
        case .records: return [.records, .lists, .everywhere]
        case .questions: return [.prepare, .everywhere]
        case .jobs: return [.jobs, .lists, .everywhere]
        case .follow: return [.follow, .jobs, .lists, .everywhere]
        case .prompt: return [.prompt, .everywhere]
        case .answers: return [.answers, .lists, .everywhere]
        case .comparePrompt: return [.comparePrompt, .everywhere]
        // The digits are pages again once there is nothing to vote on.
        case .columns: return (compare.canVote ? [.voting] : []) + [.columns, .lists, .everywhere]
        case .odds: return [.odds, .everywhere]
        case .models: return [.models, .lists, .everywhere]
        case .files: return [.files, .lists, .everywhere]
        }
    }

    /// The text that typing goes into; nil when keys are commands.
    public var focusedText: TextBuffer? {
        switch dialogs.last {
        case .opener(let opener): return opener.path
        case .editor(let editor): return editor.fields[editor.active].buffer
        case .launch(let launch): return launch.question == nil ? launch.fields[launch.active].buffer : nil
        case .connect(let form): return form.focusedText
        case .palette(let palette): return palette.filter
        case .line(let prompt): return prompt.line
        case .bulk(let bulk): return bulk.fields.indices.contains(bulk.active) ? bulk.fields[bulk.active].buffer : nil
        case .parameters(let sheet): return sheet.fields[sheet.active].buffer
        case .history(let history): return history.isTyping ? history.words : nil
        case .evaluationForm(let form): return form.focusedText
        case .confirm, .results, .picker, .comparison, .choice, .statistics, .help, .log, .tally, .themes,
            .evaluations, .evaluation, .services, .charts:
            return nil
        case nil: break
        }
        if tab == .data, let search = browse.current?.search, search.isTyping { return search.needle }
        return pane == .prompt ? ask.prompt : pane == .comparePrompt ? compare.prompt : nil
    }

    /// The panes of the screen that keys can be given to, in order.
    var panes: [Pane] {
        switch tab {
        case .data: browse.sheets.isEmpty ? [.welcome] : [.records, .datasets, .findings]
        case .prepare: [.questions]
        case .jobs: [.jobs]
        case .ask: [.prompt, .answers]
        case .compare: [.comparePrompt, .columns]
        case .models: [.models]
        case .files: [.files]
        }
    }

    mutating func moveFocus(by step: Int) {
        if tab == .ask || tab == .compare { return moveAmongAnswers(by: step) }
        let panes = panes
        let here = panes.firstIndex(of: pane) ?? 0
        let next = panes[(here + step + panes.count) % panes.count]
        focus[tab] = next
    }

    /// The prompt, then each answer.
    private mutating func moveAmongAnswers(by step: Int) {
        let isAsk = tab == .ask
        let count = isAsk ? ask.asked.count : compare.places
        let isTyping = pane == .prompt || pane == .comparePrompt
        // Tokens are walked through in one answer after the other, without the prompt.
        let first = pane == .odds ? 0 : -1
        let here = isTyping ? -1 : isAsk ? ask.focus : compare.focus
        let next = first + (here + step - first + count - first) % max(1, count - first)
        if isAsk {
            if first < 0 { _ = Ask.update(&ask, .typingChanged(next < 0)) }
            if next >= 0 { _ = Ask.update(&ask, .focused(next)) }
        } else {
            if first < 0 { _ = Compare.update(&compare, .typingChanged(next < 0)) }
            if next >= 0 { _ = Compare.update(&compare, .focused(next)) }
        }
    }
}

extension Deck {
    /// An edit goes to the focused text, by way of the clipboard where it has to do with that.
    static func type(_ edit: TextEdit, in state: inout State) -> [Effect] {
        var told: [Effect] = []
        if let taken = state.focusedText?.taken(by: edit) {
            state.clipboard = taken
            // What is merely deleted should not take the place of what another program has copied.
            if edit == .copy || edit == .cut { told = copy(taken, in: &state) }
        }
        return told + typed(edit, in: &state)
    }

    private static func typed(_ edit: TextEdit, in state: inout State) -> [Effect] {
        let edit = edit == .paste ? .insert(state.clipboard) : edit
        switch state.dialogs.last {
        case .opener: return state.changeOpener { Opener.update(&$0, .edited(edit)) }
        case .editor: return state.changeEditor { Editor.update(&$0, .edited(edit)) }
        case .launch: return state.changeLaunch { Launch.update(&$0, .edited(edit)) }
        case .connect: return state.changeConnect { Connect.update(&$0, .edited(edit)) }
        case .palette:
            let language = state.language
            return state.changePalette { Palette.update(&$0, .edited(edit), language: language) }
        case .line:
            state.changeLine {
                $0.line.apply(edit)
                $0.problem = nil
            }
            return []
        case .bulk: return state.changeBulk { Bulk.update(&$0, .edited(edit)) }
        case .parameters:
            state.changeParameters { Parameters.update(&$0, .edited(edit)) }
            return []
        case .history: return state.changeHistory { History.update(&$0, .edited(edit)) }
        case .evaluationForm: return state.changeEvaluationForm { EvaluationForm.update(&$0, .edited(edit)) }
        case .confirm, .results, .picker, .comparison, .choice, .statistics, .help, .log, .tally, .themes,
            .evaluations, .evaluation, .services, .charts:
            return []
        case nil: break
        }
        if state.browse.current?.search.isTyping == true, state.tab == .data {
            return Browse.update(&state.browse, .search(.edited(edit)))
        }
        if state.pane == .comparePrompt { return Compare.update(&state.compare, .edited(edit)) }
        return state.pane == .prompt ? Ask.update(&state.ask, .edited(edit)) : []
    }
}

// MARK: - Dialogs, wherever they are in the stack

extension Deck.State {
    mutating func changeOpener(_ body: (inout Opener.State) -> [Effect]) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .opener(var opener) = dialogs[index] else { continue }
            let effects = body(&opener)
            dialogs[index] = .opener(opener)
            return effects
        }
        return []
    }

    mutating func changeEditor(_ body: (inout Editor.State) -> [Effect]) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .editor(var editor) = dialogs[index] else { continue }
            // A large text must have one owner, or every letter would copy it.
            dialogs[index] = .help(top: 0)
            let effects = body(&editor)
            dialogs[index] = .editor(editor)
            return effects
        }
        return []
    }

    /// Remembers how far the focused text is scrolled.
    mutating func noteTop(_ top: Int) {
        if case .editor = dialogs.last {
            _ = changeEditor {
                $0.fields[$0.active].buffer.top = top
                return []
            }
        } else if dialogs.isEmpty, pane == .prompt {
            ask.prompt.top = top
        } else if dialogs.isEmpty, pane == .comparePrompt {
            compare.prompt.top = top
        }
    }

    mutating func changeLaunch(_ body: (inout Launch.State) -> [Effect]) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .launch(var launch) = dialogs[index] else { continue }
            let effects = body(&launch)
            dialogs[index] = .launch(launch)
            return effects
        }
        return []
    }

    mutating func changeConnect(_ body: (inout Connect.State) -> [Effect]) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .connect(var form) = dialogs[index] else { continue }
            let effects = body(&form)
            dialogs[index] = .connect(form)
            return effects
        }
        return []
    }

    mutating func changePalette(_ body: (inout Palette.State) -> Void) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .palette(var palette) = dialogs[index] else { continue }
            body(&palette)
            dialogs[index] = .palette(palette)
        }
        return []
    }

    mutating func changeBulk(_ body: (inout Bulk.State) -> [Effect]) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .bulk(var bulk) = dialogs[index] else { continue }
            let effects = body(&bulk)
            dialogs[index] = .bulk(bulk)
            return effects
        }
        return []
    }

    mutating func changeLine(_ body: (inout LinePrompt.State) -> Void) {
        for index in dialogs.indices {
            guard case .line(var line) = dialogs[index] else { continue }
            body(&line)
            dialogs[index] = .line(line)
        }
    }

    mutating func changeParameters(_ body: (inout Parameters.State) -> Void) {
        for index in dialogs.indices {
            guard case .parameters(var sheet) = dialogs[index] else { continue }
            body(&sheet)
            dialogs[index] = .parameters(sheet)
        }
    }

    mutating func changeHistory(_ body: (inout History.State) -> [Effect]) -> [Effect] {
        for index in dialogs.indices.reversed() {
            guard case .history(var history) = dialogs[index] else { continue }
            let effects = body(&history)
            dialogs[index] = .history(history)
            return effects
        }
        return []
    }

    mutating func changeStatistics(_ body: (inout Statistics.State) -> Void) {
        for index in dialogs.indices {
            guard case .statistics(var statistics) = dialogs[index] else { continue }
            body(&statistics)
            dialogs[index] = .statistics(statistics)
        }
    }

    mutating func changeResults(of job: JobID, _ body: (inout ResultsTable) -> Void) {
        for index in dialogs.indices {
            guard case .results(var results) = dialogs[index], results.job == job else { continue }
            body(&results)
            dialogs[index] = .results(results)
        }
    }

    mutating func changeComparison(_ body: (inout ComparisonTable) -> Void) {
        for index in dialogs.indices {
            guard case .comparison(var table) = dialogs[index] else { continue }
            body(&table)
            dialogs[index] = .comparison(table)
        }
    }
}

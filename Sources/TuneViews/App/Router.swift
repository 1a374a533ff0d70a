import Foundation
import TuneCanvas
import TuneControl

/// Turns a key into an action, by the state before the key and the size of the screen; changes nothing itself.
///
/// Asked in order: the dialog on top or the focused text, the focused pane, the whole program. Amounts that only the
/// screen knows, such as the rows of a page, are worked out here.
struct Router {
    let keys: KeyTable

    init(keys: KeyTable = .standard) {
        self.keys = keys
    }

    /// What keys come to.
    enum Outcome: Equatable {
        case action(Action)
        /// They begin a longer sequence.
        case pending
        case nothing
    }

    /// The action of one key by itself.
    func action(for key: Key, in state: Deck.State, on size: Size) -> Action? {
        if case .action(let action) = outcome(of: [key], in: state, on: size) { action } else { nil }
    }

    /// What keys that were pressed one after the other come to; all but the last have been found to be a beginning.
    func outcome(of pressed: [Key], in state: Deck.State, on size: Size) -> Outcome {
        let layout = DeckLayout(size: size, state: state)
        if layout.isTooSmall {
            // Nobody should act on what cannot be seen, but leaving is always possible.
            return keys.command(for: pressed, in: .everywhere) == .quit ? .action(.command(.quit, rows: 1)) : .nothing
        }
        var scopes = state.scopes
        if let buffer = state.focusedText {
            if let command = keys.command(for: pressed, in: scopes[0]) {
                return .action(action(for: command, layout, state))
            }
            if keys.isPrefix(pressed, in: scopes[0]) { return .pending }
            if pressed.count == 1 {
                let page = page(of: buffer, layout, state)
                if let edit = TextKeys.edit(for: pressed[0], in: buffer, page: page) {
                    return .action(.text(edit, top: page?.top))
                }
                // A letter that the text would not take must not fall through to a command.
                if case .character = pressed[0] { return .nothing }
            }
            scopes.removeFirst()
        }
        for scope in scopes {
            if let command = keys.command(for: pressed, in: scope) {
                // A digit that is no vote is a page.
                if scope == .voting, !state.allows(command) { continue }
                return .action(action(for: command, layout, state))
            }
            if keys.isPrefix(pressed, in: scope) { return .pending }
        }
        return .nothing
    }

    // MARK: -

    private func action(for command: Command, _ layout: DeckLayout, _ state: Deck.State) -> Action {
        let rows = rows(layout, state)
        if case .statistics(let statistics)? = state.dialogs.last, let step = scroll(command, rows: rows) {
            let look = Look(theme: BuiltInTheme.theme, language: state.language)
            let last = StatisticsCard(statistics: statistics, look: look).lastTop(in: layout.body)
            return .statistics(.scrolled(to: max(0, min(last, min(statistics.top, last) + step))))
        }
        if state.dialogs.last == .evaluation, let opened = state.evaluations.opened,
            command == .detailDown || command == .detailUp, state.allows(command)
        {
            let look = Look(theme: BuiltInTheme.theme, language: state.language)
            let last = EvaluationPage(opened: opened, look: look).lastTop(in: layout.body)
            let top = min(opened.top, last) + (command == .detailDown ? 1 : -1)
            return .evaluations(.opened(.scrolled(to: max(0, min(last, top)))))
        }
        if let scrolled = scrolledDetail(command, layout, state) { return .detail(scrolled) }
        if let scrolled = scrolledAnswer(command, layout, state) { return scrolled }
        guard case .help(let top)? = state.dialogs.last, let step = scroll(command, rows: rows) else {
            return .command(command, rows: rows)
        }
        // How long the help is depends on the keys, which only the views know.
        let look = Look(theme: BuiltInTheme.theme, language: state.language)
        let last = HelpCard(state: state, keys: keys, top: top, look: look).lastTop(in: layout.body)
        return .helpScrolled(to: max(0, min(last, min(top, last) + step)))
    }

    /// How long a record is depends on the columns it is wrapped in, which only the views know.
    private func scrolledDetail(_ command: Command, _ layout: DeckLayout, _ state: Deck.State) -> Detail.Action? {
        guard command == .detailDown || command == .detailUp, state.allows(command), let slot = layout.slot(.record)
        else { return nil }
        let look = Look(theme: BuiltInTheme.theme, language: state.language)
        let pane = RecordPane(
            sheet: state.browse.current, showsWhitespace: state.browse.showsWhitespace, detail: state.detail,
            look: look)
        return .scrolled(to: pane.top(after: command == .detailDown ? 1 : -1, in: slot.inner))
    }

    /// How long an answer is depends on the columns it is wrapped in, which only the views know.
    private func scrolledAnswer(_ command: Command, _ layout: DeckLayout, _ state: Deck.State) -> Action? {
        guard state.dialogs.isEmpty else { return nil }
        let look = Look(theme: BuiltInTheme.theme, language: state.language)
        switch state.pane {
        case .answers:
            guard let slot = layout.slot(.answer(state.ask.focus)),
                let step = scroll(command, rows: max(1, slot.inner.height - 1))
            else { return nil }
            let pane = AnswerPane(ask: state.ask, side: state.ask.focus, look: look)
            return .ask(.scrolled(place: state.ask.focus, to: pane.top(after: step, in: slot.inner)))
        case .columns:
            let place = state.compare.focus
            guard let slot = layout.slot(.column(place)),
                let step = scroll(command, rows: max(1, slot.inner.height - 1))
            else { return nil }
            let pane = PaneFactory(state: state, look: look, now: .distantPast, width: layout.size.width).column(place)
            return .compare(.scrolled(place: place, to: pane.top(after: step, in: slot.inner)))
        default: return nil
        }
    }

    private func scroll(_ command: Command, rows: Int) -> Int? {
        switch command {
        case .down: 1
        case .up: -1
        case .pageDown: rows
        case .pageUp: -rows
        case .first: -100_000
        case .last: 100_000
        default: nil
        }
    }

    /// Rows of the list that a movement would move in.
    private func rows(_ layout: DeckLayout, _ state: Deck.State) -> Int {
        let area = layout.body
        switch state.dialogs.last {
        case .opener: return OpenerCard.rows(in: area)
        case .palette: return PaletteCard.rows(in: area)
        case .results: return ResultsCard.rows(in: area)
        case .picker(let picker): return PickerCard.rows(in: area, count: picker.names.count)
        case .themes(let picker): return ThemesCard.rows(in: area, count: picker.names.count)
        case .comparison(let table): return ComparisonCard.rows(in: area, count: table.list.count)
        case .help: return HelpCard.rows(in: area)
        case .log: return LogCard.rows(in: area)
        case .choice(let choice): return ChoiceCard.rows(in: area, count: choice.items.count)
        case .statistics: return StatisticsCard.rows(in: area)
        case .history: return HistoryCard.rows(in: area)
        case .tally(let list): return TallyCard.rows(in: area, count: list.count)
        case .evaluations: return EvaluationsCard.rows(in: area)
        case .evaluation:
            guard let opened = state.evaluations.opened else { return 1 }
            let look = Look(theme: BuiltInTheme.theme, language: state.language)
            return EvaluationPage(opened: opened, look: look).rows(in: area)
        case .services: return ServicesCard.rows(in: area, count: state.services.list.count)
        case .editor, .launch, .confirm, .line, .bulk, .parameters, .evaluationForm, .connect, .charts: return 1
        case nil: break
        }
        return switch state.pane {
        case .datasets: layout.rows(of: .datasets)
        case .findings: max(1, layout.rows(of: .findings) / FindingsPane.rowsEach)
        case .records: layout.rows(of: .records)
        case .jobs, .follow: layout.rows(of: .jobs)
        case .models: layout.rows(of: .models) - 1
        case .files: layout.rows(of: .files) - 1
        case .welcome, .questions, .prompt, .answers, .comparePrompt, .columns, .odds: 1
        }
    }

    /// The box that the focused text is wrapped in; nil for a text of one line.
    private func page(of buffer: TextBuffer, _ layout: DeckLayout, _ state: Deck.State) -> TextPage? {
        var box: Rect?
        if case .editor(let editor) = state.dialogs.last {
            let look = Look(theme: BuiltInTheme.theme, language: state.language)
            let captions = EditorLayout.captionWidth(editor, look: look)
            let places = EditorLayout(editor: editor, in: layout.body, captionWidth: captions).places
            box = places.first { $0.field == editor.active }?.text
        } else if state.dialogs.isEmpty, state.pane == .prompt {
            box = layout.slot(.prompt).map { PromptPane.textArea($0.inner) }
        } else if state.dialogs.isEmpty, state.pane == .comparePrompt {
            box = layout.slot(.comparePrompt).map { PromptPane.textArea($0.inner) }
        }
        return box.map { TextPage(buffer, width: $0.width, height: $0.height) }
    }
}

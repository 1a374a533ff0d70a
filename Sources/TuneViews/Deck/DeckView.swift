import Foundation
import TuneCanvas
import TuneControl
import TuneModel

/// The whole dashboard, drawn from its state.
struct DeckView {
    let state: Deck.State
    let theme: Theme
    let keys: KeyTable
    let now: Date
    let zone: TimeZone
    /// Keys that begin a longer sequence, once what can follow is to be shown.
    let pressed: [Key]

    init(
        state: Deck.State, theme: Theme, keys: KeyTable = .standard, now: Date, zone: TimeZone = .current,
        pressed: [Key] = []
    ) {
        self.state = state
        self.theme = theme
        self.keys = keys
        self.now = now
        self.zone = zone
        self.pressed = pressed
    }

    /// Draws everything and gives back where the terminal's cursor belongs: on the caret of the focused text.
    func draw(on surface: inout Surface) -> Point? {
        let look = Look(theme: theme, language: state.language, zone: zone)
        surface.fill(surface.bounds, style: look[.background])
        let layout = DeckLayout(size: surface.size, state: state)
        guard !layout.isTooSmall else {
            drawTooSmall(look, on: &surface)
            return nil
        }
        Header(state: state, look: look).draw(in: layout.header, on: &surface)
        for column in layout.columns { draw(column, look, on: &surface) }
        if let notice = state.notices.shown {
            NoticeBar(notice: notice, look: look).draw(in: layout.notice, on: &surface)
        }
        Footer(state: state, keys: keys, look: look).draw(in: layout.footer, on: &surface)
        var caret = paneCaret(layout, look, measure: surface.measure)
        for dialog in state.dialogs {
            let view = DialogView(dialog: dialog, state: state, keys: keys, look: look, now: now)
            caret = view.draw(in: layout.body, on: &surface)
        }
        if !pressed.isEmpty {
            ChordCard(pressed: pressed, keys: keys, state: state, look: look).draw(in: layout.body, on: &surface)
        }
        putOnTheme(&surface)
        return caret
    }

    // MARK: -

    /// What a widget has cleared in the terminal's own colours gets the theme's, so that no patch shows through.
    private func putOnTheme(_ surface: inout Surface) {
        let ground = theme[.background]
        surface.restyle(surface.bounds) { style in
            if style.background == .default { style.background = ground.background }
            if style.foreground == .default { style.foreground = ground.foreground }
        }
    }

    private func draw(_ column: DeckLayout.Column, _ look: Look, on surface: inout Surface) {
        let hasKeys = state.dialogs.isEmpty && column.slots.contains { isFocused($0.part) }
        let border = look[hasKeys ? .borderFocused : .border]
        surface.box(column.frame, style: border, fill: look[.background])
        for (index, slot) in column.slots.enumerated() {
            let view = factory(look, surface.size).view(of: slot.part)
            let edge = Rect(x: column.frame.x, y: slot.titleRow, width: column.frame.width, height: 1)
            if index > 0 { surface.rule(edge, style: border) }
            heading(view, edge, isFocused: hasKeys && isFocused(slot.part), look, on: &surface)
            surface.clipped(to: slot.inner) { view.draw(in: slot.inner, on: &$0) }
        }
    }

    private func factory(_ look: Look, _ size: Size) -> PaneFactory {
        let isAlone =
            state.tab == .compare && state.compare.places > 1
            && !DeckLayout(size: size, state: state).showsAllColumns
        return PaneFactory(state: state, look: look, now: now, width: size.width, isAlone: isAlone)
    }

    /// The focused part's title carries a mark, for those who do not see its colour.
    private func heading(_ view: any PaneView, _ edge: Rect, isFocused: Bool, _ look: Look, on surface: inout Surface) {
        let style = look[isFocused ? .titleFocused : .title]
        var room = edge.inset(left: 2, right: 2)
        let title = isFocused ? " ◆ \(view.title) " : " \(view.title) "
        if !view.title.isEmpty { room = room.inset(left: surface.write(title, in: room, style: style)) }
        let trailing = " \(view.trailing) "
        guard !view.trailing.isEmpty, surface.measure.columns(of: trailing) < room.width else { return }
        surface.write(trailing, in: room, style: look[.title], alignment: .right)
    }

    private func isFocused(_ part: Part) -> Bool {
        switch (state.pane, part) {
        case (.welcome, .welcome), (.datasets, .datasets), (.findings, .findings), (.records, .records),
            (.questions, .questions), (.jobs, .jobs), (.follow, .chart), (.prompt, .prompt), (.models, .models):
            true
        case (.comparePrompt, .comparePrompt), (.odds, .odds), (.files, .files): true
        case (.answers, .answer(let side)): side == state.ask.focus
        case (.columns, .column(let place)): place == state.compare.focus
        default: false
        }
    }

    private func paneCaret(_ layout: DeckLayout, _ look: Look, measure: GlyphWidth) -> Point? {
        if state.pane == .prompt, let slot = layout.slot(.prompt) {
            return PromptPane(ask: state.ask, look: look).caret(in: slot.inner, measure: measure)
        }
        if state.pane == .comparePrompt, let slot = layout.slot(.comparePrompt) {
            return ComparePromptPane(compare: state.compare, settings: state.ask.settings, look: look)
                .caret(in: slot.inner, measure: measure)
        }
        if state.tab == .data, let search = state.browse.current?.search, search.isTyping {
            return Footer(state: state, keys: keys, look: look).caret(in: layout.footer, measure: measure)
        }
        return nil
    }

    private func drawTooSmall(_ look: Look, on surface: inout Surface) {
        let need = DeckLayout.smallest
        let text = look.say(
            "TuneDeck needs \(need.width) × \(need.height) cells; this terminal has "
                + "\(surface.size.width) × \(surface.size.height). Make it larger, or press q to leave.",
            "TuneDeck 需要 \(need.width) × \(need.height) 个字符的窗口，当前为 "
                + "\(surface.size.width) × \(surface.size.height)。请放大窗口，或按 q 退出。")
        surface.writeWrapped(text, in: surface.bounds.inset(left: 1, right: 1), style: look[.text])
    }
}

import TuneModel

/// What a mouse points at.
public enum Pointing: Hashable, Sendable {
    /// A pane; in a list the row, among answers the one at a place from the left.
    case pane(Pane, row: Int?, place: Int, rows: Int)
    /// The edge between the first column and the next was drawn to this many columns.
    case edge(columns: Int)
}

extension Deck {
    static func point(_ pointing: Pointing, in state: inout State) -> [Effect] {
        switch pointing {
        case .edge(let columns):
            state.sides[state.tab] = columns
            return []
        case .pane(let pane, let row, let place, let rows):
            guard state.dialogs.isEmpty else { return [] }
            let effects = focus(pane, place: place, in: &state)
            guard let row, state.pane == pane, let here = state.cursorRow else { return effects }
            return effects + move(.lines(row - here), rows: rows, in: &state)
        }
    }

    // MARK: -

    private static func focus(_ pane: Pane, place: Int, in state: inout State) -> [Effect] {
        switch (state.tab, pane) {
        case (.data, .datasets), (.data, .findings), (.data, .records):
            guard state.panes.contains(pane) else { return [] }
            state.focus[.data] = pane
            return []
        case (.ask, .prompt): return Ask.update(&state.ask, .typingChanged(true))
        case (.ask, .answers):
            return Ask.update(&state.ask, .typingChanged(false)) + Ask.update(&state.ask, .focused(place))
        case (.compare, .comparePrompt): return Compare.update(&state.compare, .typingChanged(true))
        case (.compare, .columns):
            return Compare.update(&state.compare, .typingChanged(false))
                + Compare.update(&state.compare, .focused(place))
        default: return []
        }
    }
}

extension Deck.State {
    /// The row under the cursor of the pane that has the keys; nil where it is no list.
    var cursorRow: Int? {
        switch pane {
        case .datasets: browse.list.selected
        case .findings: browse.current?.findings.selected
        case .records: browse.current?.list.selected
        case .jobs: jobs.list.selected
        case .models: models.list.selected
        default: nil
        }
    }
}

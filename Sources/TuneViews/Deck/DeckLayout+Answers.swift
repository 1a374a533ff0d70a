import TuneCanvas
import TuneControl

/// Where answers stand.
extension DeckLayout {
    /// Columns that an answer beside others needs to be read with pleasure.
    private static let narrowest = 36
    /// Rows of an answer above others, its border included.
    private static let lowest = 5

    static func ask(in body: Rect, _ state: Deck.State) -> [Column] {
        var rest = body
        let below = rest.takeBottom(state.pane == .odds ? oddsHeight(in: body) : promptHeight(in: body))
        let bottom = column(below, [(state.pane == .odds ? .odds : .prompt, .rest)])
        let sides = max(1, state.ask.asked.count)
        if sides == 1 || body.width < wide {
            return [column(rest, (0..<sides).map { (.answer($0), .rest) }), bottom]
        }
        let places = rest.split(.horizontal, .rest, .rest)
        return places.enumerated().map { column($1, [(.answer($0), .rest)]) } + [bottom]
    }

    /// As many answers side by side as can be read, the others below them; where they do not fit, the one in focus.
    static func compare(in body: Rect, _ state: Deck.State) -> [Column] {
        var rest = body
        let bottom: Column
        if state.pane == .odds {
            bottom = column(rest.takeBottom(oddsHeight(in: body)), [(.odds, .rest)])
        } else if state.compare.showsExpected, state.compare.source != nil {
            let prompt = promptHeight(in: body)
            let height = min(body.height / 2, prompt * 2 - 1)
            bottom = column(rest.takeBottom(height), [(.comparePrompt, .fixed(prompt - 2)), (.expected, .rest)])
        } else {
            bottom = column(rest.takeBottom(promptHeight(in: body)), [(.comparePrompt, .rest)])
        }
        let grid = grid(state.compare.places, in: rest)
        if state.compare.isZoomed || grid.count < state.compare.places || grid.isEmpty {
            return [column(rest, [(.column(state.compare.focus), .rest)]), bottom]
        }
        return grid.enumerated().map { column($1, [(.column($0), .rest)]) } + [bottom]
    }

    /// Whether every answer that is compared has a place of its own.
    var showsAllColumns: Bool {
        columns.flatMap(\.slots).count { if case .column = $0.part { true } else { false } } > 1
    }

    // MARK: -

    private static func promptHeight(in body: Rect) -> Int { min(6, max(3, body.height / 5)) }

    /// The chosen token among the ten likeliest, where there is room for all of them.
    private static func oddsHeight(in body: Rect) -> Int { min(Ask.alternatives + 2, max(5, body.height / 2)) }

    /// Rows of equally many cells; empty when they would be too low.
    private static func grid(_ count: Int, in area: Rect) -> [Rect] {
        guard count > 1 else { return [area] }
        let across = max(1, min(count, area.width / narrowest))
        let rows = (count + across - 1) / across
        guard area.height / rows >= lowest else { return [] }
        let each = (count + rows - 1) / rows
        let lines = area.split(.vertical, Array(repeating: TuneCanvas.Part.rest, count: rows))
        return lines.enumerated().flatMap { row, line in
            let cells = min(each, count - row * each)
            return line.split(.horizontal, Array(repeating: TuneCanvas.Part.rest, count: cells))
        }
    }
}

import TuneCanvas
import TuneControl

/// Turns what a mouse does into actions, by the same layout that the screen is drawn with; changes nothing itself.
struct MouseRouter {
    let router: Router

    /// Rows that a notch of the wheel goes.
    static let notch = 3

    /// - Parameters:
    ///   - isDouble: whether it is the second press on the same cell within a moment.
    ///   - isHolding: whether the edge between two columns was taken hold of.
    func actions(
        for mouse: Mouse, isDouble: Bool, isHolding: Bool, in state: Deck.State, on size: Size
    ) -> [Action] {
        let layout = DeckLayout(size: size, state: state)
        guard !layout.isTooSmall else { return [] }
        switch mouse.act {
        case .drag:
            guard isHolding else { return [] }
            let columns = max(DeckLayout.leastSide, min(mouse.point.x + 1, layout.body.width - DeckLayout.leastRest))
            return [.pointed(.edge(columns: columns))]
        case .release: return []
        case .wheelUp: return wheel(.up, at: mouse.point, layout, state, size)
        case .wheelDown: return wheel(.down, at: mouse.point, layout, state, size)
        case .press: return press(at: mouse.point, isDouble: isDouble, layout, state, size)
        }
    }

    /// Whether a press there takes hold of the edge between the first column and the next.
    func holds(_ mouse: Mouse, in state: Deck.State, on size: Size) -> Bool {
        guard mouse.act == .press, state.dialogs.isEmpty, state.tab == .data || state.tab == .jobs else { return false }
        let columns = DeckLayout(size: size, state: state).columns
        guard columns.count > 1, size.width >= DeckLayout.wide, columns[0].frame.endX == columns[1].frame.x else {
            return false
        }
        let edge = columns[0].frame.endX
        return (edge - 1...edge).contains(mouse.point.x)
            && (columns[0].frame.y..<columns[0].frame.endY).contains(mouse.point.y)
    }

    // MARK: -

    private func press(
        at point: Point, isDouble: Bool, _ layout: DeckLayout, _ state: Deck.State, _ size: Size
    ) -> [Action] {
        guard state.dialogs.isEmpty else { return [] }
        if layout.header.contains(point) {
            let tab = Header.places(in: layout.header, language: state.language).first { $0.place.contains(point) }
            let command = tab.flatMap { Command(rawValue: "tab.\($0.tab.rawValue)") }
            return command.map { [.command($0, rows: 1)] } ?? []
        }
        guard let target = target(at: point, layout, state) else { return [] }
        var actions: [Action] = [.pointed(target.pointing)]
        if isDouble, target.isRow, let open = router.action(for: .enter, in: state, on: size) { actions.append(open) }
        return actions
    }

    private func wheel(
        _ command: Command, at point: Point, _ layout: DeckLayout, _ state: Deck.State, _ size: Size
    ) -> [Action] {
        // The router's way, since how far an answer or the help can go is known to the views alone.
        let key: Key = command == .up ? .up : .down
        if !state.dialogs.isEmpty || layout.slot(at: point) == nil {
            return state.focusedText == nil ? repeated(key, state, size) : []
        }
        guard let slot = layout.slot(at: point) else { return [] }
        if slot.part == .record {
            let detail: Command = command == .up ? .detailUp : .detailDown
            return router.keys.binding(of: detail, in: [.records]).flatMap(\.keys.first).map {
                repeated($0, state, size)
            } ?? []
        }
        guard let pane = Self.pane(of: slot.part) else { return [] }
        let focus = Action.pointed(.pane(pane, row: nil, place: Self.place(of: slot.part), rows: 1))
        var after = state
        _ = Deck.update(&after, focus)
        guard after.focusedText == nil else { return [] }
        return [focus] + repeated(key, after, size)
    }

    private func repeated(_ key: Key, _ state: Deck.State, _ size: Size) -> [Action] {
        var state = state
        return (0..<Self.notch).compactMap { _ in
            guard let action = router.action(for: key, in: state, on: size) else { return nil }
            // Where an action says how far in all, the next has to begin where it ends.
            _ = Deck.update(&state, action)
            return action
        }
    }

    private func target(
        at point: Point, _ layout: DeckLayout, _ state: Deck.State
    ) -> (pointing: Pointing, isRow: Bool)? {
        guard let slot = layout.slot(at: point), let pane = Self.pane(of: slot.part) else { return nil }
        let place = Self.place(of: slot.part)
        let (heading, each) =
            slot.part == .records || slot.part == .models ? (1, 1) : (0, slot.part == .findings ? 2 : 1)
        let rows = max(1, (slot.inner.height - heading) / each)
        guard let list = list(of: pane, state), slot.inner.contains(point) else {
            return (.pane(pane, row: nil, place: place, rows: rows), false)
        }
        let y = point.y - slot.inner.y - heading
        let window = list.window(rows: rows)
        let row = window.lowerBound + max(0, y) / each
        let isRow = y >= 0 && window.contains(row)
        return (.pane(pane, row: isRow ? row : nil, place: place, rows: rows), isRow)
    }

    private func list(of pane: Pane, _ state: Deck.State) -> ListState? {
        switch pane {
        case .datasets: state.browse.list
        case .findings: state.browse.current?.findings
        case .records: state.browse.current?.list
        case .jobs: state.jobs.list
        case .models: state.models.list
        default: nil
        }
    }

    private static func pane(of part: Part) -> Pane? {
        switch part {
        case .datasets: .datasets
        case .findings: .findings
        case .records, .record: .records
        case .jobs: .jobs
        case .prompt: .prompt
        case .answer: .answers
        case .comparePrompt: .comparePrompt
        case .column: .columns
        case .models: .models
        default: nil
        }
    }

    private static func place(of part: Part) -> Int {
        switch part {
        case .answer(let place), .column(let place): place
        default: 0
        }
    }
}

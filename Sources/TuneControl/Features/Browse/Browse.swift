public import TuneData
public import TuneModel

/// The open datasets and their records.
public enum Browse {
    public struct State: Hashable, Sendable {
        public var sheets: [Sheet] = []
        /// The datasets pane; its cursor is the sheet on show.
        public var list = ListState()
        public var showsWhitespace = false
        /// The file that is being read for the first time.
        public var opening: String?
        /// What was shown of files last time, until they are read to their end.
        var awaited: [String: RowQuery] = [:]

        public init() {}

        public var current: Sheet? {
            get { list.selected.map { sheets[$0] } }
            set { if let newValue, let index = list.selected { sheets[index] = newValue } }
        }
    }

    public enum Action: Hashable, Sendable {
        case opening(String)
        case openFailed
        /// The first rows of a file can be shown, or all of them.
        case opened(DatasetFacts, row: Int)
        /// More rows of an open file are known by now.
        case grown(DatasetFacts)
        case closed
        case chose(Motion, rows: Int)
        case moved(Motion, rows: Int)
        /// To a row of the file, from 0.
        case jumped(row: Int)
        case rowsArrived(path: String, start: Int, [SheetRow])
        case findingsMoved(Motion, rows: Int)
        /// To the next row of the finding under the cursor.
        case findingShown(rows: Int)
        case inspectionAsked
        case checking(path: String, Double)
        case checkCancelled
        case inspected(path: String, Inspection)
        case whitespaceToggled
        case lossesArrived(path: String, LossColumn?)
        case view(ViewAction)
        case mark(MarkAction)
        case edit(EditAction)
        case search(SearchAction)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .opening(let path):
            state.opening = path
        case .openFailed:
            state.opening = nil
        case .opened(let facts, let row):
            state.opening = nil
            return open(facts, row: row, in: &state)
        case .grown(let facts):
            return grow(facts, in: &state)
        case .closed:
            guard let index = state.list.selected else { return [] }
            let path = state.sheets[index].facts.path
            state.sheets.remove(at: index)
            state.list.resize(to: state.sheets.count)
            return [.closeDataset(path: path)] + rowsNeeded(in: state)
        case .chose(let motion, let rows):
            state.list.move(motion, rows: rows)
            return rowsNeeded(in: state)
        case .moved(let motion, let rows):
            state.current?.list.move(motion, rows: rows)
            return rowsNeeded(in: state)
        case .jumped(let row):
            guard let place = state.current?.place(of: row) else { return [] }
            state.current?.list.select(place)
            return rowsNeeded(in: state)
        case .rowsArrived(let path, let start, let rows):
            state.change(path) { $0.window = RowWindow(start: start, rows: rows) }
        case .findingsMoved(let motion, let rows):
            state.current?.findings.move(motion, rows: rows)
        case .findingShown(let rows):
            return showFinding(rows: rows, in: &state)
        case .inspectionAsked:
            guard let path = state.current?.facts.path, let row = state.current?.row else { return [] }
            state.current?.inspection = .running
            // Another program may have written to it since.
            return [.openDatasets([.init(path: path, row: row)])]
        case .checking(let path, let share):
            state.change(path) { $0.checked = share }
        case .checkCancelled:
            guard let path = state.current?.facts.path else { return [] }
            state.current?.inspection = .failed(cancelledCheck)
            return [.stop(.inspecting(path: path))]
        case .inspected(let path, let inspection):
            state.change(path) {
                $0.inspection = inspection
                $0.findings.resize(to: inspection.findings.count)
            }
        case .whitespaceToggled:
            state.showsWhitespace.toggle()
        case .lossesArrived(let path, let losses):
            var isTaken = false
            state.change(path) { isTaken = $0.take(losses) }
            return isTaken && state.current?.facts.path == path ? viewNeeded(in: &state) : []
        case .view(let action): return update(&state, action)
        case .mark(let action): return update(&state, action)
        case .edit(let action): return update(&state, action)
        case .search(let action): return update(&state, action)
        }
        return []
    }

    // MARK: -

    private static let cancelledCheck = Explanation(
        Wording("The check was cancelled.", "检查已取消。"), next: Wording("c checks again.", "按 c 重新检查。"))

    private static func open(_ facts: DatasetFacts, row: Int, in state: inout State) -> [Effect] {
        if let index = state.sheets.firstIndex(where: { $0.facts.path == facts.path }) {
            // It may be another file by now, and nobody knows which of its rows are what they were.
            var sheet = Sheet(facts: facts, row: state.sheets[index].row)
            sheet.search = state.sheets[index].search
            state.sheets[index] = sheet
            state.list.select(index)
        } else {
            state.sheets.append(Sheet(facts: facts, row: row))
            state.list.resize(to: state.sheets.count)
            state.list.select(state.sheets.count - 1)
        }
        return rowsNeeded(in: state) + wholeArrived(facts, in: &state)
    }

    /// What can be done once all rows of a file are known.
    private static func wholeArrived(_ facts: DatasetFacts, in state: inout State) -> [Effect] {
        guard facts.isWhole else { return [] }
        var effects: [Effect] = [.inspect(path: facts.path)]
        if let view = state.awaited.removeValue(forKey: facts.path), state.current?.facts.path == facts.path {
            state.current?.view.filter = view.filter
            state.current?.view.order = view.order
            let needsLosses = view.filter.needs.contains(.losses) || view.order.key == .loss
            effects += needsLosses ? [.loadLosses(path: facts.path)] : viewNeeded(in: &state)
        }
        return effects
    }

    private static func grow(_ facts: DatasetFacts, in state: inout State) -> [Effect] {
        state.change(facts.path) {
            $0.facts = facts
            if $0.view.rows == nil { $0.list.resize(to: facts.records) }
            if let wanted = $0.wanted, wanted < facts.records {
                $0.list.select(wanted)
                $0.wanted = nil
            }
        }
        guard let sheet = state.sheets.first(where: { $0.facts.path == facts.path }) else { return [] }
        let isCurrent = state.current?.facts.path == facts.path
        return (isCurrent ? rowsNeeded(in: state) : []) + wholeArrived(sheet.facts, in: &state)
    }

    private static func showFinding(rows: Int, in state: inout State) -> [Effect] {
        guard let sheet = state.current, let selected = sheet.findings.selected else { return [] }
        let concerned = sheet.inspection.findings[selected].rows
        guard let row = concerned.first(where: { $0 > sheet.row }) ?? concerned.first,
            let place = sheet.place(of: row)
        else { return [] }
        state.current?.list.go(to: place, rows: rows)
        return rowsNeeded(in: state)
    }
}

extension Browse.State {
    mutating func change(_ path: String, _ body: (inout Browse.Sheet) -> Void) {
        guard let index = sheets.firstIndex(where: { $0.facts.path == path }) else { return }
        body(&sheets[index])
    }
}

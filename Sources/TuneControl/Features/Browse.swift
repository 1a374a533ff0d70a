public import TuneModel

/// The open datasets and their records.
public enum Browse {
    /// The records around the cursor; a dataset is never held whole.
    public struct RowWindow: Hashable, Sendable {
        public var start = 0
        public var rows: [DatasetRow] = []

        public var range: Range<Int> { start..<(start + rows.count) }

        public subscript(row: Int) -> DatasetRow? {
            range.contains(row) ? rows[row - start] : nil
        }
    }

    public enum Inspection: Hashable, Sendable {
        case running
        case done([Finding])
        case failed(Explanation)

        public var findings: [Finding] {
            if case .done(let findings) = self { findings } else { [] }
        }
    }

    public struct Search: Hashable, Sendable {
        public var needle = TextBuffer()
        /// Whether keys go into the needle.
        public var isTyping = false
        public var isRunning = false
        /// The last search found nothing.
        public var isMissing = false
    }

    /// One open dataset.
    public struct Sheet: Hashable, Sendable {
        public var facts: DatasetFacts
        public var list: ListState
        public var window = RowWindow()
        public var inspection = Inspection.running
        public var findings = ListState()
        public var search = Search()
        /// How the rows were learned, once a person has asked for it.
        public var losses: LossColumn?
        /// Whether the worst learned rows stand first; else the list is in the order of the file.
        public var isByLoss = false

        public init(facts: DatasetFacts, row: Int = 0) {
            self.facts = facts
            list = ListState(count: facts.records, cursor: row)
        }

        /// The record under the cursor, once it has been read.
        public var selected: DatasetRow? { list.selected.flatMap { window[$0] } }
    }

    public struct State: Hashable, Sendable {
        public var sheets: [Sheet] = []
        /// The datasets pane; its cursor is the sheet on show.
        public var list = ListState()
        public var showsWhitespace = false
        /// The file that is being read for the first time.
        public var opening: String?

        public init() {}

        public var current: Sheet? {
            get { list.selected.map { sheets[$0] } }
            set { if let newValue, let index = list.selected { sheets[index] = newValue } }
        }
    }

    public enum Action: Hashable, Sendable {
        /// For the worst learned rows first, or for the order of the file again.
        case lossesAsked
        case lossesArrived(path: String, LossColumn?)
        case opening(String)
        case openFailed
        case opened(DatasetFacts, row: Int)
        case closed
        case chose(Motion, rows: Int)
        case moved(Motion, rows: Int)
        case findingsMoved(Motion, rows: Int)
        /// To the next row of the finding under the cursor.
        case findingShown(rows: Int)
        case inspectionAsked
        case rowsArrived(path: String, start: Int, [DatasetRow])
        case inspected(path: String, Inspection)
        case searchOpened
        case searchEdited(TextEdit)
        /// Looks for the needle from the cursor on, or backwards.
        case searched(forward: Bool)
        case searchClosed
        case found(path: String, Int?)
        case whitespaceToggled
        /// A record was written; what was read of the file is out of date.
        case written(DatasetFacts, row: Int)
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .lossesAsked:
            return sort(in: &state)
        case .lossesArrived(let path, let losses):
            guard let losses else { return [] }
            state.change(path) { $0.sort(by: losses) }
            return state.current?.facts.path == path ? rowsNeeded(in: state) : []
        case .opening(let path):
            state.opening = path
        case .openFailed:
            state.opening = nil
        case .opened(let facts, let row):
            state.opening = nil
            return open(facts, row: row, in: &state)
        case .closed:
            guard let index = state.list.selected else { return [] }
            state.sheets.remove(at: index)
            state.list.resize(to: state.sheets.count)
            return rowsNeeded(in: state)
        case .chose(let motion, let rows):
            state.list.move(motion, rows: rows)
            return rowsNeeded(in: state)
        case .moved(let motion, let rows):
            state.current?.list.move(motion, rows: rows)
            return rowsNeeded(in: state)
        case .findingsMoved(let motion, let rows):
            state.current?.findings.move(motion, rows: rows)
        case .findingShown(let rows):
            guard let sheet = state.current, let selected = sheet.findings.selected else { return [] }
            let concerned = sheet.inspection.findings[selected].rows
            guard let row = concerned.first(where: { $0 > sheet.row }) ?? concerned.first else { return [] }
            state.current?.list.go(to: sheet.place(of: row), rows: rows)
            return rowsNeeded(in: state)
        case .inspectionAsked:
            guard let path = state.current?.facts.path else { return [] }
            state.current?.inspection = .running
            return [.inspect(path: path)]
        case .rowsArrived(let path, let start, let rows):
            state.change(path) { $0.window = RowWindow(start: start, rows: rows) }
        case .inspected(let path, let inspection):
            state.change(path) {
                $0.inspection = inspection
                $0.findings.resize(to: inspection.findings.count)
            }
        case .searchOpened:
            state.current?.search = Search(isTyping: true)
        case .searchEdited(let edit):
            state.current?.search.needle.apply(edit)
            state.current?.search.isMissing = false
        case .searched(let forward):
            return search(in: &state, forward: forward)
        case .searchClosed:
            state.current?.search = Search()
        case .found(let path, let row):
            state.change(path) {
                $0.search.isRunning = false
                $0.search.isMissing = row == nil
                if let row { $0.list.select($0.place(of: row)) }
            }
            return rowsNeeded(in: state)
        case .whitespaceToggled:
            state.showsWhitespace.toggle()
        case .written(let facts, let row):
            state.change(facts.path) {
                $0.facts = facts
                $0.losses?.forget(row)
                $0.list.resize(to: facts.records)
                $0.list.select($0.place(of: row))
                $0.inspection = .running
            }
            guard let sheet = state.sheets.first(where: { $0.facts.path == facts.path }) else { return [] }
            return [rowsAround(sheet), .inspect(path: facts.path)]
        }
        return []
    }

    // MARK: -

    /// Rows kept on either side of the cursor; more than the tallest terminal shows.
    private static let margin = 400
    /// Rows that must be there on either side, or more are read.
    private static let horizon = 150

    private static func open(_ facts: DatasetFacts, row: Int, in state: inout State) -> [Effect] {
        if let index = state.sheets.firstIndex(where: { $0.facts.path == facts.path }) {
            state.sheets[index].facts = facts
            state.sheets[index].list.resize(to: facts.records)
            state.sheets[index].window = RowWindow()
            // It may be another file by now, and nobody knows which of its rows are what they were.
            state.sheets[index].losses = nil
            state.sheets[index].isByLoss = false
            state.sheets[index].inspection = .running
            state.list.select(index)
        } else {
            state.sheets.append(Sheet(facts: facts, row: row))
            state.list.resize(to: state.sheets.count)
            state.list.select(state.sheets.count - 1)
        }
        return rowsNeeded(in: state) + [.inspect(path: facts.path)]
    }

    private static func rowsNeeded(in state: State) -> [Effect] {
        guard let sheet = state.current, sheet.facts.records > 0 else { return [] }
        let cursor = sheet.list.cursor
        let near = max(0, cursor - horizon)..<min(sheet.facts.records, cursor + horizon)
        let held = sheet.window.range
        if held.lowerBound <= near.lowerBound, held.upperBound >= near.upperBound { return [] }
        return [rowsAround(sheet)]
    }

    private static func rowsAround(_ sheet: Sheet) -> Effect {
        let cursor = sheet.list.cursor
        let places = max(0, cursor - margin)..<min(sheet.facts.records, cursor + margin)
        guard sheet.isByLoss else { return .loadRows(path: sheet.facts.path, range: places) }
        return .loadPicked(path: sheet.facts.path, start: places.lowerBound, rows: places.map(sheet.row))
    }

    private static func sort(in state: inout State) -> [Effect] {
        guard let sheet = state.current else { return [] }
        if sheet.isByLoss {
            state.current?.show(byLoss: false)
        } else if sheet.losses == nil {
            return [.loadLosses(path: sheet.facts.path)]
        } else {
            state.current?.show(byLoss: true)
        }
        return rowsNeeded(in: state)
    }

    private static func search(in state: inout State, forward: Bool) -> [Effect] {
        guard let sheet = state.current, sheet.facts.records > 0 else { return [] }
        let wasTyping = sheet.search.isTyping
        state.current?.search.isTyping = false
        let needle = sheet.search.needle.text
        guard !needle.isEmpty else {
            state.current?.search = Search()
            return []
        }
        state.current?.search.isRunning = true
        // A new needle may be in the row one stands on; the same one again is looked for beyond it.
        let step = wasTyping ? 0 : forward ? 1 : -1
        let start = (sheet.row + step + sheet.facts.records) % sheet.facts.records
        return [.findRow(path: sheet.facts.path, needle: needle, start: start, forward: forward)]
    }
}

extension Browse.State {
    mutating func change(_ path: String, _ body: (inout Browse.Sheet) -> Void) {
        guard let index = sheets.firstIndex(where: { $0.facts.path == path }) else { return }
        body(&sheets[index])
    }
}

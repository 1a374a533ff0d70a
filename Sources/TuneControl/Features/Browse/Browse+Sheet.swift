public import TuneModel

extension Browse {
    /// The records around the cursor; a dataset is never held whole.
    public struct RowWindow: Hashable, Sendable {
        public var start = 0
        public var rows: [SheetRow] = []

        public var range: Range<Int> { start..<(start + rows.count) }

        /// What stands at a place of the list.
        public subscript(place: Int) -> SheetRow? {
            range.contains(place) ? rows[place - start] : nil
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

    /// One open dataset.
    public struct Sheet: Hashable, Sendable {
        public var facts: DatasetFacts
        public var list: ListState
        public var view = RowView()
        public var window = RowWindow()
        /// Rows of the file chosen for what comes next.
        public var marks = RangeSet<Int>()
        /// Place of the row marked last, where a stretch of marks begins.
        var markedLast: Int?
        public var inspection = Inspection.running
        /// How far the checks have come, 0 to 1, while they run.
        public var checked = 0.0
        public var findings = ListState()
        public var search = Search()
        /// How the rows were learned, once a person has asked for it.
        public var losses: LossColumn?
        /// How far an edit is on its way into the journal, or a save into the file, 0 to 1; nil when none is.
        public var editing: Double?
        /// The row to go to once the file is read that far.
        var wanted: Int?

        public init(facts: DatasetFacts, row: Int = 0) {
            self.facts = facts
            list = ListState(count: facts.records, cursor: row)
            wanted = row < facts.records ? nil : row
        }

        /// The row under the cursor, once it has been read.
        public var selected: SheetRow? { list.selected.flatMap { window[$0] } }
    }

    // MARK: -

    /// Rows kept on either side of the cursor; more than the tallest terminal shows.
    private static let margin = 400
    /// Rows that must be there on either side, or more are read.
    private static let horizon = 150

    static func rowsNeeded(in state: State) -> [Effect] {
        guard let sheet = state.current, sheet.list.count > 0 else { return [] }
        let cursor = sheet.list.cursor
        let near = max(0, cursor - horizon)..<min(sheet.list.count, cursor + horizon)
        let held = sheet.window.range
        if held.lowerBound <= near.lowerBound, held.upperBound >= near.upperBound { return [] }
        return [rowsAround(sheet)]
    }

    static func rowsAround(_ sheet: Sheet) -> Effect {
        let cursor = sheet.list.cursor
        let places = max(0, cursor - margin)..<min(sheet.list.count, cursor + margin)
        guard sheet.view.rows != nil else { return .loadRows(path: sheet.facts.path, range: places) }
        return .loadPicked(path: sheet.facts.path, start: places.lowerBound, rows: places.map(sheet.row))
    }
}

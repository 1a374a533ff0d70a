extension Browse {
    /// What concerns the rows that a person has chosen for what comes next.
    public enum MarkAction: Hashable, Sendable {
        /// Marks or unmarks the row under the cursor, and goes on to the next.
        case toggled(rows: Int)
        /// From the row marked last to the one under the cursor.
        case reached
        /// Every row on show.
        case all
        /// What is marked is not, and the other way round, among the rows on show.
        case inverted
        case cleared
        /// These rows of the file and no others.
        case these([Int])
    }

    static func update(_ state: inout State, _ action: MarkAction) -> [Effect] {
        guard var sheet = state.current, let place = sheet.list.selected else { return [] }
        switch action {
        case .toggled(let rows):
            let row = sheet.row
            if sheet.marks.contains(row) {
                sheet.marks.remove(row, within: 0..<sheet.facts.records)
            } else {
                sheet.marks.insert(row, within: 0..<sheet.facts.records)
            }
            sheet.markedLast = place
            sheet.list.move(.lines(1), rows: rows)
        case .reached:
            let from = min(sheet.markedLast ?? place, sheet.list.count - 1)
            sheet.marks.formUnion(sheet.rows(at: min(from, place)..<max(from, place) + 1))
            sheet.markedLast = place
        case .all:
            sheet.marks.formUnion(sheet.rows(at: 0..<sheet.list.count))
        case .inverted:
            sheet.marks.formSymmetricDifference(sheet.rows(at: 0..<sheet.list.count))
        case .these(let rows):
            sheet.marks = RangeSet()
            for row in rows where row < sheet.facts.records { sheet.marks.insert(row, within: 0..<sheet.facts.records) }
            sheet.markedLast = nil
        case .cleared:
            sheet.marks = RangeSet()
            sheet.markedLast = nil
        }
        state.current = sheet
        return rowsNeeded(in: state)
    }
}

extension Browse.Sheet {
    /// The rows that a wish concerns: those marked, else the one under the cursor.
    public var chosen: RangeSet<Int> {
        if !marks.isEmpty { return marks }
        return list.selected == nil ? RangeSet() : RangeSet(row..<row + 1)
    }

    /// How many rows `chosen` has.
    public var chosenCount: Int { chosen.ranges.reduce(0) { $0 + $1.count } }

    /// The rows of the file that stand at some places.
    func rows(at places: Range<Int>) -> RangeSet<Int> {
        guard let rows = view.rows else { return RangeSet(places) }
        // In order, so that each lengthens the last range or begins one behind it.
        var ranges: [Range<Int>] = []
        for row in rows[places].sorted() {
            let row = Int(row)
            if let last = ranges.last, last.upperBound == row {
                ranges[ranges.count - 1] = last.lowerBound..<row + 1
            } else {
                ranges.append(row..<row + 1)
            }
        }
        return RangeSet(ranges)
    }
}

/// Narrows what all texts of a stretch end with, and looks whether that also stands earlier in one of them.
///
/// What they end with is known after a few rows, mostly; the search begins then. Rows that were passed before, or while
/// the end was a longer one, are `unsearched`.
struct EndWatch: Sendable {
    private static let firstRows = 64

    private(set) var edge = CommonEdge(.end)
    /// Whether a text holds what it ends with twice.
    private(set) var recurs = false
    private var looks = 0
    private var searched: [UInt8] = []
    private(set) var rows = 0..<0
    private var searchedFrom = 0

    /// Rows come in their order, with gaps or without.
    mutating func look(in text: UnsafeBufferPointer<UInt8>, row: Int) {
        rows = (looks == 0 ? row : rows.lowerBound)..<row + 1
        looks += 1
        edge.narrow(by: text)
        if looks <= Self.firstRows || edge.length != searched.count {
            searchedFrom = row + 1
            if looks >= Self.firstRows { searched = edge.whole }
            return
        }
        if !recurs { recurs = isEarlier(searched, in: text) }
    }

    /// The rows where an end was not looked for; nil when it was found to recur.
    func unsearched(for end: [UInt8]) -> Range<Int>? {
        // Where a longer end recurs, so does this one.
        if recurs { return nil }
        return searched == end ? rows.lowerBound..<searchedFrom : rows
    }
}

/// Whether what a text ends with also stands in it earlier, not overlapping its end.
func isEarlier(_ end: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !end.isEmpty, text.count > end.count else { return false }
    return contains(UnsafeBufferPointer(rebasing: text[..<(text.count - end.count)]), end)
}

/// The ends of all stretches of a column.
struct EndCensus {
    private(set) var edge = CommonEdge(.end)
    private var watches: [EndWatch] = []

    mutating func add(_ watch: EndWatch) {
        edge.narrow(by: watch.edge)
        watches.append(watch)
    }

    /// The rows where an end was not looked for; nil when it was found to recur.
    func unsearched(for end: [UInt8]) -> [Range<Int>]? {
        var missing: [Range<Int>] = []
        for watch in watches {
            guard let rows = watch.unsearched(for: end) else { return nil }
            if !rows.isEmpty { missing.append(rows) }
        }
        return missing
    }
}

/// Sets of rows that may have a million runs: made in one go, as adding one run after the other would take the square of
/// their number.
extension RangeSet<Int> {
    /// How many there are.
    var size: Int { ranges.reduce(0) { $0 + $1.count } }
    var first: Int? { ranges.first?.lowerBound }

    /// Those before a row, and those from it on.
    func parted(at row: Int) -> (RangeSet, RangeSet) {
        (
            RangeSet(ranges.map { $0.clamped(to: 0..<row) }.filter { !$0.isEmpty }),
            RangeSet(ranges.map { $0.clamped(to: row..<Int.max) }.filter { !$0.isEmpty })
        )
    }

    /// Those that are in none of some rising runs.
    func without(_ runs: [Range<Int>]) -> RangeSet {
        var left: [Range<Int>] = []
        var next = 0
        for range in ranges {
            var start = range.lowerBound
            while next < runs.count, runs[next].upperBound <= start { next += 1 }
            var at = next
            while at < runs.count, runs[at].lowerBound < range.upperBound {
                if start < runs[at].lowerBound { left.append(start..<runs[at].lowerBound) }
                start = Swift.max(start, runs[at].upperBound)
                at += 1
            }
            if start < range.upperBound { left.append(start..<range.upperBound) }
        }
        return RangeSet(left)
    }
}

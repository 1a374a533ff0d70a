/// How often values of each size occur, in bins whose edges are round numbers.
public struct Histogram: Hashable, Sendable {
    public enum Scale: String, Hashable, Sendable {
        /// Bins of one width.
        case linear
        /// Bins that widen with the values.
        case logarithmic
    }

    public struct Bin: Hashable, Sendable {
        public let range: Range<Int>
        public let count: Int
    }

    public let scale: Scale
    /// Side by side from the smallest value to the largest, empty ones included.
    public let bins: [Bin]

    /// Of values from 0 on, in at most so many bins. Without a scale, values that lie far apart make it logarithmic.
    public init(_ values: some Sequence<Int>, bins limit: Int = 24, scale: Scale? = nil) {
        var tally = LengthTally()
        for value in values { tally.add(value) }
        self.init(tally, bins: limit, scale: scale)
    }

    init(_ tally: LengthTally, bins limit: Int = 24, scale wanted: Scale? = nil) {
        precondition(limit >= 4, "few bins show nothing")
        let low = tally.min
        let high = tally.max
        // The widest tenth would squeeze the others into a bin or two.
        scale = wanted ?? (high > 16 * Swift.max(tally.rank(50), 1) ? .logarithmic : .linear)
        guard tally.count > 0 else {
            bins = []
            return
        }
        let edges = scale == .linear ? Self.linearEdges(low, high, limit) : Self.logarithmicEdges(low, high, limit)
        var counts = Array(repeating: 0, count: edges.count - 1)
        for (value, count) in tally.entries { counts[edges.partitioningIndex { $0 > value } - 1] += count }
        bins = counts.indices.map { Bin(range: edges[$0]..<edges[$0 + 1], count: counts[$0]) }
    }

    /// Of the fullest bin.
    public var largestCount: Int { bins.map(\.count).max() ?? 0 }

    // MARK: -

    /// Multiples of 1, 2 or 5 times a power of ten.
    private static func linearEdges(_ low: Int, _ high: Int, _ limit: Int) -> [Int] {
        var step = 1
        while high / step - low / step + 1 > limit { step = nextRound(step) }
        return Array(stride(from: low / step * step, through: high / step * step + step, by: step))
    }

    /// 1 → 2 → 5 → 10.
    private static func nextRound(_ step: Int) -> Int {
        var power = 1
        while step / power >= 10 { power *= 10 }
        return step / power == 2 ? power * 5 : step * 2
    }

    /// As many edges in each power of ten as the limit lets; nought has a bin of its own.
    private static func logarithmicEdges(_ low: Int, _ high: Int, _ limit: Int) -> [Int] {
        let tenths = [[10, 12, 15, 20, 25, 30, 40, 50, 60, 80], [10, 15, 20, 30, 50, 70], [10, 20, 50], [10]]
        for steps in tenths {
            var edges = [0]
            var power = 1
            outer: while true {
                for step in steps where step * power % 10 == 0 {
                    let edge = step * power / 10
                    edges.append(edge)
                    if edge > high { break outer }
                }
                power *= 10
            }
            while edges.count > 2, edges[1] <= low { edges.removeFirst() }
            if edges.count - 1 <= limit || steps.count == 1 { return edges }
        }
        return [0, high + 1]
    }
}

extension Array {
    /// The first place whose element belongs to the second part, where all of the first stand before all of the second.
    func partitioningIndex(_ isSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// How far values reach, over any stretch of them, without looking at each.
///
/// A pyramid: its lowest level holds one extent for every sixteen values, each level above one for every sixteen below.
/// A value is taken in or dropped again in constant time, on the average of many; a stretch among n values is answered
/// from about 30 · log₁₆ n entries.
public struct Extents: Sendable {
    /// What a stretch of values spans; values that are not finite count for nothing.
    public struct Extent: Hashable, Sendable {
        public var low = Double.infinity
        public var high = -Double.infinity
        /// The lowest of those above 0, which is where a logarithmic axis begins.
        public var lowPositive = Double.infinity
        public var sum = 0.0
        /// How many values were finite.
        public var count = 0

        public init() {}

        public var isEmpty: Bool { count == 0 }
        /// NaN when there is no value.
        public var mean: Double { sum / Double(count) }

        public mutating func take(_ value: Double) {
            guard value.isFinite else { return }
            low = min(low, value)
            high = max(high, value)
            if value > 0 { lowPositive = min(lowPositive, value) }
            sum += value
            count += 1
        }

        public mutating func take(_ other: Extent) {
            low = min(low, other.low)
            high = max(high, other.high)
            lowPositive = min(lowPositive, other.lowPositive)
            sum += other.sum
            count += other.count
        }
    }

    private static let fan = 16
    /// Whole blocks alone; what is left over at the end is looked at value by value.
    private var levels: [[Extent]] = []

    public init() {}

    /// Takes in the value at `index`, which comes after all that were taken in before.
    mutating func append(_ value: (Int) -> Double, at index: Int) {
        guard (index + 1) % Self.fan == 0 else { return }
        var block = Extent()
        for place in (index + 1 - Self.fan)...index { block.take(value(place)) }
        add(block, to: 0)
    }

    /// Forgets all values from `count` on.
    mutating func truncate(to count: Int) {
        var blocks = count
        for level in levels.indices {
            blocks /= Self.fan
            if levels[level].count > blocks { levels[level].removeLast(levels[level].count - blocks) }
        }
    }

    /// What the values of a stretch span.
    func extent(of range: Range<Int>, _ value: (Int) -> Double) -> Extent {
        var found = Extent()
        var (low, high) = (range.lowerBound, range.upperBound)
        // Values one by one up to the first whole block, and from the last one on.
        let first = (low + Self.fan - 1) / Self.fan * Self.fan
        let last = min(high / Self.fan, levels.first?.count ?? 0) * Self.fan
        guard first < last else {
            for index in range { found.take(value(index)) }
            return found
        }
        for index in low..<first { found.take(value(index)) }
        for index in last..<high { found.take(value(index)) }
        (low, high) = (first / Self.fan, last / Self.fan)
        for level in levels.indices {
            let from = (low + Self.fan - 1) / Self.fan * Self.fan
            let to = level + 1 < levels.count ? min(high / Self.fan, levels[level + 1].count) * Self.fan : 0
            guard from < to else {
                for index in low..<high { found.take(levels[level][index]) }
                break
            }
            for index in low..<from { found.take(levels[level][index]) }
            for index in to..<high { found.take(levels[level][index]) }
            (low, high) = (from / Self.fan, to / Self.fan)
        }
        return found
    }

    // MARK: -

    private mutating func add(_ block: Extent, to level: Int) {
        if level == levels.count { levels.append([]) }
        levels[level].append(block)
        guard levels[level].count % Self.fan == 0 else { return }
        var whole = Extent()
        for part in levels[level].suffix(Self.fan) { whole.take(part) }
        add(whole, to: level + 1)
    }
}

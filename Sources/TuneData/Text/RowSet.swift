/// A set of rows, one bit each.
public struct RowSet: Hashable, Sendable {
    private var words: [UInt64]

    /// An empty set with room for so many rows; it grows when others are inserted.
    public init(rows: Int = 0) { words = Array(repeating: 0, count: (rows + 63) / 64) }

    public mutating func insert(_ row: Int) {
        if row >> 6 >= words.count {
            words.reserveCapacity(row >> 6 + 1)
            while row >> 6 >= words.count { words.append(0) }
        }
        words[row >> 6] |= 1 << UInt64(row & 63)
    }

    @inline(__always)
    public func contains(_ row: Int) -> Bool {
        row >> 6 < words.count && words[row >> 6] & 1 << UInt64(row & 63) != 0
    }

    /// How many there are.
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Its rows as ranges.
    public var ranges: RangeSet<Int> {
        var ranges: [Range<Int>] = []
        for (place, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                let bit = rest.trailingZeroBitCount
                let length = (~(rest >> UInt64(bit))).trailingZeroBitCount
                let start = place << 6 + bit
                if let last = ranges.last, last.upperBound == start {
                    ranges[ranges.count - 1] = last.lowerBound..<start + length
                } else {
                    ranges.append(start..<start + length)
                }
                rest = bit + length >= 64 ? 0 : (rest >> UInt64(bit + length)) << UInt64(bit + length)
            }
        }
        return RangeSet(ranges)
    }
}

/// Rows that something is true of: all are counted, the first thousand are named.
struct RowList: Hashable, Sendable {
    static let limit = 1000

    private(set) var rows: [Int] = []
    private(set) var count = 0
    /// The row added last.
    private(set) var last = -1

    mutating func add(_ row: Int) {
        count += 1
        last = row
        if rows.count < Self.limit { rows.append(row) }
    }

    /// Adds rows that all come after these.
    mutating func append(_ later: RowList) {
        guard later.count > 0 else { return }
        count += later.count
        last = later.last
        rows.append(contentsOf: later.rows.prefix(Self.limit - rows.count))
    }

    mutating func merge(_ other: RowList) {
        count += other.count
        last = max(last, other.last)
        rows = Array((rows + other.rows).sorted().prefix(Self.limit))
    }
}

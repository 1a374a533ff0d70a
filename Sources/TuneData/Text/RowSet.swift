/// A set of rows, one bit each.
struct RowSet: Sendable {
    private var words: [UInt64]

    init(rows: Int) { words = Array(repeating: 0, count: (rows + 63) / 64) }

    mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    @inline(__always)
    func contains(_ row: Int) -> Bool { words[row >> 6] & 1 << UInt64(row & 63) != 0 }
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
}

/// How many rows have each length: exact, and as small as there are different lengths.
struct LengthTally: Hashable, Sendable {
    private static let shortLimit = 4096

    private var short: [Int] = []
    private var long: [Int: Int] = [:]
    private(set) var count = 0
    private(set) var total = 0

    mutating func add(_ length: Int, count times: Int = 1) {
        if length < Self.shortLimit {
            if length >= short.count {
                short.append(contentsOf: repeatElement(0, count: Swift.max(length + 1, 2 * short.count) - short.count))
            }
            short[length] += times
        } else {
            long[length, default: 0] += times
        }
        count += times
        total += length * times
    }

    mutating func add(_ other: LengthTally) {
        for (length, count) in other.entries { add(length, count: count) }
    }

    /// Each length that occurs, the small ones first, and how often.
    var entries: [(length: Int, count: Int)] {
        short.indices.filter { short[$0] > 0 }.map { ($0, short[$0]) }
            + long.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    var min: Int { short.firstIndex { $0 > 0 } ?? long.keys.min() ?? 0 }
    var max: Int { long.keys.max() ?? short.lastIndex { $0 > 0 } ?? 0 }

    /// The smallest length that so many percent are not above.
    func rank(_ percent: Int) -> Int {
        var left = Swift.max((count * percent + 99) / 100, 1)
        for (length, count) in entries {
            left -= count
            if left <= 0 { return length }
        }
        return 0
    }
}

import Foundation

/// Finds, among rows seen before, one that says nearly the same: sketches fall into the same bucket of at least one of
/// six tables when their texts are alike (locality-sensitive hashing), and what is found there is compared in full.
///
/// Takes 56 bytes for each of the rows that it was made for, whatever their length, and time that grows with them.
struct NearIndex {
    /// The share of 5-grams that two texts need in common.
    static let thresholds = 0.5...1.0
    static let standardThreshold = 0.85
    private static let bands = 6
    private static let free = UInt32.max

    let threshold: Double
    /// Hashes that have to agree in a table: as many as let a pair at the threshold be found 97 times of 100.
    private let depth: Int
    /// The slots of all tables: a row, and 16 bits to tell its key by.
    private var rows: [UInt32]
    private var tags: [UInt16]
    /// One bit of each bin, by row.
    private var bits: [UInt64]

    init(rows count: Int, threshold: Double) {
        self.threshold = threshold
        let deepest = log(0.443) / log(min(max(threshold, 0.01), 0.999))
        depth = min(max(Int(deepest), 1), 8)
        let slots = max(count * Self.bands * 4 / 3, 16)
        rows = Array(repeating: Self.free, count: slots)
        tags = Array(repeating: 0, count: slots)
        bits = Array(repeating: 0, count: count)
    }

    /// What it takes of memory, whatever is in it.
    var bytes: Int { rows.count * 4 + tags.count * 2 + bits.count * 8 }

    /// Rows that may be alike, the likeliest first.
    func candidates(for sketch: ShingleSketch) -> [Int] {
        guard sketch.count > 0 else { return [] }
        let mine = sketch.bits
        let needed = neededBits(sketch.count)
        var found: [(row: Int, bits: Int)] = []
        for band in 0..<Self.bands {
            let key = key(of: sketch, band: band)
            var slot = self.slot(of: key)
            let tag = UInt16(truncatingIfNeeded: key)
            while rows[slot] != Self.free {
                if tags[slot] == tag {
                    let row = Int(rows[slot])
                    let same = 64 - (mine ^ bits[row]).nonzeroBitCount
                    if same >= needed, !found.contains(where: { $0.row == row }) { found.append((row, same)) }
                    break
                }
                slot = slot + 1 == rows.count ? 0 : slot + 1
            }
        }
        return found.sorted { $0.bits > $1.bits }.map(\.row)
    }

    /// Makes a row findable.
    mutating func insert(_ sketch: ShingleSketch, row: Int) {
        guard sketch.count > 0 else { return }
        bits[row] = sketch.bits
        for band in 0..<Self.bands {
            let key = key(of: sketch, band: band)
            let tag = UInt16(truncatingIfNeeded: key)
            var slot = self.slot(of: key)
            // A row in the same bucket gives way: what it was like was not like this one.
            while rows[slot] != Self.free, tags[slot] != tag { slot = slot + 1 == rows.count ? 0 : slot + 1 }
            rows[slot] = UInt32(row)
            tags[slot] = tag
        }
    }

    // MARK: -

    private func key(of sketch: ShingleSketch, band: Int) -> UInt64 {
        var key = UInt64(band + 1) &* 0x9e37_79b9_7f4a_7c15
        for bin in band * depth..<(band + 1) * depth {
            let product = (key ^ UInt64(sketch.minima[bin])).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
            key = product.high ^ product.low
        }
        return key
    }

    private func slot(of key: UInt64) -> Int { Int(key.multipliedFullWidth(by: UInt64(rows.count)).high) }

    /// Equal bits that texts at the threshold have, less three and a half times their scatter.
    private func neededBits(_ count: Int) -> Int {
        let share = (1 + threshold) / 2
        let scatter = (share * (1 - share) / Double(min(count, ShingleSketch.bins))).squareRoot()
        return Int((64 * (share - 3.5 * scatter)).rounded(.down))
    }
}

/// The longest sequence of tokens that two texts have in common, in order but with gaps.
enum CommonSubsequence {
    /// Its length, in O(|left| · |right| / 64) time and memory linear in both.
    ///
    /// A row of the classic table is kept as bits, 64 to a word: bit i is 0 where the row rises at i (Hyyrö 2004). The
    /// next row comes of one addition with carry over the places where the token of `right` stands in `left`.
    static func length(_ left: [Int], _ right: [Int]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        var places: [Int: [Int]] = [:]
        for (index, token) in left.enumerated() { places[token, default: []].append(index) }
        let words = (left.count + 63) / 64
        var row = [UInt64](repeating: .max, count: words)
        var match = [UInt64](repeating: 0, count: words)
        for token in right {
            guard let found = places[token] else { continue }
            for place in found { match[place >> 6] |= 1 << UInt64(place & 63) }
            var carry = false
            for word in 0..<words {
                let hit = row[word] & match[word]
                let (sum, overflow) = row[word].addingReportingOverflow(hit)
                let (whole, again) = sum.addingReportingOverflow(carry ? 1 : 0)
                carry = overflow || again
                row[word] = whole | (row[word] & ~match[word])
            }
            for place in found { match[place >> 6] = 0 }
        }
        let spare = words * 64 - left.count
        // Bits beyond the text's end can become 0 by a carry and mean nothing.
        if spare > 0 { row[words - 1] |= UInt64.max << UInt64(64 - spare) }
        return row.reduce(0) { $0 + 64 - $1.nonzeroBitCount }
    }
}

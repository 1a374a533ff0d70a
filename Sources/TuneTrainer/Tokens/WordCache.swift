/// Remembers the tokens of short words that came by lately. Its size is fixed; a new word replaces the one in its slot.
struct WordCache {
    /// Longest word that is kept, in bytes, and most tokens of one.
    static let longest = 15
    static let mostTokens = 7

    private struct Entry {
        /// The word, zero-padded, its length in the last byte; all zero is free.
        var low: UInt64 = 0
        var high: UInt64 = 0
        /// The tokens, and their count in the last place.
        var ids = SIMD8<Int32>()
    }

    private var entries: [Entry]
    /// A power of two less one.
    private let mask: Int

    /// A small vocabulary has few words that are worth it.
    init(vocabulary count: Int) {
        var slots = 64
        while slots < 1 << 14, slots < count { slots *= 2 }
        entries = Array(repeating: Entry(), count: slots)
        mask = slots - 1
    }

    struct Key {
        fileprivate let low: UInt64
        fileprivate let high: UInt64

        /// Nil for a word that is too long.
        @inline(__always)
        init?(_ word: UnsafeRawBufferPointer) {
            guard word.count <= WordCache.longest else { return nil }
            var (low, high): (UInt64, UInt64) = (0, UInt64(word.count) << 56)
            for (index, byte) in word.enumerated() {
                if index < 8 { low |= UInt64(byte) << (8 * index) } else { high |= UInt64(byte) << (8 * (index - 8)) }
            }
            (self.low, self.high) = (low, high)
        }

        @inline(__always)
        fileprivate func slot(_ mask: Int) -> Int {
            let mixed = (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
            return Int(truncatingIfNeeded: mixed >> 40) & mask
        }
    }

    /// Appends the word's tokens, if it is known.
    @inline(__always)
    func append(_ key: Key, to ids: inout [Int32]) -> Bool {
        let entry = entries[key.slot(mask)]
        guard entry.low == key.low, entry.high == key.high else { return false }
        for index in 0..<Int(entry.ids[7]) { ids.append(entry.ids[index]) }
        return true
    }

    mutating func remember(_ key: Key, _ tokens: ArraySlice<Int32>) {
        guard tokens.count <= Self.mostTokens else { return }
        var entry = Entry(low: key.low, high: key.high)
        for (index, token) in tokens.enumerated() { entry.ids[index] = token }
        entry.ids[7] = Int32(tokens.count)
        entries[key.slot(mask)] = entry
    }
}

/// Which two neighbouring tokens become one, and which pair goes first.
struct MergeTable: Sendable {
    struct Merge {
        /// Lower goes first.
        let rank: UInt32
        let id: Int32
    }

    /// Open addressing by the pair; `free` is no pair.
    private var keys: [UInt64]
    /// Rank in the upper half, new token in the lower.
    private var values: [UInt64]
    private static let free = UInt64.max

    /// Reads `tokenizer.ggml.merges`: two written tokens with a space between, the most urgent first.
    init(_ merges: GGUFArray, of tokens: WrittenTokens, path: String) throws(TrainerError) {
        let capacity = hashCapacity(for: merges.count)
        keys = Array(repeating: Self.free, count: capacity)
        values = Array(repeating: 0, count: capacity)
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        let areStrings = try merges.forEachString { (index, merge) throws(TrainerError) in
            // A token may begin with the space's own character, but never holds the byte.
            guard let space = merge.firstIndex(of: 0x20), space > 0, space < merge.count - 1,
                !merge[(space + 1)...].contains(0x20)
            else { throw .damagedTokenizer(path: path, .malformedMerge(index: index)) }
            let left = UnsafeRawBufferPointer(rebasing: merge[..<space])
            let right = UnsafeRawBufferPointer(rebasing: merge[(space + 1)...])
            guard let leftID = tokens.id(of: left, none), let rightID = tokens.id(of: right, none),
                let whole = tokens.id(of: left, right)
            else { throw .damagedTokenizer(path: path, .unknownMerge(index: index)) }
            let key = Self.key(leftID, rightID)
            let slot = self.slot(of: key)
            keys[slot] = key
            values[slot] = UInt64(index) << 32 | UInt64(UInt32(bitPattern: whole))
        }
        guard areStrings else { throw .damagedTokenizer(path: path, .wrongList(key: "tokenizer.ggml.merges")) }
    }

    /// What the two tokens become.
    @inline(__always)
    func find(_ left: Int32, _ right: Int32) -> Merge? {
        let slot = slot(of: Self.key(left, right))
        guard keys[slot] != Self.free else { return nil }
        let value = values[slot]
        return Merge(
            rank: UInt32(truncatingIfNeeded: value >> 32),
            id: Int32(bitPattern: UInt32(truncatingIfNeeded: value)))
    }

    @inline(__always)
    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while keys[slot] != key, keys[slot] != Self.free { slot = (slot + 1) & mask }
        return slot
    }
}

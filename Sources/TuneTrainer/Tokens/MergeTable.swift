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

    /// An empty table with room for so many merges.
    init(capacity: Int) {
        let capacity = hashCapacity(for: capacity)
        keys = Array(repeating: Self.free, count: capacity)
        values = Array(repeating: 0, count: capacity)
    }

    /// Reads `tokenizer.ggml.merges`: two written tokens with a space between, the most urgent first.
    init(_ merges: GGUFArray, of tokens: WrittenTokens, path: String) throws(TrainerError) {
        self.init(capacity: merges.count)
        let areStrings = try merges.forEachString { (index, merge) throws(TrainerError) in
            try insert(merge, rank: index, of: tokens, path: path)
        }
        guard areStrings else { throw .damagedTokenizer(path: path, .wrongList(key: "tokenizer.ggml.merges")) }
    }

    /// SentencePiece's way: two neighbours may become whatever token they spell together, the one of the highest score
    /// first. Tokens that are no text of their own are never made so.
    init(scores: [Double], kinds: [TokenKind], of tokens: WrittenTokens) {
        let order = Set(scores).sorted(by: >)
        let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, UInt32($0)) })
        var found: [(left: Int32, right: Int32, rank: UInt32, whole: Int32)] = []
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        tokens.forEachToken { index, written in
            guard kinds[index] == .normal || kinds[index] == .userDefined, let rank = ranks[scores[index]] else {
                return
            }
            for cut in written.indices.dropFirst() where written[cut] & 0xC0 != 0x80 {
                let left = UnsafeRawBufferPointer(rebasing: written[..<cut])
                let right = UnsafeRawBufferPointer(rebasing: written[cut...])
                if let left = tokens.id(of: left, none), let right = tokens.id(of: right, none) {
                    found.append((left, right, rank, Int32(index)))
                }
            }
        }
        self.init(capacity: found.count)
        for merge in found { insert(merge.left, merge.right, rank: merge.rank, whole: merge.whole) }
    }

    /// A merge as files write it, with a space between its parts.
    mutating func insert(
        _ merge: UnsafeRawBufferPointer, rank: Int, of tokens: WrittenTokens, path: String
    ) throws(TrainerError) {
        // A token may begin with the space's own character, but never holds the byte.
        guard let space = merge.firstIndex(of: 0x20), space > 0, space < merge.count - 1,
            !merge[(space + 1)...].contains(0x20)
        else { throw .damagedTokenizer(path: path, .malformedMerge(index: rank)) }
        try insert(
            UnsafeRawBufferPointer(rebasing: merge[..<space]), UnsafeRawBufferPointer(rebasing: merge[(space + 1)...]),
            rank: rank, of: tokens, path: path)
    }

    mutating func insert(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer, rank: Int, of tokens: WrittenTokens,
        path: String
    ) throws(TrainerError) {
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        guard let leftID = tokens.id(of: left, none), let rightID = tokens.id(of: right, none),
            let whole = tokens.id(of: left, right)
        else { throw .damagedTokenizer(path: path, .unknownMerge(index: rank)) }
        insert(leftID, rightID, rank: UInt32(rank), whole: whole)
    }

    private mutating func insert(_ left: Int32, _ right: Int32, rank: UInt32, whole: Int32) {
        let key = Self.key(left, right)
        let slot = self.slot(of: key)
        keys[slot] = key
        values[slot] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: whole))
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

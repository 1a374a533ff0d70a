/// What a row is sorted by: a number, or the first eight bytes of a text.
struct SortKey: Sendable {
    let row: Int32
    /// Whether the row lacks what is sorted by; such rows come last.
    var isLacking = false
    var bits: UInt64

    /// In the order of the numbers; NaN lacks a value.
    static func bits(of value: Double) -> UInt64? {
        guard !value.isNaN else { return nil }
        let pattern = value.bitPattern
        return pattern >> 63 == 0 ? pattern | 1 << 63 : ~pattern
    }

    /// Eight bytes of a text that was folded, from a place on; nought where it has ended.
    static func bits(of folded: ByteBuffer, from start: Int) -> UInt64 {
        var bits: UInt64 = 0
        for place in start..<start + 8 {
            bits = bits << 8 | (place < folded.count ? UInt64(folded.start[place]) : 0)
        }
        return bits
    }

    /// Puts the first bytes of a text into a buffer, capitals as small letters.
    static func fold(_ text: UnsafeBufferPointer<UInt8>, upTo count: Int, into folded: ByteBuffer) {
        folded.count = 0
        // A letter keeps a third of its bytes at least when it becomes a small one.
        LetterCase.lower(UnsafeBufferPointer(rebasing: text.prefix(3 * count)), into: folded)
    }
}

/// 32 bytes of a text, for rows whose texts are alike before them.
struct SortPiece: Sendable {
    static let length = 32

    let row: Int32
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(row: Int32, of folded: ByteBuffer, from start: Int) {
        self.row = row
        func word(_ place: Int) -> UInt64 { SortKey.bits(of: folded, from: start + 8 * place) }
        words = (word(0), word(1), word(2), word(3))
    }

    /// Whether the text goes on behind it.
    var goesOn: Bool { UInt8(truncatingIfNeeded: words.3) != 0 }

    func isLike(_ other: SortPiece) -> Bool { words == other.words }

    /// Rows that are alike stand as in the file, whatever the direction.
    func isBefore(_ other: SortPiece, isDescending: Bool) -> Bool {
        if words == other.words { return row < other.row }
        return (words < other.words) != isDescending
    }
}

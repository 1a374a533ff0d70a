/// What a row is sorted by: a number, or eight bytes of a text.
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

    /// The eight bytes of a text from a place on, nought where it has ended, capitals as small letters.
    static func bits(of text: UnsafeBufferPointer<UInt8>, from start: Int, _ folded: ByteBuffer) -> UInt64 {
        folded.count = 0
        // A letter keeps a third of its bytes at least when it becomes a small one.
        LetterCase.lower(UnsafeBufferPointer(rebasing: text.prefix(3 * (start + 8))), into: folded)
        var bits: UInt64 = 0
        for place in start..<start + 8 {
            bits = bits << 8 | (place < folded.count ? UInt64(folded.start[place]) : 0)
        }
        return bits
    }
}

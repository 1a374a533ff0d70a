/// A small likeness of a text: which of its 5-grams have the smallest hashes, in 64 bins (one-permutation MinHash).
///
/// Two texts share each bin's smallest hash as often as they share 5-grams. One thread uses it, text after text.
final class ShingleSketch {
    static let length = 5
    static let bins = 64

    /// The smallest hash of each bin.
    private(set) var minima = [UInt32](repeating: .max, count: bins)
    private var filled: UInt64 = 0
    /// 5-grams seen, repeated ones included.
    private(set) var count = 0
    /// The text's 5-grams, gathered only while they are wanted.
    private(set) var set = ShingleSet()
    private var keepsSet = false

    private var older: UInt64 = 0
    private var newer: UInt64 = 0
    private var characters = 0
    private var last: UInt32 = 0x20

    /// Begins another text.
    func begin(keepingSet: Bool = false, expecting expected: Int = 0) {
        for bin in 0..<Self.bins { minima[bin] = .max }
        (filled, count, older, newer, characters, last) = (0, 0, 0, 0, 0, 0x20)
        keepsSet = keepingSet
        if keepsSet { set = ShingleSet(expecting: expected) }
    }

    /// Takes a piece of the text; pieces are apart from each other by a space.
    func add(_ text: UnsafeBufferPointer<UInt8>) {
        take(0x20)
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte < 0x80 {
                // Capitals and the kind of space make no difference to what a text says.
                take(byte &- 0x41 < 26 ? UInt32(byte) | 0x20 : byte <= 0x20 ? 0x20 : UInt32(byte))
                at += 1
            } else if let (scalar, length) = scalar(text, at) {
                take(scalar.value)
                at += length
            } else {
                take(0xfffd)
                at += 1
            }
        }
    }

    /// Ends the text: empty bins borrow from others, the same ones for every text.
    func end() {
        if count == 0, characters > 0 { note(Self.mix(older, newer ^ UInt64(characters) << 42)) }
        guard filled != 0, filled != .max else { return }
        for bin in 0..<Self.bins where filled & 1 << UInt64(bin) == 0 {
            var state = UInt64(bin) &* 0x9e37_79b9_7f4a_7c15
            var other = bin
            repeat {
                state = Self.mix(state ^ 0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db)
                other = Int(state >> 58)
            } while filled & 1 << UInt64(other) == 0
            minima[bin] = minima[other]
        }
    }

    /// One bit of each bin: the share of equal bits tells how alike two texts are.
    var bits: UInt64 {
        var bits: UInt64 = 0
        for bin in 0..<Self.bins { bits |= UInt64(minima[bin] & 1) << UInt64(bin) }
        return bits
    }

    // MARK: -

    @inline(__always)
    private func take(_ character: UInt32) {
        if character == 0x20, last == 0x20 { return }
        last = character
        older = older >> 21 | (newer & 0x1f_ffff) << 42
        newer = newer >> 21 | UInt64(character) << 21
        characters += 1
        if characters >= Self.length { note(Self.mix(older, newer)) }
    }

    @inline(__always)
    private func note(_ hash: UInt64) {
        count += 1
        let bin = Int(hash >> 58)
        let value = UInt32(truncatingIfNeeded: hash)
        filled |= 1 << UInt64(bin)
        if value < minima[bin] { minima[bin] = value }
        if keepsSet { set.insert(value) }
    }

    @inline(__always)
    private static func mix(_ x: UInt64, _ y: UInt64) -> UInt64 {
        let product = (x ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: y ^ 0xd1b5_4a32_d192_ed03)
        return (product.high ^ product.low) &* 0x8ebc_6af0_9c88_c6e3
    }
}

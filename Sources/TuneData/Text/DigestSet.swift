/// Digests seen so far: 16 bytes a slot, at most three quarters of them in use.
struct DigestSet {
    private var slots: [(high: UInt64, low: UInt64)]
    private(set) var count = 0

    init(expecting expected: Int = 16) {
        var size = 32
        while size * 3 < expected * 4 { size *= 2 }
        slots = Array(repeating: (0, 0), count: size)
    }

    /// Whether the digest is new.
    mutating func insert(_ digest: Digest) -> Bool {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        return place(Self.key(digest))
    }

    private mutating func place(_ key: (high: UInt64, low: UInt64)) -> Bool {
        let mask = slots.count - 1
        var at = Int(truncatingIfNeeded: key.high) & mask
        while slots[at].low != 0 {
            if slots[at] == key { return false }
            at = (at + 1) & mask
        }
        slots[at] = key
        count += 1
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: (0, 0), count: old.count * 2)
        count = 0
        for key in old where key.low != 0 { _ = place(key) }
    }

    /// A free slot has 0 as its low half, so that no key may.
    private static func key(_ digest: Digest) -> (high: UInt64, low: UInt64) {
        (digest.high, digest.low == 0 ? 1 : digest.low)
    }
}

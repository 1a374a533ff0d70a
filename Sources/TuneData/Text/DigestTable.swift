/// A number for each of many digests: 12 bytes a slot, at most three quarters of them in use.
struct DigestTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt32]
    private(set) var count = 0

    init(expecting expected: Int = 16) {
        let size = max(expected * 4 / 3 + 1, 32)
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: 0, count: size)
    }

    /// The number that a digest has; where it has none yet it gets `value`, and nil is given back.
    mutating func value(of digest: Digest, orSet value: UInt32) -> UInt32? {
        if (count + 1) * 4 > keys.count * 3 + 3 { grow() }
        let key = digest.high == 0 ? 1 : digest.high
        let slot = find(key)
        if keys[slot] == key { return values[slot] }
        keys[slot] = key
        values[slot] = value
        count += 1
        return nil
    }

    subscript(digest: Digest) -> UInt32? {
        let key = digest.high == 0 ? 1 : digest.high
        let slot = find(key)
        return keys[slot] == key ? values[slot] : nil
    }

    // MARK: -

    private func find(_ key: UInt64) -> Int {
        var slot = Int((key &* 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: UInt64(keys.count)).high)
        while keys[slot] != 0, keys[slot] != key { slot = slot + 1 == keys.count ? 0 : slot + 1 }
        return slot
    }

    private mutating func grow() {
        let old = (keys, values)
        self = DigestTable(expecting: old.0.count * 3 / 2)
        for (key, value) in zip(old.0, old.1) where key != 0 {
            let slot = find(key)
            keys[slot] = key
            values[slot] = value
            count += 1
        }
    }
}

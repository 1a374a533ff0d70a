/// The 5-grams of a text by their hashes: all of them, or of a long text a sample, which is the same for every text.
struct ShingleSet: Sendable {
    /// More are thinned out by half.
    static let limit = 1024

    /// Hashes by their own value, 0 where there is none.
    private var slots: [UInt32] = []
    private(set) var count = 0
    /// Leading bits that are 0 in all hashes kept.
    private var thinning: UInt32 = 0

    /// An empty set with room for so many.
    init(expecting expected: Int = 0) {
        guard expected > 0 else { return }
        var size = 32
        while size < min(expected, Self.limit) * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
    }

    mutating func insert(_ hash: UInt32) {
        let hash = hash == 0 ? 1 : hash
        guard thinning == 0 || hash >> (32 - thinning) == 0 else { return }
        if count * 2 >= slots.count { grow() }
        guard place(hash) else { return }
        count += 1
        if count > Self.limit { thin() }
    }

    /// The share of all 5-grams that both texts have: exact for texts of up to `limit`, within a few percent beyond.
    func likeness(to other: ShingleSet) -> Double {
        let thinning = max(thinning, other.thinning)
        var (mine, common) = (0, 0)
        for hash in slots where hash != 0 && (thinning == 0 || hash >> (32 - thinning) == 0) {
            mine += 1
            if other.contains(hash) { common += 1 }
        }
        let theirs =
            thinning == other.thinning ? other.count : other.slots.count { $0 != 0 && $0 >> (32 - thinning) == 0 }
        let union = mine + theirs - common
        return union == 0 ? 1 : Double(common) / Double(union)
    }

    // MARK: -

    private func slot(of hash: UInt32) -> Int { Int(truncatingIfNeeded: hash &* 0x9e37_79b1) & (slots.count - 1) }

    private func contains(_ hash: UInt32) -> Bool {
        guard !slots.isEmpty else { return false }
        var slot = slot(of: hash)
        while slots[slot] != 0 {
            if slots[slot] == hash { return true }
            slot = (slot + 1) & (slots.count - 1)
        }
        return false
    }

    private mutating func place(_ hash: UInt32) -> Bool {
        var slot = slot(of: hash)
        while slots[slot] != 0 {
            if slots[slot] == hash { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = hash
        return true
    }

    private mutating func grow() { rebuild(size: max(slots.count * 2, 32)) }

    private mutating func thin() {
        while count > Self.limit {
            thinning += 1
            rebuild(size: slots.count)
        }
    }

    private mutating func rebuild(size: Int) {
        let old = slots
        slots = Array(repeating: 0, count: size)
        count = 0
        for hash in old where hash != 0 && (thinning == 0 || hash >> (32 - thinning) == 0) {
            _ = place(hash)
            count += 1
        }
    }
}

/// The different completions of a file, and how many rows of each kind have them: enough to say how many classes any
/// answers would leave.
struct ClassTable: Sendable {
    private var places = DigestTable()
    private var texts: [UInt8] = []
    private var ends: [Int] = []
    /// For each completion, rows by which of the removals would take them.
    private var counts: [Int] = []

    /// Duplicates, long records, near-duplicates, those with too many tokens: a bit each.
    private static let kinds = 1 << 4

    /// Adds a completion by its digest, with what the removals think of its row; `text` is asked when it is new.
    mutating func add(
        _ digest: Digest, _ signature: Survey.Signature, text: () -> Slice<UnsafeBufferPointer<UInt8>>
    ) {
        let place: Int
        if let known = places.value(of: digest, orSet: UInt32(ends.count)) {
            place = Int(known)
        } else {
            place = ends.count
            texts.append(contentsOf: text())
            ends.append(texts.count)
            counts.append(contentsOf: repeatElement(0, count: Self.kinds))
        }
        let kind =
            (signature.contains(.duplicate) ? 1 : 0) | (signature.contains(.long) ? 2 : 0)
            | (signature.contains(.near) ? 4 : 0) | (signature.contains(.tooLong) ? 8 : 0)
        counts[place * Self.kinds + kind] += 1
    }

    /// Different completions once the repairs are made.
    func distinct(after repairs: Repairs) -> Int {
        var seen = DigestSet()
        let buffer = ByteBuffer()
        texts.withUnsafeBufferPointer { texts in
            for place in ends.indices where isLeft(place, by: repairs) {
                let range = (place == 0 ? 0 : ends[place - 1])..<ends[place]
                buffer.count = 0
                guard repairs.repair(completion: UnsafeBufferPointer(rebasing: texts[range]), into: buffer) else {
                    continue
                }
                _ = seen.insert(Digest(buffer.bytes))
            }
        }
        return seen.count
    }

    private func isLeft(_ place: Int, by repairs: Repairs) -> Bool {
        let taken =
            (repairs.removesDuplicates ? 1 : 0) | (repairs.removesLong ? 2 : 0) | (repairs.removesNear ? 4 : 0)
            | (repairs.removesTooLong ? 8 : 0)
        return (0..<Self.kinds).contains { kind in
            counts[place * Self.kinds + kind] > 0 && kind & taken == 0
        }
    }
}

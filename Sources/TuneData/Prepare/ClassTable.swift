/// The different completions of a file, and how many rows of each kind have them: enough to say how many classes any
/// answers would leave.
struct ClassTable: Sendable {
    private var places: [Digest: Int] = [:]
    private var texts: [UInt8] = []
    private var ends: [Int] = []
    /// For each completion, rows by which of the removals would take them.
    private var counts: [Int] = []

    private static let removals: [Survey.Signature] = [.duplicate, .long, .near, .tooLong]

    /// Adds a completion by its digest, with what the removals think of its row.
    mutating func add(
        _ completion: UnsafeBufferPointer<UInt8>, _ digest: Digest, _ signature: Survey.Signature
    ) {
        let place: Int
        if let known = places[digest] {
            place = known
        } else {
            place = ends.count
            places[digest] = place
            texts.append(contentsOf: completion)
            ends.append(texts.count)
            counts.append(contentsOf: repeatElement(0, count: 1 << Self.removals.count))
        }
        var kind = 0
        for (bit, removal) in Self.removals.enumerated() where signature.contains(removal) { kind |= 1 << bit }
        counts[place << Self.removals.count + kind] += 1
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
        return (0..<1 << Self.removals.count).contains { kind in
            counts[place << Self.removals.count + kind] > 0 && kind & taken == 0
        }
    }
}

/// The different completions of a file, and how many rows of each kind have them: enough to say how many classes any
/// answers would leave.
struct ClassTable: Sendable {
    private var places: [Digest: Int] = [:]
    private var texts: [UInt8] = []
    private var ends: [Int] = []
    /// Four for each completion: rows that are neither, duplicates, long, both.
    private var counts: [Int] = []

    mutating func add(_ completion: UnsafeBufferPointer<UInt8>, isDuplicate: Bool, isLong: Bool) {
        let digest = Digest(completion)
        let place: Int
        if let known = places[digest] {
            place = known
        } else {
            place = ends.count
            places[digest] = place
            texts.append(contentsOf: completion)
            ends.append(texts.count)
            counts.append(contentsOf: [0, 0, 0, 0])
        }
        counts[4 * place + (isDuplicate ? 1 : 0) + (isLong ? 2 : 0)] += 1
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
        (0..<4).contains { kind in
            counts[4 * place + kind] > 0 && !(repairs.removesDuplicates && kind & 1 != 0)
                && !(repairs.removesLong && kind & 2 != 0)
        }
    }
}

/// Turns the bytes of one word into tokens: while any two neighbours can merge, the pair of the lowest rank does,
/// the leftmost first among equals.
struct BytePairEncoder: Sendable {
    let merges: MergeTable
    /// The token of each byte; −1 for a byte that the vocabulary lacks, which is left out.
    let byteTokens: [Int32]

    /// Appends the word's tokens to `ids`.
    func encode(_ word: UnsafeRawBufferPointer, with scratch: inout Scratch, into ids: inout [Int32]) {
        scratch.ids.removeAll(keepingCapacity: true)
        for byte in word where byteTokens[Int(byte)] >= 0 { scratch.ids.append(byteTokens[Int(byte)]) }
        let count = scratch.ids.count
        guard count > 1 else {
            ids += scratch.ids
            return
        }
        scratch.link(count)
        for position in 0..<count - 1 { offer(position, &scratch) }
        while let candidate = scratch.queue.popLowest() {
            mergePair(at: candidate, &scratch)
        }
        var position = 0
        while position < count {
            ids.append(scratch.ids[position])
            position = Int(scratch.next[position])
        }
    }

    /// Queues the pair that begins at `position`, if it can merge.
    @inline(__always)
    private func offer(_ position: Int, _ scratch: inout Scratch) {
        let next = Int(scratch.next[position])
        guard next < scratch.ids.count, let merge = merges.find(scratch.ids[position], scratch.ids[next]) else {
            return
        }
        scratch.queue.push(MergeQueue.Candidate(rank: merge.rank, position: UInt32(position)))
    }

    private func mergePair(at candidate: MergeQueue.Candidate, _ scratch: inout Scratch) {
        let position = Int(candidate.position)
        let next = Int(scratch.next[position])
        // The pair may have changed since it was queued; its rank tells.
        guard scratch.ids[position] >= 0, next < scratch.ids.count,
            let merge = merges.find(scratch.ids[position], scratch.ids[next]), merge.rank == candidate.rank
        else { return }
        scratch.ids[position] = merge.id
        scratch.ids[next] = -1
        let after = scratch.next[next]
        scratch.next[position] = after
        if Int(after) < scratch.ids.count { scratch.previous[Int(after)] = Int32(position) }
        offer(position, &scratch)
        if scratch.previous[position] >= 0 { offer(Int(scratch.previous[position]), &scratch) }
    }

    /// Room to work in, kept between words.
    struct Scratch {
        /// The tokens by the position of their first byte; −1 where one was merged into another.
        fileprivate var ids: [Int32] = []
        /// Positions of the neighbours; the count after the last and −1 before the first.
        fileprivate var next: [Int32] = []
        fileprivate var previous: [Int32] = []
        fileprivate var queue = MergeQueue()

        fileprivate mutating func link(_ count: Int) {
            next.removeAll(keepingCapacity: true)
            previous.removeAll(keepingCapacity: true)
            for position in 0..<Int32(count) {
                next.append(position + 1)
                previous.append(position - 1)
            }
        }
    }
}

/// A heap of merges that could be done, the most urgent on top.
struct MergeQueue {
    struct Candidate {
        /// Rank above position, so that one comparison orders by rank and then from left to right.
        fileprivate let order: UInt64

        var rank: UInt32 { UInt32(truncatingIfNeeded: order >> 32) }
        var position: UInt32 { UInt32(truncatingIfNeeded: order) }

        init(rank: UInt32, position: UInt32) {
            order = UInt64(rank) << 32 | UInt64(position)
        }
    }

    private var heap: [Candidate] = []

    mutating func push(_ candidate: Candidate) {
        var child = heap.count
        heap.append(candidate)
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent].order > candidate.order else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = candidate
    }

    mutating func popLowest() -> Candidate? {
        guard let lowest = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return lowest }
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].order < heap[child].order { child += 1 }
            guard heap[child].order < last.order else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = last
        return lowest
    }
}

/// For every row what tells its prompt and its completion from others, so that the different ones can be counted: 16 bytes
/// a row. Two texts in ten million are taken for one with a chance of a few in a million.
struct RowPairs: Sendable {
    struct Pair: Sendable {
        let prompt: UInt64
        let completion: UInt64
    }

    private(set) var pairs: [Pair] = []

    mutating func add(_ pair: Pair) { pairs.append(pair) }
    mutating func add(_ other: RowPairs) { pairs += other.pairs }

    struct Counts: Hashable, Sendable {
        var prompts = 0
        var completions = 0
        /// Rows that repeat an earlier one.
        var duplicates = 0
    }

    /// Counts what is different. Sorts the rows, whose order is lost.
    mutating func count(work: DataWork) throws(DataError) -> Counts {
        var counts = Counts()
        try sort(work) { ($0.prompt, $0.completion) < ($1.prompt, $1.completion) }
        for (place, pair) in pairs.enumerated() {
            let last = place == 0 ? nil : pairs[place - 1]
            if last?.prompt != pair.prompt { counts.prompts += 1 }
            if last?.prompt == pair.prompt, last?.completion == pair.completion { counts.duplicates += 1 }
        }
        try sort(work) { $0.completion < $1.completion }
        for (place, pair) in pairs.enumerated() where place == 0 || pairs[place - 1].completion != pair.completion {
            counts.completions += 1
        }
        return counts
    }

    private mutating func sort(_ work: DataWork, by isBefore: (Pair, Pair) -> Bool) throws(DataError) {
        var compared = 0
        do {
            try pairs.sort { a, b in
                compared &+= 1
                if compared & 0xffff == 0, work.isCancelled() { throw DataError.cancelled }
                return isBefore(a, b)
            }
        } catch {
            throw .cancelled
        }
    }
}

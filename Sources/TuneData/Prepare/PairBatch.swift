/// Pairs of neighbouring rows, read on one thread to be looked at on another.
struct PairBatch: Sendable {
    /// The names of all keys, in the order in which they first appeared.
    var keys: [[UInt8]] = []
    private let first: Int
    private var texts: [UInt8] = []
    private var entries: [Entry] = []

    private struct Entry: Sendable {
        /// Where its texts end among those of all.
        let promptEnd: Int
        let completionEnd: Int
        let traits: Pair.Traits
        let facts: Pair.Facts?
    }

    init(from row: Int) { first = row }

    mutating func add(_ pair: Pair) {
        texts.append(contentsOf: pair.prompt)
        let promptEnd = texts.count
        texts.append(contentsOf: pair.completion)
        entries.append(
            Entry(promptEnd: promptEnd, completionEnd: texts.count, traits: pair.traits, facts: pair.facts))
    }

    func walk(_ visit: (Pair) throws(DataError) -> Void) throws(DataError) {
        try texts.withUnsafeBufferPointer { texts throws(DataError) in
            var start = 0
            for (place, entry) in entries.enumerated() {
                try visit(
                    Pair(
                        row: first + place, prompt: UnsafeBufferPointer(rebasing: texts[start..<entry.promptEnd]),
                        completion: UnsafeBufferPointer(rebasing: texts[entry.promptEnd..<entry.completionEnd]),
                        traits: entry.traits, facts: entry.facts))
                start = entry.completionEnd
            }
        }
    }
}

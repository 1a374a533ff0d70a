/// Keys and values of what was read lately, so that a prompt which begins like an earlier one is not read again.
///
/// It is bounded in bytes; what was used longest ago goes first. One owner at a time.
struct PrefixCache {
    /// What was read: by which adapter, which tokens, and what came of it.
    private struct Entry {
        let adapter: String?
        let tokens: [Int32]
        let blocks: [KeyValueBlock]
        var lastUse: Int
    }

    private let layout: KeyValueLayout
    private let limit: Int
    private var entries: [Entry] = []
    private var clock = 0

    /// `limit` in bytes; 0 keeps nothing.
    init(_ layout: KeyValueLayout, limit: Int) {
        self.layout = layout
        self.limit = limit
    }

    /// Bytes that are kept, shared blocks counted once.
    var byteCount: Int {
        Set(entries.flatMap { $0.blocks.map(ObjectIdentifier.init) }).count * layout.blockBytes
    }

    /// How many of the first tokens are at hand.
    func match(_ tokens: some RandomAccessCollection<Int32>, adapter: String?) -> Int {
        best(tokens, adapter)?.count ?? 0
    }

    /// A cache of the longest beginning that is at hand, at most `tokens`; empty when there is none.
    mutating func take(_ tokens: some RandomAccessCollection<Int32>, adapter: String?) -> KeyValueCache {
        guard let (index, count) = best(tokens, adapter), count > 0 else { return KeyValueCache(layout) }
        clock += 1
        entries[index].lastUse = clock
        return KeyValueCache(layout, first: count, of: entries[index].blocks)
    }

    /// Keeps what a sequence has read; `tokens` are as many as `cache` counts.
    mutating func keep(_ tokens: [Int32], _ cache: KeyValueCache, adapter: String?) {
        precondition(tokens.count == cache.count)
        guard limit > 0, !tokens.isEmpty else { return }
        clock += 1
        // What is the beginning of the new is kept with it.
        entries.removeAll { $0.adapter == adapter && tokens.starts(with: $0.tokens) }
        entries.append(Entry(adapter: adapter, tokens: tokens, blocks: cache.blocks, lastUse: clock))
        while byteCount > limit, let oldest = entries.indices.min(by: { entries[$0].lastUse < entries[$1].lastUse }) {
            entries.remove(at: oldest)
        }
    }

    private func best(_ tokens: some RandomAccessCollection<Int32>, _ adapter: String?) -> (index: Int, count: Int)? {
        entries.indices.filter { entries[$0].adapter == adapter }
            .map { ($0, commonPrefix(tokens, entries[$0].tokens)) }
            .max { $0.1 < $1.1 }
    }
}

/// How many of the first tokens are the same.
func commonPrefix(
    _ tokens: some Collection<Int32>, _ others: some Collection<Int32>
) -> Int {
    var count = 0
    for (token, other) in zip(tokens, others) {
        guard token == other else { break }
        count += 1
    }
    return count
}

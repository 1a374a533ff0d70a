/// What one sequence brings to a step: tokens that follow those in its cache.
struct StepPart {
    let cache: KeyValueCache
    let tokens: [Int32]
    let adapter: ServedAdapter?
    /// For how many of its last tokens the logits of what follows are wanted.
    let wanted: Int

    init(_ cache: KeyValueCache, _ tokens: [Int32], adapter: ServedAdapter? = nil, wanted: Int = 1) {
        precondition(!tokens.isEmpty && wanted <= tokens.count)
        (self.cache, self.tokens, self.adapter, self.wanted) = (cache, tokens, adapter, wanted)
    }
}

/// A step laid out in rows: one for each token, the parts one after the other. Only read while the team is at work.
struct StepPlan: @unchecked Sendable {
    /// A run of rows that one adapter is added to.
    struct AdapterRun {
        let rows: Range<Int>
        let adapter: ServedAdapter
    }

    /// A few rows of one part, and heads of queries that share their keys: what one member attends to at a time.
    struct AttentionItem {
        let part: Int
        /// Rows of the step.
        let rows: Range<Int>
        /// Keys before the first row's own.
        let first: Int
        let keyHead: Int
        /// Among the heads of the key head.
        let heads: Range<Int>
    }

    let parts: [StepPart]
    let tokens: [Int32]
    let positions: [Int32]
    /// Where each row's keys and values go: its block, and its place in there.
    let blocks: [UnsafeMutablePointer<UInt16>]
    let slots: [Int]
    let runs: [AdapterRun]
    let items: [AttentionItem]
    /// Rows whose logits are wanted.
    let wanted: [Int]

    var rows: Int { tokens.count }

    /// Rows that one member attends to at a time.
    private static let itemRows = 48

    /// Makes room in the parts' caches.
    init(_ parts: [StepPart], _ layout: HeadLayout, members: Int) {
        self.parts = parts
        var (tokens, positions, slots): ([Int32], [Int32], [Int]) = ([], [], [])
        var blocks: [UnsafeMutablePointer<UInt16>] = []
        var (runs, items, wanted): ([AdapterRun], [AttentionItem], [Int]) = ([], [], [])
        // With too few items for the team, heads that share keys go apart.
        let heads = parts.count * layout.keyValueHeads < 2 * members ? 1 : layout.perKey
        for (index, part) in parts.enumerated() {
            let (start, before) = (tokens.count, part.cache.count)
            part.cache.reserve(part.tokens.count)
            tokens += part.tokens
            let end = tokens.count
            for position in before..<before + part.tokens.count {
                positions.append(Int32(position))
                blocks.append(part.cache.blocks[position / KeyValueLayout.tokens].base)
                slots.append(position % KeyValueLayout.tokens)
            }
            wanted += end - part.wanted..<end
            if let adapter = part.adapter {
                if let last = runs.last, last.adapter === adapter, last.rows.upperBound == start {
                    runs[runs.count - 1] = AdapterRun(rows: last.rows.lowerBound..<end, adapter: adapter)
                } else {
                    runs.append(AdapterRun(rows: start..<end, adapter: adapter))
                }
            }
            for first in stride(from: start, to: end, by: Self.itemRows) {
                for keyHead in 0..<layout.keyValueHeads {
                    for head in stride(from: 0, to: layout.perKey, by: heads) {
                        items.append(
                            AttentionItem(
                                part: index, rows: first..<min(first + Self.itemRows, end),
                                first: before + first - start, keyHead: keyHead,
                                heads: head..<min(head + heads, layout.perKey)))
                    }
                }
            }
        }
        (self.tokens, self.positions, self.blocks, self.slots) = (tokens, positions, blocks, slots)
        (self.runs, self.items, self.wanted) = (runs, items, wanted)
    }
}

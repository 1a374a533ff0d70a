import CKernels

/// A stretch of queries that sees a run of keys, causally: query i sees keys 0…first + i.
struct AttentionSpan {
    /// Rows of the query matrix.
    let queries: Range<Int>
    /// Row of the first key, in the key and value matrices.
    let firstKey: Int
    /// Keys before the one at the first query's own position.
    let first: Int

    var keyCount: Int { first + queries.count }
}

/// How heads are laid out in rows of queries (H·D) and of keys and values (K·D).
struct HeadLayout {
    let heads: Int
    let keyValueHeads: Int
    let size: Int

    var perKey: Int { heads / keyValueHeads }
    var scale: Float { 1 / Float(size).squareRoot() }

    func queries(_ x: Matrix, head: Int, rows: Range<Int>) -> Window {
        Window(base: x.row(rows.lowerBound) + head * size, rows: rows.count, columns: size, stride: x.columns)
    }
}

/// Queries worked on at a time: their scores fit a core's cache, and blocks above the diagonal are never computed.
private let blockRows = 128

/// Memory for one block of queries and the keys that it sees, for each member of the team.
struct AttentionScratch {
    /// Scores and their gradient. (members · 2 · 128, longest run of keys)
    private let scores: Matrix
    /// A head's keys and values, turned. (members · 2 · D, longest run of keys)
    private let turned: Matrix
    private let size: Int

    init(keys: Int, members: Int, headSize: Int) {
        size = headSize
        // Rows of whole registers.
        let stride = (keys + 15) / 16 * 16
        scores = Matrix(zeros: members * 2 * blockRows, stride)
        turned = Matrix(zeros: members * 2 * headSize, stride)
    }

    fileprivate func block(_ member: Int, _ which: Int) -> UnsafeMutablePointer<Float> {
        scores.row((2 * member + which) * blockRows)
    }

    /// Turns some rows of a head's keys or values.
    fileprivate func turn(_ member: Int, _ which: Int, _ x: Window) -> UnsafePointer<Float> {
        precondition(x.rows <= stride && x.columns == size)
        let to = turned.row((2 * member + which) * size)
        tk_turn_heads(to, stride, x.base, x.stride, x.rows, size)
        return UnsafePointer(to)
    }

    fileprivate var stride: Int { scores.columns }
}

/// o[i] = Σ_j p[i][j]·v[j],  p[i] = softmax over seen j of q[i]·k[j]/√D      q, o: (T, H·D)  k, v: (T′, K·D)
func attention(
    into o: Matrix, q: Matrix, k: Matrix, v: Matrix, spans: [AttentionSpan], _ layout: HeadLayout,
    scratch: AttentionScratch, on team: Team
) {
    let blocks = spans.flatMap { span in span.blocks.map { (span: span, rows: $0) } }
    team.each(blocks.count * layout.keyValueHeads) { item, member in
        let (span, rows) = blocks[item / layout.keyValueHeads]
        let keyHead = item % layout.keyValueHeads
        let sight = Sight(span, rows)
        let keyRows = keyWindow(k, span, sight.seen, keyHead, layout)
        // A few queries, as when answering, are not worth turning all the keys for.
        let keys = rows.count < fewRows ? nil : scratch.turn(member, 0, keyRows)
        let values = keyWindow(v, span, sight.seen, keyHead, layout)
        for head in layout.queryHeads(of: keyHead) {
            let p = scratch.block(member, 0)
            let queries = layout.queries(q, head: head, rows: rows)
            if let keys {
                probabilities(into: p, queries, keys, sight, layout, scratch)
            } else {
                probabilitiesOfFew(into: p, queries, keyRows, sight, layout, scratch)
            }
            let out = layout.queries(o, head: head, rows: rows)
            tk_causal_mix(
                out.base, out.stride, p, scratch.stride, values.base, values.stride, rows.count, sight.seen,
                layout.size, sight.before, floatLevel)
        }
    }
}

/// Writes dq and, zeroing them first, dk and dv:
/// dv = pᵀ·do,  dp = do·vᵀ,  ds = p ⊙ (dp − Σ p ⊙ dp)/√D,  dq = ds·k,  dk = dsᵀ·q.  p is computed again from q and k.
func attentionBackward(
    dq: Matrix, dk: Matrix, dv: Matrix, do dO: Matrix, q: Matrix, k: Matrix, v: Matrix, spans: [AttentionSpan],
    _ layout: HeadLayout, scratch: AttentionScratch, on team: Team
) {
    // One item owns the gradient of one key head of one span, so that sums need no locks and have a fixed order.
    team.each(spans.count * layout.keyValueHeads) { item, member in
        let span = spans[item / layout.keyValueHeads]
        let keyHead = item % layout.keyValueHeads
        func window(_ x: Matrix) -> Window { keyWindow(x, span, span.keyCount, keyHead, layout) }
        let (keyRows, dkRows, dvRows) = (window(k), window(dk), window(dv))
        dkRows.zero()
        dvRows.zero()
        let keys = scratch.turn(member, 0, keyRows)
        let values = scratch.turn(member, 1, window(v))
        let (p, ds, stride) = (scratch.block(member, 0), scratch.block(member, 1), scratch.stride)
        for rows in span.blocks {
            let sight = Sight(span, rows)
            let (count, seen, before, size) = (rows.count, sight.seen, sight.before, layout.size)
            for head in layout.queryHeads(of: keyHead) {
                func queries(_ x: Matrix) -> Window { layout.queries(x, head: head, rows: rows) }
                let (queryRows, out, dqRows) = (queries(q), queries(dO), queries(dq))
                probabilities(into: p, queryRows, keys, sight, layout, scratch)
                tk_causal_gather(
                    dvRows.base, dvRows.stride, p, stride, out.base, out.stride, count, seen, size, before, floatLevel)
                tk_causal_scores(
                    ds, stride, out.base, out.stride, values, stride, count, seen, size, before, floatLevel)
                tk_causal_softmax_backward(ds, p, count, seen, stride, before, layout.scale)
                tk_causal_mix(
                    dqRows.base, dqRows.stride, ds, stride, keyRows.base, keyRows.stride, count, seen, size, before,
                    floatLevel)
                tk_causal_gather(
                    dkRows.base, dkRows.stride, ds, stride, queryRows.base, queryRows.stride, count, seen, size,
                    before, floatLevel)
            }
        }
    }
}

// MARK: -

/// Of this CPU.
let floatLevel = tk_float_level()

/// What a block of queries sees.
private struct Sight {
    let rows: Int
    /// Keys before the one at the position of the first row.
    let before: Int
    /// Keys that the last row sees.
    var seen: Int { before + rows }

    init(_ span: AttentionSpan, _ rows: Range<Int>) {
        self.rows = rows.count
        before = span.first + rows.lowerBound - span.queries.lowerBound
    }
}

extension AttentionSpan {
    fileprivate var blocks: [Range<Int>] {
        stride(from: queries.lowerBound, to: queries.upperBound, by: blockRows).map {
            $0..<min($0 + blockRows, queries.upperBound)
        }
    }
}

extension HeadLayout {
    fileprivate func queryHeads(of keyHead: Int) -> Range<Int> { keyHead * perKey..<(keyHead + 1) * perKey }
}

extension Window {
    fileprivate func zero() {
        for row in 0..<rows { (base + row * stride).update(repeating: 0, count: columns) }
    }
}

private func keyWindow(
    _ x: Matrix, _ span: AttentionSpan, _ count: Int, _ keyHead: Int, _ layout: HeadLayout
) -> Window {
    Window(
        base: x.row(span.firstKey) + keyHead * layout.size, rows: count, columns: layout.size, stride: x.columns)
}

/// p = softmax(q·keysᵀ/√D), zero where a row does not see.
private func probabilities(
    into p: UnsafeMutablePointer<Float>, _ queries: Window, _ keys: UnsafePointer<Float>, _ sight: Sight,
    _ layout: HeadLayout, _ scratch: AttentionScratch
) {
    tk_causal_scores(
        p, scratch.stride, queries.base, queries.stride, keys, scratch.stride, sight.rows, sight.seen, layout.size,
        sight.before, floatLevel)
    tk_causal_softmax(p, sight.rows, sight.seen, scratch.stride, sight.before, layout.scale)
}

/// The same from keys as they lie.
private func probabilitiesOfFew(
    into p: UnsafeMutablePointer<Float>, _ queries: Window, _ keys: Window, _ sight: Sight, _ layout: HeadLayout,
    _ scratch: AttentionScratch
) {
    for row in 0..<sight.rows {
        tk_thin_product(
            p + row * scratch.stride, queries.base + row * queries.stride, queries.stride, keys.base, keys.stride, 1,
            layout.size, sight.seen, 1)
    }
    tk_causal_softmax(p, sight.rows, sight.seen, scratch.stride, sight.before, layout.scale)
}

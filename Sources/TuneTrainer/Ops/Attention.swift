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

/// Scores for one block of queries, (2·128, longest run of keys) for each member of the team.
struct AttentionScratch {
    private let scores: Matrix
    private let columns: Int

    init(keys: Int, members: Int) {
        columns = keys
        scores = Matrix(zeros: members * 2 * blockRows, keys)
    }

    fileprivate func block(_ member: Int, _ which: Int, rows: Int, columns: Int) -> Window {
        precondition(columns <= self.columns && rows <= blockRows)
        return Window(
            base: scores.row((2 * member + which) * blockRows), rows: rows, columns: columns, stride: self.columns)
    }
}

/// o[i] = Σ_j p[i][j]·v[j],  p[i] = softmax over seen j of q[i]·k[j]/√D      q, o: (T, H·D)  k, v: (T′, K·D)
func attention(
    into o: Matrix, q: Matrix, k: Matrix, v: Matrix, spans: [AttentionSpan], _ layout: HeadLayout,
    scratch: AttentionScratch, on team: Team
) {
    let blocks = spans.flatMap { span in
        span.blocks.flatMap { rows in (0..<layout.heads).map { (span: span, rows: rows, head: $0) } }
    }
    team.each(blocks.count) { item, member in
        let (span, rows, head) = blocks[item]
        let p = probabilities(span, rows, head, q, k, layout, scratch, member)
        let values = keyWindow(v, span, p.columns, head / layout.perKey, layout)
        product(into: layout.queries(o, head: head, rows: rows), p, values)
    }
}

/// Writes dq and, zeroing them first, dk and dv:
/// dv = pᵀ·do,  dp = do·vᵀ,  ds = p ⊙ (dp − Σ p ⊙ dp)/√D,  dq = ds·k,  dk = dsᵀ·q.  p is computed again from q and k.
func attentionBackward(
    dq: Matrix, dk: Matrix, dv: Matrix, do dO: Matrix, q: Matrix, k: Matrix, v: Matrix, spans: [AttentionSpan],
    _ layout: HeadLayout, scratch: AttentionScratch, on team: Team
) {
    dk.zero()
    dv.zero()
    // One item owns the gradient of one key head of one span, so that sums need no locks and have a fixed order.
    team.each(spans.count * layout.keyValueHeads) { item, member in
        let span = spans[item / layout.keyValueHeads]
        let keyHead = item % layout.keyValueHeads
        for rows in span.blocks {
            for head in keyHead * layout.perKey..<(keyHead + 1) * layout.perKey {
                let p = probabilities(span, rows, head, q, k, layout, scratch, member)
                let seen = p.columns
                let out = layout.queries(dO, head: head, rows: rows)
                product(into: keyWindow(dv, span, seen, keyHead, layout), p.transposed, out, beta: 1)
                let ds = scratch.block(member, 1, rows: rows.count, columns: seen)
                product(into: ds, out, keyWindow(v, span, seen, keyHead, layout).transposed)
                tk_causal_softmax_backward(
                    ds.base, p.base, rows.count, seen, ds.stride, span.seenBefore(rows), layout.scale)
                product(
                    into: layout.queries(dq, head: head, rows: rows), ds, keyWindow(k, span, seen, keyHead, layout))
                product(
                    into: keyWindow(dk, span, seen, keyHead, layout), ds.transposed,
                    layout.queries(q, head: head, rows: rows), beta: 1)
            }
        }
    }
}

// MARK: -

extension AttentionSpan {
    fileprivate var blocks: [Range<Int>] {
        stride(from: queries.lowerBound, to: queries.upperBound, by: blockRows).map {
            $0..<min($0 + blockRows, queries.upperBound)
        }
    }

    /// Keys before the one at the position of the first of these rows.
    fileprivate func seenBefore(_ rows: Range<Int>) -> Int { first + rows.lowerBound - queries.lowerBound }
}

private func keyWindow(
    _ x: Matrix, _ span: AttentionSpan, _ count: Int, _ keyHead: Int, _ layout: HeadLayout
) -> Window {
    Window(
        base: x.row(span.firstKey) + keyHead * layout.size, rows: count, columns: layout.size, stride: x.columns)
}

private func probabilities(
    _ span: AttentionSpan, _ rows: Range<Int>, _ head: Int, _ q: Matrix, _ k: Matrix, _ layout: HeadLayout,
    _ scratch: AttentionScratch, _ member: Int
) -> Window {
    let before = span.seenBefore(rows)
    let p = scratch.block(member, 0, rows: rows.count, columns: before + rows.count)
    let keys = keyWindow(k, span, p.columns, head / layout.perKey, layout)
    product(into: p, layout.queries(q, head: head, rows: rows), keys.transposed)
    tk_causal_softmax(p.base, p.rows, p.columns, p.stride, before, layout.scale)
    return p
}

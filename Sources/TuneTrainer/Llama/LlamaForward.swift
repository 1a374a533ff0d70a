import CKernels
import TuneModel

extension Llama {
    /// One block: input x (T, C) to `next` (T, C). Everything the backward pass needs stays in `a`.
    ///
    ///     middle = x + o(attention(rope(q(n)), rope(k(n)), v(n))),   n = norm(x); in some families q and k normalize heads
    ///     next = middle + down(silu(gate(m)) ⊙ up(m)),               m = norm(middle)
    ///
    /// `keys` and `values` hold the rows that spans refer to: `a.k` and `a.v`, or a cache that contains them.
    /// `next` nil leaves out the last product, when only `a` is wanted again; `isExact` keeps every product to f32.
    func blockForward(
        _ layer: Int, into next: Matrix?, _ x: Matrix, _ a: LayerActivations, scratch: LayerScratch,
        positions: [Int32], spans: [AttentionSpan], keys: Matrix, values: Matrix, isExact: Bool = false
    ) {
        let weights = self.weights.layers[layer]
        let epsilon = config.normEpsilon
        func apply(_ target: LoRATarget, into y: Matrix, _ x: Matrix) {
            TuneTrainer.linear(
                into: y, x, linear(layer, target, isExact: isExact), h: adapter == nil ? nil : a.h(target),
                scratch: linearScratch, on: team)
            if let bias = weights.bias(target) { addBias(bias, to: y, on: team) }
        }
        /// A projection whose heads are normalized, where the family does so: to `y` by way of `raw`.
        func applyToHeads(_ target: LoRATarget, into y: Matrix, raw: Matrix, r: Matrix, norm: Matrix?) {
            guard let norm else { return apply(target, into: y, scratch.normed) }
            apply(target, into: raw, scratch.normed)
            headNorm(into: y, r: r, raw, weight: norm, epsilon: epsilon, on: team)
        }

        rmsNorm(
            into: scratch.normed, r: a.attentionScale, x, weight: weights.attentionNorm, epsilon: epsilon, on: team)
        applyToHeads(.q, into: a.q, raw: a.heads.q, r: a.heads.qScale, norm: weights.queryNorm)
        applyToHeads(.k, into: a.k, raw: a.heads.k, r: a.heads.kScale, norm: weights.keyNorm)
        apply(.v, into: a.v, scratch.normed)
        TuneTrainer.rope(a.q, positions: positions, heads: config.heads, rope, on: team)
        TuneTrainer.rope(a.k, positions: positions, heads: config.keyValueHeads, rope, on: team)
        attention(
            into: a.attended, q: a.q, k: keys, v: values, spans: spans, headLayout, scratch: attentionScratch, on: team)
        apply(.o, into: a.middle, a.attended)
        add(x, to: a.middle)
        rmsNorm(
            into: scratch.normed, r: a.feedForwardScale, a.middle, weight: weights.feedForwardNorm, epsilon: epsilon,
            on: team)
        apply(.gate, into: a.gate, scratch.normed)
        apply(.up, into: a.up, scratch.normed)
        swiGLU(into: scratch.product, gate: a.gate, up: a.up, on: team)
        guard let next else {
            adapterInner(into: a.h(.down), scratch.product, linear(layer, .down), scratch: linearScratch, on: team)
            return
        }
        apply(.down, into: next, scratch.product)
        add(a.middle, to: next)
    }

    /// y += x
    func add(_ x: Matrix, to y: Matrix) {
        team.split(y.rows, grain: 8) { rows in
            tk_add(y.row(rows.lowerBound), x.row(rows.lowerBound), rows.count * y.columns)
        }
    }
}

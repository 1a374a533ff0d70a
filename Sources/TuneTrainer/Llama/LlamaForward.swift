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
        /// Layers that read the same input.
        func apply(_ targets: [(LoRATarget, Matrix)], _ x: Matrix, adding added: Matrix? = nil) {
            let outputs = targets.map { target, y in
                LinearOutput(
                    y: y, layer: linear(layer, target, isExact: isExact), h: adapter == nil ? nil : a.h(target))
            }
            TuneTrainer.linear(outputs, x, adding: added, scratch: linearScratch, on: team)
            for (target, y) in targets {
                if let bias = weights.bias(target) { addBias(bias, to: y, on: team) }
            }
        }

        rmsNorm(
            into: scratch.normed, r: a.attentionScale, x, weight: weights.attentionNorm, epsilon: epsilon, on: team)
        // Where the family normalizes heads, queries and keys get there by way of `a.heads`.
        let (queries, keysAtHand) = (
            weights.queryNorm == nil ? a.q : a.heads.q, weights.keyNorm == nil ? a.k : a.heads.k
        )
        apply([(.q, queries), (.k, keysAtHand), (.v, a.v)], scratch.normed)
        if let norm = weights.queryNorm {
            headNorm(into: a.q, r: a.heads.qScale, queries, weight: norm, epsilon: epsilon, on: team)
        }
        if let norm = weights.keyNorm {
            headNorm(into: a.k, r: a.heads.kScale, keysAtHand, weight: norm, epsilon: epsilon, on: team)
        }
        TuneTrainer.rope(a.q, positions: positions, heads: config.heads, rope, on: team)
        TuneTrainer.rope(a.k, positions: positions, heads: config.keyValueHeads, rope, on: team)
        attention(
            into: a.attended, q: a.q, k: keys, v: values, spans: spans, headLayout, scratch: attentionScratch, on: team)
        apply([(.o, a.middle)], a.attended, adding: x)
        rmsNorm(
            into: scratch.normed, r: a.feedForwardScale, a.middle, weight: weights.feedForwardNorm, epsilon: epsilon,
            on: team)
        apply([(.gate, a.gate), (.up, a.up)], scratch.normed)
        swiGLU(into: scratch.product, gate: a.gate, up: a.up, on: team)
        guard let next else {
            adapterInner(into: a.h(.down), scratch.product, linear(layer, .down), scratch: linearScratch, on: team)
            return
        }
        apply([(.down, next)], scratch.product, adding: a.middle)
    }
}

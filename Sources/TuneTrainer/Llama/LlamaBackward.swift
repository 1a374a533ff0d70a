import TuneModel

/// Gradients on their way down through a block. T rows each.
struct GradientScratch {
    /// Of a normalized input (C), of q or of the heads' outputs (H·D), of k and v (K·D), inside the feed-forward (F).
    let normed: Matrix
    let q: Matrix
    let attended: Matrix
    let k: Matrix
    let v: Matrix
    let product: Matrix

    init(rows: Int, config: LlamaConfig) {
        normed = Matrix(zeros: rows, config.hidden)
        q = Matrix(zeros: rows, config.queryWidth)
        attended = Matrix(zeros: rows, config.queryWidth)
        k = Matrix(zeros: rows, config.keyValueWidth)
        v = Matrix(zeros: rows, config.keyValueWidth)
        product = Matrix(zeros: rows, config.feedForward)
    }

    private init(_ whole: GradientScratch, rows: Int) {
        normed = whole.normed[rows: 0..<rows]
        q = whole.q[rows: 0..<rows]
        attended = whole.attended[rows: 0..<rows]
        k = whole.k[rows: 0..<rows]
        v = whole.v[rows: 0..<rows]
        product = whole.product[rows: 0..<rows]
    }

    func first(_ rows: Int) -> GradientScratch { GradientScratch(self, rows: rows) }
}

extension Llama {
    /// The way back through one block: `dx` holds the gradient of its output and becomes that of its input. (T, C)
    ///
    /// Adds what is trained's gradient to `gradient`; overwrites `a.gate` and `a.up`. At the lowest block with an adapter
    /// nothing needs the gradient of the input, which is then left undefined.
    func blockBackward(
        _ layer: Int, dx: Matrix, gradient: Adapter, x: Matrix, _ a: LayerActivations, scratch: LayerScratch,
        _ d: GradientScratch, positions: [Int32], spans: [AttentionSpan]
    ) {
        let weights = self.weights.layers[layer]
        let isLowest = layer == gradient.layout.lowestLayer

        // next = middle + down(silu(gate(m)) ⊙ up(m)), so dx is also the gradient of down's output.
        swiGLU(into: scratch.product, gate: a.gate, up: a.up, on: team)
        pass(layer, [(.down, dx)], into: d.product, x: scratch.product, a, gradient)
        swiGLUBackward(dgate: a.gate, dup: a.up, dy: d.product, gate: a.gate, up: a.up, on: team)
        normAgain(into: scratch.normed, a.middle, weights.feedForwardNorm, a.feedForwardScale)
        pass(layer, [(.gate, a.gate), (.up, a.up)], into: d.normed, x: scratch.normed, a, gradient)
        rmsNormBackward(
            addingTo: dx, dy: d.normed, a.middle, weight: weights.feedForwardNorm, r: a.feedForwardScale, on: team)

        // middle = x + o(attention(rope(q(n)), rope(k(n)), v(n))), so dx is also the gradient of o's output.
        pass(layer, [(.o, dx)], into: d.attended, x: a.attended, a, gradient)
        attentionBackward(
            dq: d.q, dk: d.k, dv: d.v, do: d.attended, q: a.q, k: a.k, v: a.v, spans: spans, headLayout,
            scratch: attentionScratch, on: team)
        ropeBackward(d.q, positions: positions, heads: config.heads, rope, on: team)
        ropeBackward(d.k, positions: positions, heads: config.keyValueHeads, rope, on: team)
        if let norm = weights.queryNorm { headNormBackward(d.q, a.heads.q, weight: norm, r: a.heads.qScale, on: team) }
        if let norm = weights.keyNorm { headNormBackward(d.k, a.heads.k, weight: norm, r: a.heads.kScale, on: team) }
        normAgain(into: scratch.normed, x, weights.attentionNorm, a.attentionScale)
        let dn = isLowest ? nil : d.normed
        pass(layer, [(.q, d.q), (.k, d.k), (.v, d.v)], into: dn, x: scratch.normed, a, gradient)
        if let dn {
            rmsNormBackward(addingTo: dx, dy: dn, x, weight: weights.attentionNorm, r: a.attentionScale, on: team)
        }
    }

    /// Layers that read the same input, with the gradients of their outputs.
    private func pass(
        _ layer: Int, _ targets: [(LoRATarget, Matrix)], into dx: Matrix?, x: Matrix, _ a: LayerActivations,
        _ gradient: Adapter
    ) {
        let outputs = targets.map { target, dy in
            LinearGradient(
                dy: dy, layer: linear(layer, target), h: a.h(target), gradient: gradient.pair(layer, target))
        }
        linearBackward(into: dx, outputs, x: x, scratch: linearScratch, on: team)
        for (target, dy) in targets {
            if let dW = gradient.weight(layer, target) { weightGradient(addingTo: dW, dy: dy, x: x, on: team) }
        }
    }

    /// The normalized input is cheaper to compute again than to keep.
    private func normAgain(into y: Matrix, _ x: Matrix, _ weight: Matrix, _ r: Matrix) {
        rmsNorm(into: y, r: r, x, weight: weight, epsilon: config.normEpsilon, on: team)
    }
}

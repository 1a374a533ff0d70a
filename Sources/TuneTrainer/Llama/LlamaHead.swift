import CKernels

/// What the head saw at each predicted token. (N)
struct TokenOutcomes {
    /// Cross-entropy in nats.
    var loss: [Float]
    /// The likeliest token.
    var best: [Int32]
}

/// Memory for the head's work on a few predicted tokens at a time, so that logits never exist for all of them.
struct HeadScratch {
    /// Predicted tokens at a time.
    static let rows = 128
    /// (128, V)
    let logits: Matrix
    /// Residual stream at the places, normalized, and the gradients of both. (128, C)
    let x: Matrix
    let normed: Matrix
    let dx: Matrix
    let dnormed: Matrix
    /// (128, 1)
    let r: Matrix

    init(config: LlamaConfig) {
        logits = Matrix(zeros: Self.rows, config.vocabulary)
        x = Matrix(zeros: Self.rows, config.hidden)
        normed = Matrix(zeros: Self.rows, config.hidden)
        dx = Matrix(zeros: Self.rows, config.hidden)
        dnormed = Matrix(zeros: Self.rows, config.hidden)
        r = Matrix(zeros: Self.rows, 1)
    }
}

extension Llama {
    /// Loss and argmax at every place of the batch, from the last block's output x. (T, C)
    ///
    /// With `dx` also the gradient of Σ scale·weight·loss with respect to x, written over it. (T, C)
    func predict(_ batch: PackedBatch, _ x: Matrix, dx: Matrix?, scale: Float, scratch: HeadScratch) -> TokenOutcomes {
        dx?.zero()
        var outcomes = TokenOutcomes(
            loss: [Float](repeating: 0, count: batch.places.count),
            best: [Int32](repeating: 0, count: batch.places.count))
        let weights = batch.weights.map { $0 * scale }
        let head = self.head
        for first in stride(from: 0, to: batch.places.count, by: HeadScratch.rows) {
            let chunk = first..<min(first + HeadScratch.rows, batch.places.count)
            func cut(_ matrix: Matrix) -> Matrix { matrix[rows: 0..<chunk.count] }
            let (xs, normed, logits) = (cut(scratch.x), cut(scratch.normed), cut(scratch.logits))
            gather(into: xs, x, batch.places[chunk])
            rmsNorm(
                into: normed, r: cut(scratch.r), xs, weight: self.weights.finalNorm, epsilon: config.normEpsilon,
                on: team)
            team.split(config.vocabulary, grain: 16) { tokens in
                product(
                    into: Window(logits, columns: tokens), Window(normed), Window(head[rows: tokens]).transposed)
            }
            outcomes.loss.withUnsafeMutableBufferPointer { loss in
                outcomes.best.withUnsafeMutableBufferPointer { best in
                    crossEntropy(
                        logits, targets: batch.targets[chunk], weights: dx == nil ? nil : weights[chunk],
                        loss: loss.baseAddress! + first, best: best.baseAddress! + first, on: team)
                }
            }
            if let dx { headBackward(chunk, batch, logits, addingTo: dx, scratch) }
        }
        return outcomes
    }

    /// dnormed = dlogits·head, then back through the final norm to the places.
    private func headBackward(
        _ chunk: Range<Int>, _ batch: PackedBatch, _ dlogits: Matrix, addingTo dx: Matrix, _ scratch: HeadScratch
    ) {
        func cut(_ matrix: Matrix) -> Matrix { matrix[rows: 0..<chunk.count] }
        let (dnormed, dxs, head) = (cut(scratch.dnormed), cut(scratch.dx), self.head)
        team.split(config.hidden, grain: 16) { channels in
            product(into: Window(dnormed, columns: channels), Window(dlogits), Window(head, columns: channels))
        }
        dxs.zero()
        rmsNormBackward(
            addingTo: dxs, dy: dnormed, cut(scratch.x), weight: weights.finalNorm, r: cut(scratch.r), on: team)
        for (i, place) in batch.places[chunk].enumerated() { tk_add(dx.row(place), dxs.row(i), dx.columns) }
    }

    /// The logits that follow one row of the last block's output. x: (1, C)  logits: (1, V)
    func nextTokenLogits(into logits: Matrix, _ x: Matrix, scratch: HeadScratch) {
        let normed = scratch.normed[rows: 0..<1]
        rmsNorm(
            into: normed, r: scratch.r[rows: 0..<1], x, weight: weights.finalNorm, epsilon: config.normEpsilon,
            on: team)
        TuneTrainer.linear(
            into: logits, normed, Linear(weight: weights.head, bytes: nil, pair: nil, scale: 0), h: nil,
            scratch: linearScratch,
            on: team)
    }
}

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
    /// Tokens of the vocabulary whose weights are written out at a time.
    static let tokens = 2_048
    /// (128, V)
    let logits: Matrix
    /// Residual stream at the places, normalized, and the gradients of both. (128, C)
    let x: Matrix
    let normed: Matrix
    let dx: Matrix
    let dnormed: Matrix
    /// (128, 1)
    let r: Matrix
    /// Some of the head's weights, written out. (2048, C)
    let weight: Matrix
    /// Where the head's weights are in bytes.
    let tiles: HeadTiles?

    init(_ model: Llama) {
        let config = model.config
        weight = Matrix(zeros: min(Self.tokens, config.vocabulary), config.hidden)
        tiles = model.bytes.map { _ in HeadTiles(config: config, members: model.team.size) }
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
    /// `isExact` keeps to f32 also where the head is in bytes.
    func predict(
        _ batch: PackedBatch, _ x: Matrix, dx: Matrix?, scale: Float, isExact: Bool = false, scratch: HeadScratch
    ) -> TokenOutcomes {
        dx?.zero()
        var outcomes = TokenOutcomes(
            loss: [Float](repeating: 0, count: batch.places.count),
            best: [Int32](repeating: 0, count: batch.places.count))
        let weights = batch.weights.map { $0 * scale }
        for first in stride(from: 0, to: batch.places.count, by: HeadScratch.rows) {
            let chunk = first..<min(first + HeadScratch.rows, batch.places.count)
            func cut(_ matrix: Matrix) -> Matrix { matrix[rows: 0..<chunk.count] }
            let (xs, normed) = (cut(scratch.x), cut(scratch.normed))
            gather(into: xs, x, batch.places[chunk])
            rmsNorm(
                into: normed, r: cut(scratch.r), xs, weight: self.weights.finalNorm, epsilon: config.normEpsilon,
                on: team)
            outcomes.loss.withUnsafeMutableBufferPointer { loss in
                outcomes.best.withUnsafeMutableBufferPointer { best in
                    predict(
                        batch.targets[chunk], dx == nil ? nil : weights[chunk], normed: normed,
                        dnormed: cut(scratch.dnormed), loss: loss.baseAddress! + first,
                        best: best.baseAddress! + first, isExact: isExact, scratch)
                }
            }
            if let dx { backThroughNorm(chunk, batch, addingTo: dx, scratch) }
        }
        return outcomes
    }

    /// Loss and argmax from the final norm's output; with weights also its gradient, in bytes where the head is.
    ///
    ///     logits = n·Wᵀ,  dn = dlogits·W      normed, dnormed: (N, C)
    private func predict(
        _ targets: ArraySlice<Int32>, _ weights: ArraySlice<Float>?, normed: Matrix, dnormed: Matrix,
        loss: UnsafeMutablePointer<Float>, best: UnsafeMutablePointer<Int32>, isExact: Bool, _ scratch: HeadScratch
    ) {
        if !isExact, let head = bytes?.head, let tiles = scratch.tiles {
            return predictInBytes(
                head, normed: normed, dnormed: dnormed, targets: targets, weights: weights, loss: loss, best: best,
                tiles: tiles)
        }
        let logits = scratch.logits[rows: 0..<normed.rows]
        forEachPart(of: scratch) { tokens, part in
            team.split(tokens.count, grain: 16) { range in
                let columns = tokens.lowerBound + range.lowerBound..<tokens.lowerBound + range.upperBound
                product(into: Window(logits, columns: columns), Window(normed), Window(part[rows: range]).transposed)
            }
        }
        crossEntropy(logits, targets: targets, weights: weights, loss: loss, best: best, on: team)
        guard weights != nil else { return }
        forEachPart(of: scratch) { tokens, part in
            team.split(config.hidden, grain: 16) { channels in
                product(
                    into: Window(dnormed, columns: channels), Window(logits, columns: tokens),
                    Window(part, columns: channels), beta: tokens.lowerBound == 0 ? 0 : 1)
            }
        }
    }

    /// Writes the head's weights out one part after the other, so that they never take the memory of all of them.
    private func forEachPart(of scratch: HeadScratch, _ work: (_ tokens: Range<Int>, _ part: Matrix) -> Void) {
        for first in stride(from: 0, to: config.vocabulary, by: scratch.weight.rows) {
            let tokens = first..<min(first + scratch.weight.rows, config.vocabulary)
            let part = scratch.weight[rows: 0..<tokens.count]
            team.split(tokens.count, grain: 16) { range in
                weights.head.dequantize(
                    first + range.lowerBound..<first + range.upperBound, into: part.row(range.lowerBound))
            }
            work(tokens, part)
        }
    }

    /// From the gradient of the final norm's output to that of its input, added at the places.
    private func backThroughNorm(
        _ chunk: Range<Int>, _ batch: PackedBatch, addingTo dx: Matrix, _ scratch: HeadScratch
    ) {
        func cut(_ matrix: Matrix) -> Matrix { matrix[rows: 0..<chunk.count] }
        let (dnormed, dxs) = (cut(scratch.dnormed), cut(scratch.dx))
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
        let head = Linear(weight: weights.head, bytes: nil, pair: nil, scale: 0)
        TuneTrainer.linear(
            [LinearOutput(y: logits, layer: head, h: nil)], normed, scratch: linearScratch, on: team)
    }
}

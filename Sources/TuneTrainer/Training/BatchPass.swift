import TuneModel

/// Takes packed batches through a model, forward and back, in memory that is laid out once.
///
/// A batch of at most `shape.keptRows` tokens keeps what every block computed; a longer one (a single long record, or
/// any where memory is short) keeps only the blocks' inputs and computes the rest again on the way back, with the same
/// result to the bit.
final class BatchPass {
    let shape: BatchShape
    /// Tokens that there is room for, if what the blocks compute need not be kept.
    let rows: Int
    let model: Llama
    /// The residual stream before each block, and after the last.
    private let inputs: [Matrix]
    private let kept: [LayerActivations]
    private let shared: LayerActivations
    private let scratch: LayerScratch
    private let gradients: GradientScratch
    private let headScratch: HeadScratch
    private let dx: Matrix

    /// `longest` is the longest example in tokens.
    init(_ model: Llama, _ shape: BatchShape, longest: Int) {
        let config = model.config
        let rank = model.adapter?.layout.rank ?? 1
        let rows = max(shape.rows, longest)
        self.model = model
        self.shape = shape
        self.rows = rows
        inputs = (0...config.layers).map { _ in Matrix(zeros: rows, config.hidden) }
        kept = (0..<config.layers).map { _ in
            LayerActivations(rows: shape.keptRows, config: config, rank: rank)
        }
        shared = LayerActivations(rows: rows, config: config, rank: rank)
        scratch = LayerScratch(rows: rows, config: config)
        gradients = GradientScratch(rows: rows, config: config)
        headScratch = HeadScratch(model)
        dx = Matrix(zeros: rows, config.hidden)
    }

    /// Keeps everything of batches of at most `keptRows` tokens.
    convenience init(_ model: Llama, keptRows: Int, longest: Int) {
        self.init(model, BatchShape(rows: keptRows, isKept: true), longest: longest)
    }

    /// What the model does on the batch, every product in f32.
    func outcome(of batch: PackedBatch) -> BatchOutcome { BatchOutcome(batch, outcomes(of: batch)) }

    /// The same, and adds the gradient of Σ scale · weight · loss to `gradient`.
    func outcome(
        of batch: PackedBatch, scale: Float, addingGradientTo gradient: Adapter, chance: Chance? = nil
    ) -> BatchOutcome {
        BatchOutcome(batch, outcomes(of: batch, scale: scale, addingGradientTo: gradient, chance: chance))
    }

    /// Loss and argmax at each place of the batch; `isExact` makes every product in f32.
    func outcomes(of batch: PackedBatch, isExact: Bool = true) -> TokenOutcomes {
        let count = batch.tokens.count
        // Nothing is needed again, so two residual streams and one block's memory do for all.
        embed(into: inputs[0][rows: 0..<count], batch.tokens, model.weights.embedding, on: model.team)
        for layer in 0..<model.config.layers {
            forward(
                layer, batch, from: inputs[layer % 2], to: inputs[(layer + 1) % 2], shared.first(count),
                isExact: isExact)
            // Training reads them in bytes, so that both forms are in memory for one block at a time only.
            if isExact && model.bytes != nil { model.weights.layers[layer].letGo() }
        }
        let x = inputs[model.config.layers % 2][rows: 0..<count]
        return model.predict(batch, x, dx: nil, scale: 1, isExact: isExact, scratch: headScratch)
    }

    /// The same, and adds the gradient of Σ scale · weight · loss to `gradient`.
    ///
    /// `weighing` puts other weights in the place of the batch's once the losses are known; the head then goes over them
    /// twice.
    func outcomes(
        of batch: PackedBatch, scale: Float, addingGradientTo gradient: Adapter, chance: Chance?,
        weighing: ((TokenOutcomes) -> [Float])? = nil
    ) -> TokenOutcomes {
        let count = batch.tokens.count
        let isKept = count <= shape.keptRows
        let layers = model.config.layers
        model.dropout = chance?.dropout(for: batch)
        defer { model.dropout = nil }
        embed(into: inputs[0][rows: 0..<count], batch.tokens, model.weights.embedding, on: model.team)
        chance?.addNoise(to: inputs[0][rows: 0..<count], of: batch, on: model.team)
        for layer in 0..<layers {
            forward(
                layer, batch, from: inputs[layer], to: inputs[layer + 1],
                isKept ? kept[layer].first(count) : shared.first(count))
        }
        let (x, dx) = (inputs[layers][rows: 0..<count], self.dx[rows: 0..<count])
        var batch = batch
        if let weighing {
            batch.weights = weighing(model.predict(batch, x, dx: nil, scale: 1, scratch: headScratch))
        }
        let outcomes = model.predict(batch, x, dx: dx, scale: scale, scratch: headScratch)
        for layer in (gradient.layout.lowestLayer..<layers).reversed() {
            let activations = isKept ? kept[layer].first(count) : shared.first(count)
            if !isKept { forward(layer, batch, from: inputs[layer], to: nil, activations) }
            model.blockBackward(
                layer, dx: dx, gradient: gradient, x: inputs[layer][rows: 0..<count], activations,
                scratch: scratch.first(count), gradients.first(count), positions: batch.positions, spans: batch.spans)
        }
        return outcomes
    }

    private func forward(
        _ layer: Int, _ batch: PackedBatch, from x: Matrix, to next: Matrix?, _ activations: LayerActivations,
        isExact: Bool = false
    ) {
        let count = batch.tokens.count
        model.blockForward(
            layer, into: next?[rows: 0..<count], x[rows: 0..<count], activations, scratch: scratch.first(count),
            positions: batch.positions, spans: batch.spans, keys: activations.k, values: activations.v,
            isExact: isExact)
    }
}

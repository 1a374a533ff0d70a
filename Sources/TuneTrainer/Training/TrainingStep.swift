import TuneModel

/// What one update saw.
struct StepOutcome {
    let batch: BatchOutcome
    /// Before clipping.
    let gradientNorm: Double
}

/// One optimizer update after the other on an adapter.
final class TrainingStep {
    let model: Llama
    let pass: BatchPass
    let optimizer: AdamW
    private let gradient: Adapter
    private let adapter: Adapter
    private let promptLossWeight: Float
    private let gradientClip: Double

    init(
        _ model: Llama, adapter: Adapter, pass: BatchPass, promptLossWeight: Double, gradientClip: Double
    ) {
        self.model = model
        self.adapter = adapter
        self.pass = pass
        self.promptLossWeight = Float(promptLossWeight)
        self.gradientClip = gradientClip
        optimizer = AdamW(adapter.layout)
        gradient = Adapter(adapter.layout)
    }

    /// The gradient of the mean loss over the examples, and the update with it.
    ///
    /// A loss or gradient that is not finite leaves the adapter as it was, and is returned for the caller to see.
    func update(with examples: [Example], rate: Double) -> StepOutcome {
        let outcome = gradient(of: examples)
        let norm = gradient.norm()
        guard outcome.loss.isFinite, norm.isFinite else { return StepOutcome(batch: outcome, gradientNorm: norm) }
        let clip = norm > gradientClip ? Float(gradientClip / (norm + 1e-6)) : 1
        optimizer.update(adapter, gradient: gradient, rate: rate, clip: clip, on: model.team)
        return StepOutcome(batch: outcome, gradientNorm: norm)
    }

    /// Packs the examples and sums the gradient of their mean loss.
    private func gradient(of examples: [Example]) -> BatchOutcome {
        gradient.values.zero()
        let batches = examples.packed(into: pass.shape.rows).map { PackedBatch($0, promptLossWeight: promptLossWeight) }
        let weight = batches.reduce(0) { $0 + $1.weights.reduce(0, +) }
        var sum = BatchOutcome()
        for batch in batches { sum += pass.outcome(of: batch, scale: 1 / weight, addingGradientTo: gradient) }
        return sum
    }
}

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
    /// Of a run on preference pairs.
    let preference: PreferenceObjective?
    private let gradient: Adapter
    private let adapter: Adapter
    private let promptLossWeight: Float
    private let gradientClip: Double
    private let seed: UInt64
    private let noise: Double

    init(
        _ model: Llama, adapter: Adapter, pass: BatchPass, promptLossWeight: Double, gradientClip: Double,
        preference: PreferenceObjective? = nil, seed: UInt64 = 0, noise: Double = 0
    ) {
        self.model = model
        self.adapter = adapter
        self.pass = pass
        self.promptLossWeight = Float(promptLossWeight)
        self.gradientClip = gradientClip
        self.preference = preference
        self.seed = seed
        self.noise = noise
        optimizer = AdamW(adapter.layout)
        gradient = Adapter(adapter.layout)
    }

    /// The gradient of the mean loss over the examples, and the update with it.
    ///
    /// A loss or gradient that is not finite leaves the adapter as it was, and is returned for the caller to see.
    func update(with examples: [Example], rate: Double) -> StepOutcome {
        let outcome = gradient(of: examples)
        let norm = gradient.norm(on: model.team)
        guard outcome.loss.isFinite, norm.isFinite else { return StepOutcome(batch: outcome, gradientNorm: norm) }
        let clip = norm > gradientClip ? Float(gradientClip / (norm + 1e-6)) : 1
        optimizer.update(adapter, gradient: gradient, rate: rate, clip: clip, on: model.team)
        return StepOutcome(batch: outcome, gradientNorm: norm)
    }

    /// Packs the examples and sums the gradient of their mean loss.
    private func gradient(of examples: [Example]) -> BatchOutcome {
        gradient.values.zero()
        let groups = examples.packed(into: pass.shape.rows)
        let chance = Chance(seed: seed, step: optimizer.step, dropout: adapter.layout.dropout, noise: noise)
        var sum = BatchOutcome()
        if let preference {
            let scale = 1 / Float(examples.count)
            for group in groups {
                sum += preference.outcome(of: group, scale: scale, addingGradientTo: gradient, chance: chance)
            }
            return sum
        }
        let batches = groups.map { PackedBatch($0, promptLossWeight: promptLossWeight) }
        let weight = batches.reduce(0) { $0 + $1.weights.reduce(0, +) }
        for batch in batches {
            sum += pass.outcome(of: batch, scale: 1 / weight, addingGradientTo: gradient, chance: chance)
        }
        return sum
    }
}

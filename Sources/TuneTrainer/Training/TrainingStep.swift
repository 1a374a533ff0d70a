import TuneModel

/// What one update saw.
struct StepOutcome {
    let batch: BatchOutcome
    /// Before clipping.
    let gradientNorm: Double
    /// Rows of the examples that broke the loss or the gradient; empty when all is well.
    var brokenRows: [Int] = []
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

    /// `gradientClip` 0 leaves gradients as they are.
    init(
        _ model: Llama, adapter: Adapter, pass: BatchPass, promptLossWeight: Double, gradientClip: Double,
        weightDecay: Double = 0, preference: PreferenceObjective? = nil, seed: UInt64 = 0, noise: Double = 0
    ) {
        self.model = model
        self.adapter = adapter
        self.pass = pass
        self.promptLossWeight = Float(promptLossWeight)
        self.gradientClip = gradientClip
        self.preference = preference
        self.seed = seed
        self.noise = noise
        optimizer = AdamW(adapter.layout, weightDecay: weightDecay)
        gradient = Adapter(adapter.layout)
    }

    /// The gradient of the mean loss over all trained tokens of the batches, and the update with it.
    ///
    /// A loss or gradient that is not finite leaves the adapter as it was, and its rows are returned.
    func update(with batches: [[Example]], rate: Double) -> StepOutcome {
        let outcome = gradient(of: batches)
        let norm = gradient.norm(on: model.team)
        guard outcome.loss.isFinite, norm.isFinite else {
            return StepOutcome(batch: outcome, gradientNorm: norm, brokenRows: brokenRows(outcome, batches))
        }
        let clip = gradientClip > 0 && norm > gradientClip ? Float(gradientClip / (norm + 1e-6)) : 1
        optimizer.update(adapter, gradient: gradient, rate: rate, clip: clip, on: model.team)
        return StepOutcome(batch: outcome, gradientNorm: norm)
    }

    /// The same with a single batch.
    func update(with examples: [Example], rate: Double) -> StepOutcome { update(with: [examples], rate: rate) }

    /// Packs each batch, and sums the gradient of the mean loss over all of them.
    private func gradient(of batches: [[Example]]) -> BatchOutcome {
        gradient.values.zero()
        let groups = batches.flatMap { $0.packed(into: pass.shape.rows) }
        let chance = Chance(seed: seed, step: optimizer.step, dropout: adapter.layout.dropout, noise: noise)
        var sum = BatchOutcome()
        /// Adds a group's part; false when what follows could not mend the sum.
        func add(_ outcome: BatchOutcome) -> Bool {
            sum += outcome
            return sum.loss.isFinite
        }
        if let preference {
            let pairs = groups.reduce(0) { $0 + $1.count }
            for group in groups {
                let outcome = preference.outcome(
                    of: group, scale: 1 / Float(pairs), addingGradientTo: gradient, chance: chance)
                if !add(outcome) { break }
            }
            return sum
        }
        let packed = groups.map { PackedBatch($0, promptLossWeight: promptLossWeight) }
        let weight = packed.reduce(0) { $0 + $1.weights.reduce(0, +) }
        for batch in packed {
            let outcome = pass.outcome(
                of: batch, scale: weight > 0 ? 1 / weight : 0, addingGradientTo: gradient, chance: chance)
            if !add(outcome) { break }
        }
        return sum
    }

    /// The batch in which the loss broke; every batch when only the gradient did.
    private func brokenRows(_ outcome: BatchOutcome, _ batches: [[Example]]) -> [Int] {
        let met = Set(outcome.examples.filter { !$0.loss.isFinite }.map(\.row))
        let broken = batches.first { $0.contains { met.contains($0.row) } }
        return (broken ?? batches.flatMap { $0 }).map(\.row).sorted()
    }
}

import TuneModel

/// What a run on preference pairs minimizes: the DPO loss against a reference.
///
/// The reference is the model that the run starts from: the base, or the base with the adapter that is gone on from.
/// What it makes of a pair is computed when the pair is first seen, and two numbers of it are kept. Each pair goes
/// through it alone, so that the numbers do not depend on what it was packed with: a resumed run finds the same.
final class PreferenceObjective {
    let beta: Double
    private let pass: BatchPass
    private let start: Adapter?
    private var known: [Key: PairLogProbabilities] = [:]

    private struct Key: Hashable {
        let pair: Example
        let isExact: Bool
    }

    /// `start` is a copy of the adapter that the run starts from, nil for the base.
    init(beta: Double, pass: BatchPass, start: Adapter?) {
        self.beta = beta
        self.pass = pass
        self.start = start
    }

    /// Nil for a method that learns from answers.
    convenience init?(_ method: TrainingMethod, pass: BatchPass, start: Adapter?) {
        guard case .dpo(let beta) = method else { return nil }
        self.init(beta: beta, pass: pass, start: start)
    }

    /// How the model does on the pairs, every product in f32.
    func outcome(of pairs: [Example]) -> BatchOutcome {
        let references = pairs.map { reference(of: $0, isExact: true) }
        let batch = PackedBatch(pairs, promptLossWeight: 0)
        return BatchOutcome(pairsOf: batch, pass.outcomes(of: batch), references, beta: beta)
    }

    /// The same, and adds the gradient of Σ scale · loss to `gradient`.
    func outcome(
        of pairs: [Example], scale: Float, addingGradientTo gradient: Adapter, chance: Chance?
    ) -> BatchOutcome {
        let references = pairs.map { reference(of: $0, isExact: false) }
        let batch = PackedBatch(pairs, promptLossWeight: 0)
        let outcomes = pass.outcomes(
            of: batch, scale: scale, addingGradientTo: gradient, chance: chance,
            weighing: { [beta] in Self.weights(batch, $0, references, beta) })
        return BatchOutcome(pairsOf: batch, outcomes, references, beta: beta)
    }

    // MARK: -

    private func reference(of pair: Example, isExact: Bool) -> PairLogProbabilities {
        let key = Key(pair: pair, isExact: isExact)
        if let found = known[key] { return found }
        let batch = PackedBatch([pair], promptLossWeight: 0)
        let outcomes = pass.model.with(start) { pass.outcomes(of: batch, isExact: isExact) }
        let found = batch.pairs(outcomes)[0]
        known[key] = found
        return found
    }

    /// Each token's cross-entropy is −ln p, and weighs as much as the loss falls when its answer's ln p rises.
    private static func weights(
        _ batch: PackedBatch, _ outcomes: TokenOutcomes, _ references: [PairLogProbabilities], _ beta: Double
    ) -> [Float] {
        let slopes = zip(batch.pairs(outcomes), references).flatMap { pair, reference in
            let slope = preferenceLossBackward(pair, reference: reference, beta: beta)
            return [-slope.preferred, -slope.rejected]
        }
        return batch.owners.map { Float(slopes[$0]) }
    }
}

extension PackedBatch {
    /// ln p of every pair's answers, from the cross-entropy of their tokens.
    func pairs(_ outcomes: TokenOutcomes) -> [PairLogProbabilities] {
        var sums = [Double](repeating: 0, count: spans.count)
        for (i, owner) in owners.enumerated() { sums[owner] -= Double(outcomes.loss[i]) }
        return stride(from: 0, to: sums.count, by: 2).map {
            PairLogProbabilities(preferred: sums[$0], rejected: sums[$0 + 1])
        }
    }
}

extension BatchOutcome {
    /// Of preference pairs: the loss is the mean over pairs, accuracy is the better answers', and a pair counts as right
    /// when the model prefers its better answer more than the reference does.
    init(
        pairsOf batch: PackedBatch, _ outcomes: TokenOutcomes, _ references: [PairLogProbabilities], beta: Double
    ) {
        // Of the better answers only, which are the even sequences.
        var better = [(tokens: Int, right: Int, isEndingRight: Bool?)](
            repeating: (0, 0, nil), count: references.count)
        for i in batch.places.indices where batch.owners[i].isMultiple(of: 2) {
            let isHit = outcomes.best[i] == batch.targets[i]
            completionLoss += Double(outcomes.loss[i])
            better[batch.owners[i] / 2].tokens += 1
            better[batch.owners[i] / 2].right += isHit ? 1 : 0
            better[batch.owners[i] / 2].isEndingRight = isHit
        }
        for (index, pair) in batch.pairs(outcomes).enumerated() {
            let loss = preferenceLoss(pair, reference: references[index], beta: beta)
            weightedLoss += loss
            weight += 1
            examples.append(
                ExampleOutcome(
                    row: batch.rows[2 * index], loss: loss, tokens: better[index].tokens,
                    rightTokens: better[index].right, isEndingRight: better[index].isEndingRight,
                    isRankedRight: preferenceMargin(pair, reference: references[index], beta: beta) > 0))
        }
        completionTokens = better.reduce(0) { $0 + $1.tokens }
        rightTokens = better.reduce(0) { $0 + $1.right }
        trainedTokens = batch.places.count
        tokens = batch.tokens.count
    }

    /// Of preference pairs.
    var pairEvaluation: Evaluation {
        Evaluation(
            loss: loss, tokenAccuracy: tokenAccuracy, sequenceAccuracy: sequenceAccuracy, tokens: completionTokens,
            examples: examples.count)
    }
}

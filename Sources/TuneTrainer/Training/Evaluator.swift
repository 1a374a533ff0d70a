import TuneModel

/// Measures a model on records, without learning from them.
struct Evaluator {
    let pass: BatchPass
    /// Needed for preference pairs only.
    var preference: PreferenceObjective? = nil

    /// Loss and accuracies over the examples' completion tokens, or of preference pairs the mean loss of a pair, the
    /// better answers' token accuracy and the share of pairs ranked right; `progress` gets the examples done so far.
    func evaluate(_ examples: [Example], progress: (Int) -> Void = { _ in }) -> Evaluation {
        let sum = outcome(of: examples, progress: progress)
        return preference == nil ? sum.evaluation : sum.pairEvaluation
    }

    /// How each example did, and all together.
    func outcome(of examples: [Example], progress: (Int) -> Void = { _ in }) -> BatchOutcome {
        var sum = BatchOutcome()
        for group in examples.packed(into: pass.rows) {
            sum += preference?.outcome(of: group) ?? pass.outcome(of: PackedBatch(group, promptLossWeight: 0))
            progress(sum.examples.count)
        }
        return sum
    }
}

import TuneModel

/// Measures a model on records, without learning from them.
struct Evaluator {
    let pass: BatchPass

    /// Loss and accuracies over the examples' completion tokens; `progress` gets the examples done so far.
    func evaluate(_ examples: [Example], progress: (Int) -> Void = { _ in }) -> Evaluation {
        var sum = BatchOutcome()
        for group in examples.packed(into: pass.rows) {
            sum += pass.outcome(of: PackedBatch(group, promptLossWeight: 0))
            progress(sum.examples.count)
        }
        return sum.evaluation
    }
}

import CKernels

/// For each row: loss = ln Σ e^logits − logits[target], best = argmax; the logits become weight·(softmax − onehot).
/// Without weights they stay as they are.      logits: (N, V)
func crossEntropy(
    _ logits: Matrix, targets: ArraySlice<Int32>, weights: ArraySlice<Float>?, loss: UnsafeMutablePointer<Float>,
    best: UnsafeMutablePointer<Int32>, on team: Team
) {
    precondition(targets.count == logits.rows && (weights?.count ?? logits.rows) == logits.rows)
    nonisolated(unsafe) let (loss, best) = (loss, best)
    targets.withUnsafeBufferPointer { targets in
        nonisolated(unsafe) let targets = targets.baseAddress!
        func run(_ weights: UnsafePointer<Float>?) {
            nonisolated(unsafe) let weights = weights
            team.split(logits.rows) { rows in
                let t = rows.lowerBound
                tk_cross_entropy(
                    logits.row(t), loss + t, best + t, targets + t, weights.map { $0 + t }, rows.count,
                    logits.columns)
            }
        }
        if let weights { weights.withUnsafeBufferPointer { run($0.baseAddress) } } else { run(nil) }
    }
}

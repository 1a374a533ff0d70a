/// Sequences laid end to end without padding, and what is to be predicted where.
///
/// T is the number of tokens, N the number of predicted ones.
struct PackedBatch {
    /// (T)
    private(set) var tokens: [Int32] = []
    /// Place of each token in its own sequence. (T)
    private(set) var positions: [Int32] = []
    /// One for each sequence.
    private(set) var spans: [AttentionSpan] = []
    /// Each sequence's row of the dataset, counted from 0.
    private(set) var rows: [Int] = []
    /// Rows whose next token counts, rising. (N)
    private(set) var places: [Int] = []
    /// The token that follows each place. (N)
    private(set) var targets: [Int32] = []
    /// Each target's weight in the loss. (N)
    private(set) var weights: [Float] = []
    /// Which sequence each target belongs to. (N)
    private(set) var owners: [Int] = []
    /// Whether accuracy counts the target: it belongs to a completion. (N)
    private(set) var isCompletion: [Bool] = []

    /// Lays the examples end to end; prompt tokens take part in the loss only with a weight above 0.
    init(_ examples: [Example], promptLossWeight: Float) {
        for (owner, example) in examples.enumerated() {
            let start = tokens.count
            spans.append(AttentionSpan(queries: start..<start + example.tokens.count, firstKey: start, first: 0))
            rows.append(example.row)
            tokens += example.tokens
            positions += example.tokens.indices.map(Int32.init)
            for i in 1..<max(1, example.tokens.count) {
                let isCompletion = example.isCompletion[i]
                guard isCompletion || promptLossWeight > 0 else { continue }
                places.append(start + i - 1)
                targets.append(example.tokens[i])
                weights.append(isCompletion ? 1 : promptLossWeight)
                owners.append(owner)
                self.isCompletion.append(isCompletion)
            }
        }
    }
}

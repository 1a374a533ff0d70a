/// Sequences laid end to end without padding, and what is to be predicted where.
///
/// T is the number of tokens, N the number of predicted ones. A preference pair is two sequences, the better one first.
struct PackedBatch {
    /// (T)
    private(set) var tokens: [Int32] = []
    /// Place of each token in its own sequence. (T)
    private(set) var positions: [Int32] = []
    /// Tells each token from all others of the data, wherever and with whatever it is packed. (T)
    private(set) var identities: [UInt64] = []
    /// One for each sequence.
    private(set) var spans: [AttentionSpan] = []
    /// Each sequence's row of the dataset, counted from 0.
    private(set) var rows: [Int] = []
    /// Rows whose next token counts, rising. (N)
    private(set) var places: [Int] = []
    /// The token that follows each place. (N)
    private(set) var targets: [Int32] = []
    /// Each target's weight in the loss. (N)
    var weights: [Float] = []
    /// Which sequence each target belongs to. (N)
    private(set) var owners: [Int] = []
    /// Whether accuracy counts the target: it belongs to a completion. (N)
    private(set) var isCompletion: [Bool] = []

    /// Lays the examples end to end; prompt tokens take part in the loss only with a weight above 0.
    init(_ examples: [Example], promptLossWeight: Float) {
        for example in examples {
            for (place, side) in example.sides.enumerated() {
                var source = SplitMix64(seed: UInt64(2 * example.row + place))
                append(side, of: example.row, identity: source.next(), promptLossWeight)
            }
        }
    }

    private mutating func append(_ side: Example.Side, of row: Int, identity: UInt64, _ promptLossWeight: Float) {
        let start = tokens.count
        let owner = spans.count
        spans.append(AttentionSpan(queries: start..<start + side.tokens.count, firstKey: start, first: 0))
        rows.append(row)
        tokens += side.tokens
        positions += side.tokens.indices.map(Int32.init)
        identities += side.tokens.indices.map { identity &+ UInt64($0) }
        for i in 1..<max(1, side.tokens.count) {
            let isCompletion = side.isCompletion[i]
            guard isCompletion || promptLossWeight > 0 else { continue }
            places.append(start + i - 1)
            targets.append(side.tokens[i])
            weights.append(isCompletion ? 1 : promptLossWeight)
            owners.append(owner)
            self.isCompletion.append(isCompletion)
        }
    }
}

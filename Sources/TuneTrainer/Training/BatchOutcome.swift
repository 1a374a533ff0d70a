import TuneModel

/// How a model did on one example.
struct ExampleOutcome: Hashable {
    /// Row of the dataset, counted from 0.
    let row: Int
    /// Mean cross-entropy in nats over its completion tokens, 0 without any; of a preference pair, its DPO loss.
    let loss: Double
    /// Completion tokens, and of them those that the model had as the likeliest.
    let tokens: Int
    let rightTokens: Int
    /// Whether the last of them was right; nil without any.
    let isEndingRight: Bool?
    /// Of a preference pair: whether the better answer is preferred more than by the reference.
    var isRankedRight: Bool? = nil

    /// Whether all that was to be learned was right.
    var isRight: Bool { isRankedRight ?? (rightTokens == tokens) }
}

/// What a model did on some examples: sums, so that parts can be added up.
struct BatchOutcome {
    /// Σ weight · loss, and Σ weight, over the tokens with a weight.
    var weightedLoss = 0.0
    var weight = 0.0
    /// Σ loss over completion tokens.
    var completionLoss = 0.0
    var completionTokens = 0
    var rightTokens = 0
    /// Completion tokens with a part in the loss: the same, but of a preference pair those of both answers.
    var trainedTokens = 0
    /// In the order of learning.
    var examples: [ExampleOutcome] = []
    /// Tokens that went through the model.
    var tokens = 0

    init() {}

    init(_ batch: PackedBatch, _ outcomes: TokenOutcomes) {
        var sums = [(loss: Double, tokens: Int, right: Int)](repeating: (0, 0, 0), count: batch.rows.count)
        // An example's targets rise, so that the newest one seen of it is its last in the end.
        var isEndingRight = [Bool?](repeating: nil, count: batch.rows.count)
        for i in batch.places.indices {
            let loss = Double(outcomes.loss[i])
            weightedLoss += Double(batch.weights[i]) * loss
            weight += Double(batch.weights[i])
            guard batch.isCompletion[i] else { continue }
            let owner = batch.owners[i]
            sums[owner].loss += loss
            sums[owner].tokens += 1
            let isHit = outcomes.best[i] == batch.targets[i]
            if isHit { sums[owner].right += 1 }
            isEndingRight[owner] = isHit
        }
        examples = sums.indices.map { i in
            let sum = sums[i]
            return ExampleOutcome(
                row: batch.rows[i], loss: sum.tokens == 0 ? 0 : sum.loss / Double(sum.tokens), tokens: sum.tokens,
                rightTokens: sum.right, isEndingRight: isEndingRight[i])
        }
        completionLoss = sums.reduce(0) { $0 + $1.loss }
        completionTokens = sums.reduce(0) { $0 + $1.tokens }
        rightTokens = sums.reduce(0) { $0 + $1.right }
        trainedTokens = completionTokens
        tokens = batch.tokens.count
    }

    static func += (sum: inout BatchOutcome, part: BatchOutcome) {
        sum.weightedLoss += part.weightedLoss
        sum.weight += part.weight
        sum.completionLoss += part.completionLoss
        sum.completionTokens += part.completionTokens
        sum.rightTokens += part.rightTokens
        sum.trainedTokens += part.trainedTokens
        sum.examples += part.examples
        sum.tokens += part.tokens
    }

    /// The weighted mean of the cross-entropy in nats; 0 where there was nothing to learn.
    var loss: Double { weight == 0 ? 0 : weightedLoss / weight }
    var tokenAccuracy: Double { completionTokens == 0 ? 0 : Double(rightTokens) / Double(completionTokens) }
    var endingAccuracy: Double {
        let endings = examples.compactMap(\.isEndingRight)
        return endings.isEmpty ? 0 : Double(endings.count { $0 }) / Double(endings.count)
    }
    var sequenceAccuracy: Double {
        examples.isEmpty ? 0 : Double(examples.count { $0.isRight }) / Double(examples.count)
    }

    var evaluation: Evaluation {
        Evaluation(
            loss: completionTokens == 0 ? 0 : completionLoss / Double(completionTokens), tokenAccuracy: tokenAccuracy,
            sequenceAccuracy: sequenceAccuracy, tokens: completionTokens, examples: examples.count)
    }
}

import TuneModel

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
    var examples = 0
    var rightExamples = 0
    /// Examples with completion tokens, and of them those whose last one is right.
    var endings = 0
    var rightEndings = 0
    /// Tokens that went through the model.
    var tokens = 0

    init() {}

    init(_ batch: PackedBatch, _ outcomes: TokenOutcomes) {
        var isRight = [Bool](repeating: true, count: batch.spans.count)
        // An example's targets rise, so that the newest one seen of it is its last in the end.
        var isEndingRight = [Bool?](repeating: nil, count: batch.spans.count)
        for i in batch.places.indices {
            let loss = Double(outcomes.loss[i])
            weightedLoss += Double(batch.weights[i]) * loss
            weight += Double(batch.weights[i])
            guard batch.isCompletion[i] else { continue }
            completionLoss += loss
            completionTokens += 1
            let isHit = outcomes.best[i] == batch.targets[i]
            if isHit { rightTokens += 1 } else { isRight[batch.owners[i]] = false }
            isEndingRight[batch.owners[i]] = isHit
        }
        trainedTokens = completionTokens
        examples = batch.spans.count
        rightExamples = isRight.count { $0 }
        endings = isEndingRight.count { $0 != nil }
        rightEndings = isEndingRight.count { $0 == true }
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
        sum.rightExamples += part.rightExamples
        sum.endings += part.endings
        sum.rightEndings += part.rightEndings
        sum.tokens += part.tokens
    }

    /// The weighted mean of the cross-entropy in nats.
    var loss: Double { weightedLoss / weight }
    var tokenAccuracy: Double { completionTokens == 0 ? 0 : Double(rightTokens) / Double(completionTokens) }
    var endingAccuracy: Double { endings == 0 ? 0 : Double(rightEndings) / Double(endings) }
    var sequenceAccuracy: Double { examples == 0 ? 0 : Double(rightExamples) / Double(examples) }

    var evaluation: Evaluation {
        Evaluation(
            loss: completionTokens == 0 ? 0 : completionLoss / Double(completionTokens), tokenAccuracy: tokenAccuracy,
            sequenceAccuracy: sequenceAccuracy, tokens: completionTokens, examples: examples)
    }
}

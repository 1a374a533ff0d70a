/// How a model does on records it is not learning from at that moment.
public struct Evaluation: Hashable, Codable, Sendable {
    /// Mean cross-entropy in nats per completion token; of preference pairs, the mean DPO loss of a pair. `StepMetrics`
    /// says what the accuracies are of pairs.
    public var loss: Double
    /// Share of completion tokens whose teacher-forced argmax is right, 0 to 1.
    public var tokenAccuracy: Double
    /// Share of examples whose completion tokens are all right, 0 to 1.
    public var sequenceAccuracy: Double
    /// Completion tokens counted.
    public var tokens: Int
    public var examples: Int

    public init(loss: Double, tokenAccuracy: Double, sequenceAccuracy: Double, tokens: Int, examples: Int) {
        self.loss = loss
        self.tokenAccuracy = tokenAccuracy
        self.sequenceAccuracy = sequenceAccuracy
        self.tokens = tokens
        self.examples = examples
    }

    private enum CodingKeys: String, CodingKey {
        case loss, tokens, examples
        case tokenAccuracy = "token_accuracy"
        case sequenceAccuracy = "sequence_accuracy"
    }
}

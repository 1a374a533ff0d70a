/// How a run did on one training record when it last learned from it.
public struct RecordLoss: Hashable, Codable, Sendable {
    /// Place of the record in the training file, counted from 0.
    public var record: Int
    /// Mean cross-entropy in nats over its completion tokens; of a preference record, its DPO loss.
    public var loss: Double
    /// Completion tokens.
    public var tokens: Int
    /// Of them, those whose teacher-forced argmax is right.
    public var right: Int
    /// The update that it took part in.
    public var step: Int

    public init(record: Int, loss: Double, tokens: Int, right: Int, step: Int) {
        self.record = record
        self.loss = loss
        self.tokens = tokens
        self.right = right
        self.step = step
    }
}

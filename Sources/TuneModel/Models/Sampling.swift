/// How the next token is chosen. The defaults change nothing about the model's probabilities but the temperature.
public struct Sampling: Hashable, Codable, Sendable {
    /// 0 always takes the likeliest token. 0 to 10
    public var temperature: Double
    /// Only the likeliest tokens that together have this probability. Above 0, at most 1
    public var topP: Double
    /// Only so many of the likeliest; 0 for all.
    public var topK: Int
    /// Only tokens at least this times as likely as the likeliest. 0 to 1
    public var minP: Double
    /// Divides the logits of tokens that have occurred, in the prompt too; 1 does nothing. Above 0, at most 10
    public var repetitionPenalty: Double
    /// Taken from a token's logit for each time that the answer has it already. −2 to 2
    public var frequencyPenalty: Double
    /// Taken from a token's logit once when the answer has it already. −2 to 2
    public var presencePenalty: Double
    /// Added to the logits of tokens, by id. −100 to 100 each
    public var logitBias: [Int32: Double]
    /// The same seed gives the same answer; nil draws one.
    public var seed: UInt64?

    public init(
        temperature: Double = 0.7, topP: Double = 1, topK: Int = 0, minP: Double = 0, repetitionPenalty: Double = 1,
        frequencyPenalty: Double = 0, presencePenalty: Double = 0, logitBias: [Int32: Double] = [:],
        seed: UInt64? = nil
    ) {
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.minP = minP
        self.repetitionPenalty = repetitionPenalty
        self.frequencyPenalty = frequencyPenalty
        self.presencePenalty = presencePenalty
        self.logitBias = logitBias
        self.seed = seed
    }
}

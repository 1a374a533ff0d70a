/// What a run found when it read its records, before the first update.
public struct TrainingFacts: Hashable, Codable, Sendable {
    /// Training records.
    public var examples: Int
    /// Held-out records.
    public var validationExamples: Int
    /// Tokens of one pass, prompts included.
    public var tokens: Int
    /// Of them, those with a loss.
    public var trainedTokens: Int
    /// Records that are longer than the model's context, and lost the beginning of their prompt.
    public var cutPrompts: Int
    /// Records whose answer alone is longer than the context, and was cut.
    public var cutAnswers: Int
    /// The longest sequence in tokens that the model takes.
    public var contextLength: Int

    public init(
        examples: Int, validationExamples: Int = 0, tokens: Int = 0, trainedTokens: Int = 0, cutPrompts: Int = 0,
        cutAnswers: Int = 0, contextLength: Int = 0
    ) {
        self.examples = examples
        self.validationExamples = validationExamples
        self.tokens = tokens
        self.trainedTokens = trainedTokens
        self.cutPrompts = cutPrompts
        self.cutAnswers = cutAnswers
        self.contextLength = contextLength
    }
}

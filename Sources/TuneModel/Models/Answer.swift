/// What to ask a model, and how.
public struct AnswerRequest: Hashable, Sendable {
    public enum Input: Hashable, Sendable {
        /// Continued as it stands.
        case prompt(String)
        /// Rendered with the model's chat template.
        case chat([Message])
    }

    public var model: String
    public var input: Input
    public var maxTokens: Int
    /// 0 always takes the likeliest token.
    public var temperature: Double
    public var topP: Double
    /// The answer ends before the first of these.
    public var stop: [String]
    public var seed: UInt64?

    public init(
        model: String, input: Input, maxTokens: Int = 128, temperature: Double = 0.7, topP: Double = 1,
        stop: [String] = [], seed: UInt64? = nil
    ) {
        self.model = model
        self.input = input
        self.maxTokens = maxTokens
        self.temperature = temperature
        self.topP = topP
        self.stop = stop
        self.seed = seed
    }
}

/// A piece of an answer as it streams in.
public enum AnswerPart: Hashable, Sendable {
    /// Whole characters only: a UTF-8 sequence is never cut.
    case text(String)
    case finished(AnswerSummary)
}

/// How an answer ended.
public struct AnswerSummary: Hashable, Codable, Sendable {
    public enum Finish: String, Codable, Sendable { case stop, length }

    public var finish: Finish
    public var promptTokens: Int
    public var completionTokens: Int
    /// Of the answer, without reading the prompt.
    public var tokensPerSecond: Double

    public init(finish: Finish, promptTokens: Int, completionTokens: Int, tokensPerSecond: Double) {
        self.finish = finish
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.tokensPerSecond = tokensPerSecond
    }
}

/// What a model of a service costs, in dollars for a million tokens. What is not known is nil.
public struct Price: Hashable, Codable, Sendable {
    public var training: Double?
    public var input: Double?
    public var output: Double?

    public init(training: Double? = nil, input: Double? = nil, output: Double? = nil) {
        self.training = training
        self.input = input
        self.output = output
    }
}

/// A number of tokens, and how sure it is.
public struct TokenReckoning: Hashable, Codable, Sendable {
    public var tokens: Int
    /// Counted by the model's own tokenizer; else estimated by another one.
    public var isExact: Bool

    public init(tokens: Int, isExact: Bool) {
        self.tokens = tokens
        self.isExact = isExact
    }
}

/// What training costs: before it starts by the tokens that will be learned, afterwards by those that were.
public struct JobCost: Hashable, Codable, Sendable {
    public var price: Price
    /// Of the whole run, repeats included.
    public var estimated: TokenReckoning?
    /// As the service told it at the end.
    public var actualTokens: Int?

    public init(price: Price, estimated: TokenReckoning? = nil, actualTokens: Int? = nil) {
        self.price = price
        self.estimated = estimated
        self.actualTokens = actualTokens
    }

    public var estimatedDollars: Double? { dollars(estimated?.tokens) }
    public var actualDollars: Double? { dollars(actualTokens) }

    private func dollars(_ tokens: Int?) -> Double? {
        guard let tokens, let rate = price.training else { return nil }
        return Double(tokens) / 1e6 * rate
    }
}

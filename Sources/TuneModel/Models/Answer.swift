/// What to ask a model, and how.
public struct AnswerRequest: Hashable, Codable, Sendable {
    public enum Input: Hashable, Codable, Sendable {
        /// Continued as it stands.
        case prompt(String)
        /// Rendered with the model's chat template.
        case chat([Message])
        /// Continued as it stands; ids of the model's vocabulary.
        case tokens([Int32])
    }

    public var model: String
    public var input: Input
    public var maxTokens: Int
    public var sampling: Sampling
    /// The answer ends before the first of these that is complete.
    public var stop: [String]
    /// The answer ends before the first of these, as it does before the model's own.
    public var stopTokens: Set<Int32>
    /// What the answer has to be; nil leaves it free.
    public var form: AnswerForm?
    /// Tells each token of the answer with its log probability and so many likeliest others; nil tells none.
    public var alternatives: Int?
    /// Tells the prompt before the answer, its tokens with their probabilities where `alternatives` asks for them.
    public var echoesPrompt: Bool
    /// Leaves out line ends before the first text, which a model that has learned little likes to begin with: they would
    /// end an answer that ends at one before it says a word.
    public var skipsFirstLineEnds: Bool

    public init(
        model: String, input: Input, maxTokens: Int = 128, sampling: Sampling = Sampling(), stop: [String] = [],
        stopTokens: Set<Int32> = [], form: AnswerForm? = nil, alternatives: Int? = nil, echoesPrompt: Bool = false,
        skipsFirstLineEnds: Bool = false
    ) {
        self.model = model
        self.input = input
        self.maxTokens = maxTokens
        self.sampling = sampling
        self.stop = stop
        self.stopTokens = stopTokens
        self.form = form
        self.alternatives = alternatives
        self.echoesPrompt = echoesPrompt
        self.skipsFirstLineEnds = skipsFirstLineEnds
    }
}

/// A form that an answer is held to, token by token.
public enum AnswerForm: Hashable, Codable, Sendable {
    /// Any JSON object.
    case json
    /// JSON that this JSON schema, given as text, takes.
    case schema(String)
    /// What this grammar, in GBNF, makes; its root rule is `root`.
    case grammar(String)
}

/// A piece of an answer as it streams in.
public enum AnswerPart: Hashable, Sendable {
    /// Whole characters only: a UTF-8 sequence is never cut. The tokens that made them come where the request asks for
    /// them, each with the text that its last byte is in. The bytes of an answer's tokens together are those of its
    /// text, but for a character that no bytes could complete; a token that a stop string cuts has those before it.
    case text(String, [ChosenToken] = [])
    case finished(AnswerSummary)
}

/// A token of an answer, and what else could have stood there.
public struct ChosenToken: Hashable, Sendable {
    /// A token and how likely it was.
    public struct Chance: Hashable, Sendable {
        /// In the model's vocabulary.
        public let id: Int32
        /// May be a part of a character.
        public let bytes: [UInt8]
        /// Natural logarithm of the probability, before temperature and penalties; −9,999 for what cannot be. Nil for
        /// the first token of a prompt, which follows nothing.
        public let logProbability: Double?

        public init(id: Int32, bytes: [UInt8], logProbability: Double?) {
            self.id = id
            self.bytes = bytes
            self.logProbability = logProbability
        }

        /// With U+FFFD for what is no character by itself.
        public var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    public let chosen: Chance
    /// The likeliest of all, as many as were asked for, the likeliest first.
    public let alternatives: [Chance]

    public init(chosen: Chance, alternatives: [Chance]) {
        self.chosen = chosen
        self.alternatives = alternatives
    }
}

/// How an answer ended.
public struct AnswerSummary: Hashable, Codable, Sendable {
    public enum Finish: String, Codable, Sendable { case stop, length }

    public var finish: Finish
    public var promptTokens: Int
    public var completionTokens: Int
    /// Of the answer, without reading the prompt.
    public var tokensPerSecond: Double
    /// Prompt tokens that were remembered from an earlier question and not read again.
    public var cachedTokens: Int?

    public init(
        finish: Finish, promptTokens: Int, completionTokens: Int, tokensPerSecond: Double, cachedTokens: Int? = nil
    ) {
        self.finish = finish
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.tokensPerSecond = tokensPerSecond
        self.cachedTokens = cachedTokens
    }
}

/// What to measure, on what, and how.
public struct EvaluationRequest: Hashable, Codable, Sendable {
    /// Whether the answers are classes.
    public enum Classes: String, CaseIterable, Codable, Sendable {
        /// Where there are few and short ones.
        case automatic = "auto"
        case yes
        case no
    }

    /// How a judge judges.
    public enum Judging: String, CaseIterable, Codable, Sendable {
        /// Each answer by itself, from 1 to 10.
        case score
        /// The best of the models' answers to a record.
        case pick
    }

    /// Names of the models to measure, in the order of their columns.
    public var models: [String]
    /// A file of records, or the id of an uploaded one.
    public var dataset: String
    /// Only the first so many records; nil for all.
    public var limit: Int?
    /// Whether the models write answers, besides being measured on the expected ones.
    public var generates: Bool
    /// The longest answer, in tokens.
    public var maxTokens: Int
    /// 0 always takes the likeliest token.
    public var temperature: Double
    public var seed: UInt64
    public var classes: Classes
    /// The model that judges the answers; nil for none.
    public var judge: String?
    public var judging: Judging

    public init(
        models: [String], dataset: String, limit: Int? = nil, generates: Bool = true, maxTokens: Int = 128,
        temperature: Double = 0, seed: UInt64 = 42, classes: Classes = .automatic, judge: String? = nil,
        judging: Judging = .score
    ) {
        self.models = models
        self.dataset = dataset
        self.limit = limit
        self.generates = generates
        self.maxTokens = maxTokens
        self.temperature = temperature
        self.seed = seed
        self.classes = classes
        self.judge = judge
        self.judging = judging
    }
}

/// How far an evaluation has come.
public struct EvaluationProgress: Hashable, Sendable {
    public enum Stage: Hashable, Sendable {
        /// Measuring on the expected answers.
        case losses
        /// Writing answers.
        case answers
        case judging
    }

    public let stage: Stage
    /// The model at work.
    public let model: String
    /// Records that this stage has done of this model.
    public let done: Int
    public let total: Int
    /// Of the whole evaluation, 0 to 1.
    public let share: Double
    /// Until the whole evaluation is done; nil while there is no telling.
    public let secondsLeft: Double?

    public init(stage: Stage, model: String, done: Int, total: Int, share: Double, secondsLeft: Double?) {
        self.stage = stage
        self.model = model
        self.done = done
        self.total = total
        self.share = share
        self.secondsLeft = secondsLeft
    }
}

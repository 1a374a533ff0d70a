public import Foundation

/// What came of measuring models on records: what they were asked, what they said, and how that does.
public struct EvaluationReport: Hashable, Codable, Sendable, Identifiable {
    /// `eval-` and 24 letters and digits.
    public var id: String
    public var createdAt: Date
    public var request: EvaluationRequest
    /// The dataset's name without its folder.
    public var name: String
    public var records: [EvaluatedRecord]
    public var models: [ModelOutcomes]
    public var segmentation: Segmentation
    /// The classes of the expected answers; nil where they are free texts.
    public var labels: Labels?
    /// What the judge is asked, with places for question and answers; nil without a judge.
    public var judgePrompt: String?
    /// Whether it came to its end; what a cancelled one has measured so far counts all the same.
    public var isComplete: Bool
    public var seconds: Double

    public init(
        id: String, createdAt: Date, request: EvaluationRequest, name: String, records: [EvaluatedRecord],
        models: [ModelOutcomes], segmentation: Segmentation, labels: Labels?, judgePrompt: String?,
        isComplete: Bool = false, seconds: Double = 0
    ) {
        self.id = id
        self.createdAt = createdAt
        self.request = request
        self.name = name
        self.records = records
        self.models = models
        self.segmentation = segmentation
        self.labels = labels
        self.judgePrompt = judgePrompt
        self.isComplete = isComplete
        self.seconds = seconds
    }

    public static func newID() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        return "eval-" + String((0..<24).map { _ in letters.randomElement()! })
    }
}

/// A record that models were measured on.
public struct EvaluatedRecord: Hashable, Codable, Sendable {
    /// Its row in the dataset, counted from 0.
    public var row: Int
    /// What was asked, as a person reads it: of a conversation its turns, each after its role.
    public var prompt: String
    /// What should have been answered, without the mark at its end.
    public var expected: String

    public init(row: Int, prompt: String, expected: String) {
        self.row = row
        self.prompt = prompt
        self.expected = expected
    }
}

/// How one model did, record by record.
public struct ModelOutcomes: Hashable, Codable, Sendable {
    public var model: String
    /// In the order of the report's records.
    public var outcomes: [RecordOutcome]
    /// Expected tokens measured in a second, and tokens of answers written in a second; nil where there were none.
    public var lossSpeed: Double?
    public var answerSpeed: Double?

    public init(model: String, count: Int) {
        self.model = model
        outcomes = [RecordOutcome](repeating: RecordOutcome(), count: count)
    }
}

/// How one model did on one record; what has not been measured is nil.
public struct RecordOutcome: Hashable, Codable, Sendable {
    /// On the expected answer, token by token; nil where it has no tokens.
    public var loss: RecordLoss?
    public var answer: WrittenAnswer?
    public var judgement: Judgement?
    /// Why there is no answer.
    public var failure: Explanation?

    public init(
        loss: RecordLoss? = nil, answer: WrittenAnswer? = nil, judgement: Judgement? = nil,
        failure: Explanation? = nil
    ) {
        self.loss = loss
        self.answer = answer
        self.judgement = judgement
        self.failure = failure
    }
}

/// An answer that a model wrote.
public struct WrittenAnswer: Hashable, Codable, Sendable {
    public var text: String
    public var finish: AnswerSummary.Finish
    public var tokens: Int
    public var score: AnswerScore

    public init(text: String, finish: AnswerSummary.Finish, tokens: Int, score: AnswerScore) {
        self.text = text
        self.finish = finish
        self.tokens = tokens
        self.score = score
    }
}

/// What the judge said about an answer.
public struct Judgement: Hashable, Codable, Sendable {
    /// 1 to 10, or of a pick the share of the picks, 0 to 1; nil where the judge did not say.
    public var points: Double?
    /// Word for word.
    public var text: String

    public init(points: Double?, text: String) {
        self.points = points
        self.text = text
    }
}

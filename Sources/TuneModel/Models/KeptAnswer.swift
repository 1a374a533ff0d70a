public import Foundation

/// An answer that was given, with what it takes to ask for it again.
public struct KeptAnswer: Hashable, Sendable, Identifiable {
    public let id: Int64
    public let createdAt: Date
    /// What commands call the model that answered.
    public let model: String
    /// The question as it was typed, without a separator or the turns before it.
    public let prompt: String
    public let answer: String
    /// Nil for an answer that was broken off.
    public let summary: AnswerSummary?
    /// Nil of answers that were kept before requests were.
    public let request: AnswerRequest?

    public init(
        id: Int64, createdAt: Date, model: String, prompt: String, answer: String, summary: AnswerSummary?,
        request: AnswerRequest?
    ) {
        self.id = id
        self.createdAt = createdAt
        self.model = model
        self.prompt = prompt
        self.answer = answer
        self.summary = summary
        self.request = request
    }
}

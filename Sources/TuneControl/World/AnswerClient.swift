public import TuneModel

/// Keeps what models answered, and what people found of it.
public struct AnswerClient: Sendable {
    /// - Parameter prompt: the question as it was typed.
    public var keep:
        @Sendable (_ request: AnswerRequest, _ prompt: String, _ answer: String, _ summary: AnswerSummary?) async throws
            -> Void
    /// Newest first. Each of the words has to stand in the question, the answer or the model's name.
    public var list: @Sendable (_ words: [String], _ limit: Int) async throws -> [KeptAnswer]
    public var delete: @Sendable (_ id: Int64) async throws -> Void
    public var vote: @Sendable (Vote) async throws -> Void
    /// Takes the newest vote back.
    public var unvote: @Sendable () async throws -> Void
    /// Oldest first.
    public var votes: @Sendable () async throws -> [Vote]
    /// An order of so many answers that nobody can foresee: each place once, from 0.
    public var shuffled: @Sendable (_ count: Int) -> [Int]

    public init(
        keep: @escaping @Sendable (AnswerRequest, String, String, AnswerSummary?) async throws -> Void,
        list: @escaping @Sendable ([String], Int) async throws -> [KeptAnswer],
        delete: @escaping @Sendable (Int64) async throws -> Void,
        vote: @escaping @Sendable (Vote) async throws -> Void,
        unvote: @escaping @Sendable () async throws -> Void,
        votes: @escaping @Sendable () async throws -> [Vote],
        shuffled: @escaping @Sendable (Int) -> [Int] = { Array(0..<$0).shuffled() }
    ) {
        self.keep = keep
        self.list = list
        self.delete = delete
        self.vote = vote
        self.unvote = unvote
        self.votes = votes
        self.shuffled = shuffled
    }

    /// Keeps nothing.
    public static let none = AnswerClient(
        keep: { _, _, _, _ in }, list: { _, _ in [] }, delete: { _ in }, vote: { _ in }, unvote: {}, votes: { [] })
}

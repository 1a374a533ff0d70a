/// A record as the model sees it.
struct Example: Hashable, Sendable {
    /// A sequence of tokens to learn.
    struct Side: Hashable, Sendable {
        let tokens: [Int32]
        /// Whether each token is to be learned. As many as tokens.
        let isCompletion: [Bool]
    }

    /// Row of the dataset, counted from 0.
    let row: Int
    let tokens: [Int32]
    /// Whether each token is to be learned. As many as tokens.
    let isCompletion: [Bool]
    /// Of a preference pair: the same prompt with the worse answer. `tokens` then hold the better one.
    let rejected: Side?
    /// Tokens that did not fit the context and were left out.
    let cutTokens: Int
    /// Whether some of them belonged to the completion, which alone was longer than the context.
    let isAnswerCut: Bool

    init(
        row: Int, tokens: some Collection<Int32>, isCompletion: some Collection<Bool>, rejected: Side? = nil,
        cutTokens: Int = 0, isAnswerCut: Bool = false
    ) {
        precondition(tokens.count == isCompletion.count)
        self.row = row
        self.tokens = Array(tokens)
        self.isCompletion = Array(isCompletion)
        self.rejected = rejected
        self.cutTokens = cutTokens
        self.isAnswerCut = isAnswerCut
    }

    /// Prompt and completion end to end, cut to `limit` tokens: first from the left of the prompt, then from the end.
    init(row: Int, prompt: [Int32], completion: [Int32], limit: Int) {
        let completionRoom = completion.prefix(limit)
        let promptRoom = prompt.suffix(limit - completionRoom.count)
        self.init(
            row: row, tokens: Array(promptRoom) + completionRoom,
            isCompletion: promptRoom.map { _ in false } + completionRoom.map { _ in true },
            cutTokens: prompt.count + completion.count - promptRoom.count - completionRoom.count,
            isAnswerCut: completionRoom.count < completion.count)
    }

    /// What goes through the model: one sequence, or the better and the worse one.
    var sides: [Side] { [Side(tokens: tokens, isCompletion: isCompletion)] + (rejected.map { [$0] } ?? []) }

    /// Tokens that go through the model.
    var size: Int { tokens.count + (rejected?.tokens.count ?? 0) }

    /// Tokens that are predicted and learned: all of the completion's but a first token with nothing before it.
    var trainedTokens: Int { sides.reduce(0) { $0 + $1.isCompletion.dropFirst().count { $0 } } }
}

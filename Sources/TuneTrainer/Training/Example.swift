/// A record as the model sees it.
struct Example: Hashable, Sendable {
    /// Row of the dataset, counted from 0.
    let row: Int
    let tokens: [Int32]
    /// Whether each token is to be learned. As many as tokens.
    let isCompletion: [Bool]
    /// Tokens that did not fit the context and were left out.
    let cutTokens: Int
    /// Whether some of them belonged to the completion, which alone was longer than the context.
    let isAnswerCut: Bool

    init(
        row: Int, tokens: some Collection<Int32>, isCompletion: some Collection<Bool>, cutTokens: Int = 0,
        isAnswerCut: Bool = false
    ) {
        precondition(tokens.count == isCompletion.count)
        self.row = row
        self.tokens = Array(tokens)
        self.isCompletion = Array(isCompletion)
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

    /// Tokens that are predicted and learned: all of the completion's but a first token with nothing before it.
    var trainedTokens: Int { isCompletion.dropFirst().count { $0 } }
}

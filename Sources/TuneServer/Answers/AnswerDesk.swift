import TuneModel

/// A part of one of several answers.
struct IndexedPart: Sendable {
    let index: Int
    let part: AnswerPart
}

/// Lets models answer, several questions at once.
struct AnswerDesk: Sendable {
    let models: any ModelService
    let turnstile: Turnstile
    /// Answers of one request that are written at the same time, so that one client leaves room for others.
    private static let width = 8

    /// The parts of all answers as they come. Ending the iteration stops the work.
    func parts(_ requests: [AnswerRequest]) -> AsyncThrowingStream<IndexedPart, any Error> {
        let (stream, tap) = AsyncThrowingStream<IndexedPart, any Error>.makeStream()
        let work = Task {
            do {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, request) in requests.enumerated() {
                        if index >= Self.width { try await group.next() }
                        group.addTask { try await answer(request) { tap.yield(IndexedPart(index: index, part: $0)) } }
                    }
                    try await group.waitForAll()
                }
                tap.finish()
            } catch {
                tap.finish(throwing: error)
            }
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }

    /// All answers, whole.
    func answers(_ requests: [AnswerRequest]) async throws -> [WholeAnswer] {
        var answers = Array(repeating: WholeAnswer(), count: requests.count)
        for try await news in parts(requests) { answers[news.index].take(news.part) }
        // A stream that is ended by cancellation ends without a word.
        try Task.checkCancellation()
        return answers
    }

    private func answer(_ request: AnswerRequest, _ yield: @escaping @Sendable (AnswerPart) -> Void) async throws {
        try await turnstile.pass {
            for try await part in models.answer(request) { yield(part) }
            try Task.checkCancellation()
        }
    }
}

/// An answer from its first to its last part.
struct WholeAnswer: Hashable, Sendable {
    var text = ""
    var tokens: [ChosenToken] = []
    var summary = AnswerSummary(finish: .stop, promptTokens: 0, completionTokens: 0, tokensPerSecond: 0)

    mutating func take(_ part: AnswerPart) {
        switch part {
        case .text(let text, let tokens):
            self.text += text
            self.tokens += tokens
        case .finished(let summary):
            self.summary = summary
        }
    }

    /// Mean log probability of its tokens: what the best of several is chosen by.
    var score: Double {
        let known = tokens.compactMap(\.chosen.logProbability)
        return known.isEmpty ? -.infinity : known.reduce(0, +) / Double(known.count)
    }
}

/// Tokens read and written, as the protocol counts them.
struct Usage: Hashable, Sendable {
    var promptTokens = 0
    var completionTokens = 0
    var cachedTokens = 0

    /// - Parameter isPromptNew: whether its prompt has not been counted with another answer.
    mutating func add(_ summary: AnswerSummary, isPromptNew: Bool) {
        if isPromptNew {
            promptTokens += summary.promptTokens
            cachedTokens += summary.cachedTokens ?? 0
        }
        completionTokens += summary.completionTokens
    }

    var json: JSON {
        .object([
            ("prompt_tokens", .integer(promptTokens)), ("completion_tokens", .integer(completionTokens)),
            ("total_tokens", .integer(promptTokens + completionTokens)),
            ("prompt_tokens_details", .object([("cached_tokens", .integer(cachedTokens))])),
        ])
    }
}

import Synchronization
import TuneModel

/// An answer on its way: what it has read, what it has written, and to whom it goes.
///
/// Made by whoever asks, then owned by the scheduler; only `cancel` may be called by anyone at any time.
final class LiveAnswer: @unchecked Sendable {
    let prompt: [Int32]
    let adapter: ServedAdapter?
    private var writer: AnswerWriter
    private let deliver: @Sendable (Result<AnswerPart, TrainerError>) -> Void
    private let cancelled = Atomic(false)

    /// Keys and values of what was read; nil until reading begins.
    private(set) var cache: KeyValueCache?
    /// Prompt tokens that were at hand when reading began.
    private(set) var cachedTokens = 0
    /// Tokens of the answer that the model has to read next, and all that were chosen.
    private(set) var answer: [Int32] = []
    private(set) var isDone = false
    private var start: ContinuousClock.Instant?

    /// `room` is for how many tokens there is room in the answer. `deliver` gets the parts in their order, then the summary or an error, and nothing after that.
    init(
        _ request: AnswerRequest, prompt: [Int32], room: Int, adapter: ServedAdapter?, tokenizer: Tokenizer,
        deliver: @escaping @Sendable (Result<AnswerPart, TrainerError>) -> Void
    ) throws(TrainerError) {
        (self.prompt, self.adapter, self.deliver) = (prompt, adapter, deliver)
        writer = try AnswerWriter(request, prompt: prompt, tokenizer: tokenizer, room: room)
    }

    /// Whoever asked is gone.
    func cancel() { cancelled.store(true, ordering: .relaxed) }
    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Prompt tokens that are not read yet.
    var unread: Int { prompt.count - min(prompt.count, cache?.count ?? 0) }
    var isReading: Bool { unread > 0 }
    /// Everything that the model has read.
    var taken: [Int32] { Array((prompt + answer).prefix(cache?.count ?? 0)) }

    func begin(with cache: KeyValueCache) {
        self.cache = cache
        cachedTokens = cache.count
    }

    /// Whether it needs the logits of all of its prompt, so that nothing of it may be left unread.
    var needsPromptLogits: Bool { writer.needsPromptLogits }

    /// The next tokens of the prompt, at most `limit`, or the answer's last one.
    func part(limit: Int) -> StepPart {
        guard let cache else { preconditionFailure("a part of an answer that has not begun") }
        guard isReading else { return StepPart(cache, [answer.last!], adapter: adapter) }
        let tokens = prompt[cache.count..<min(prompt.count, cache.count + limit)]
        let wanted = needsPromptLogits ? tokens.count : tokens.endIndex == prompt.count ? 1 : 0
        return StepPart(cache, Array(tokens), adapter: adapter, wanted: wanted)
    }

    /// Takes the logits after the last tokens that were read, (tokens, V): tells how likely the prompt is where that is
    /// asked, and chooses the next token after its end.
    func take(_ logits: Matrix) {
        let first = (cache?.count ?? 0) - logits.rows
        for row in 0..<logits.rows {
            let one = logits[rows: row..<row + 1]
            if first + row < prompt.count - 1 { writer.echo(one) } else { choose(one) }
        }
    }

    private func choose(_ logits: Matrix) {
        if start == nil { start = .now }
        if let token = writer.take(logits, { deliver(.success($0)) }) { answer.append(token) } else { finish() }
    }

    func fail(_ error: TrainerError) {
        guard !isDone else { return }
        isDone = true
        deliver(.failure(error))
    }

    private func finish() {
        writer.finish { deliver(.success($0)) }
        isDone = true
        let elapsed = (start ?? .now).duration(to: .now) / .seconds(1)
        deliver(
            .success(
                .finished(
                    AnswerSummary(
                        finish: writer.end == .length ? .length : .stop, promptTokens: prompt.count,
                        completionTokens: writer.count,
                        tokensPerSecond: elapsed > 0 ? Double(writer.count) / elapsed : 0,
                        cachedTokens: cachedTokens))))
    }
}

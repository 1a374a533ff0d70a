/// What an evaluation works with.
public struct EvaluationServices: Sendable {
    /// How a model does on what is expected, token by token: for each record that has tokens to measure its place in the
    /// list. One that is too long for the model is cut as in training.
    public var losses: @Sendable (_ model: String, [Record]) async throws -> [RecordLoss]
    public var answer: @Sendable (AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error>
    /// Throws when there is no such model.
    public var manner: @Sendable (_ model: String) async throws -> AskingManner

    public init(
        losses: @escaping @Sendable (String, [Record]) async throws -> [RecordLoss],
        answer: @escaping @Sendable (AnswerRequest) -> AsyncThrowingStream<AnswerPart, any Error>,
        manner: @escaping @Sendable (String) async throws -> AskingManner
    ) {
        self.losses = losses
        self.answer = answer
        self.manner = manner
    }

    /// The whole of an answer, and how it ended.
    struct Whole: Sendable {
        var text = ""
        var summary: AnswerSummary?
    }

    struct Reply: Sendable {
        /// Place of the request.
        let index: Int
        let outcome: Result<Whole, any Error>
    }

    /// Requests under way at the same time, which an engine can answer together.
    static let streams = 8

    /// Asks several at a time and gives each answer as it comes, in no order; ends early when the task is cancelled.
    func replies(to requests: [AnswerRequest]) -> AsyncStream<Reply> {
        let (stream, tap) = AsyncStream<Reply>.makeStream()
        let work = Task {
            await withTaskGroup(of: Reply?.self) { group in
                for (index, request) in requests.enumerated() {
                    if index >= Self.streams, let reply = await group.next() { reply.map { _ = tap.yield($0) } }
                    group.addTask { await reply(to: request, at: index) }
                }
                for await reply in group { reply.map { _ = tap.yield($0) } }
            }
            tap.finish()
        }
        tap.onTermination = { _ in work.cancel() }
        return stream
    }

    /// Nil when it was cancelled, since half an answer is none.
    private func reply(to request: AnswerRequest, at index: Int) async -> Reply? {
        var whole = Whole()
        do {
            if Task.isCancelled { return nil }
            for try await part in answer(request) {
                switch part {
                case .text(let piece, _): whole.text += piece
                case .finished(let end): whole.summary = end
                }
            }
            return Task.isCancelled ? nil : Reply(index: index, outcome: .success(whole))
        } catch {
            return Task.isCancelled ? nil : Reply(index: index, outcome: .failure(error))
        }
    }
}

/// Why an evaluation cannot begin.
public enum EvaluationError: ExplainedError, Equatable {
    case noRecords(dataset: String)
    case tooManyClasses(dataset: String, most: Int)

    public var explanation: Explanation {
        switch self {
        case .noRecords(let dataset):
            Explanation(
                Wording("\(dataset) has no record with an answer to measure on.", "\(dataset) 中没有带回答、可用来测量的记录。"),
                next: Wording("Name a file of prompts with completions, or of conversations.", "请指定包含提问与回答或对话的文件。"))
        case .tooManyClasses(let dataset, let most):
            Explanation(
                Wording(
                    "The answers of \(dataset) are no classes: some are empty, or there are more than \(most) different ones.",
                    "\(dataset) 的回答不能当作类别：有空回答，或不同的回答超过 \(most) 种。"),
                next: Wording("Leave out `--classes yes`.", "请去掉 `--classes yes`。"))
        }
    }

    public var exitStatus: ExitStatus { .badData }
}

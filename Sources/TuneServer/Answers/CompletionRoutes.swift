import Hummingbird
import TuneModel

/// `POST /v1/completions`.
struct CompletionRoutes: Sendable {
    let house: House

    @Sendable
    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        let fields = try await request.fields(limit: house.options.limits.bodyBytes)
        let question = try CompletionQuestion(
            fields, model: context.parameters.get("model").map { _ in context.part("model") })
        let model = try await house.models.model(question.model).name
        let requests = question.requests.flatMap { request in
            var request = request
            request.model = model
            return request.repeated(question.tries)
        }
        if question.isStreaming { return try await stream(question, requests, model, context) }
        let answers = try await house.whilePresent(context) { try await house.desk.answers(requests) }
        var usage = Usage()
        var choices: [JSON] = []
        for (prompt, request) in question.requests.enumerated() {
            let written = answers[prompt * question.tries..<(prompt + 1) * question.tries]
            for (place, answer) in written.enumerated() { usage.add(answer.summary, isPromptNew: place == 0) }
            let best =
                question.tries > question.count
                ? Array(written.sorted { $0.score > $1.score }.prefix(question.count)) : Array(written)
            for answer in best {
                var offset = request.firstOffset
                choices.append(
                    Self.choice(
                        choices.count, answer.text,
                        question.tellsTokens ? LogProbabilities.completion(answer.tokens, offset: &offset) : .null,
                        finish: .text(answer.summary.finish.rawValue)))
            }
        }
        return .json(
            .object(
                Envelope(kind: "text_completion", prefix: "cmpl-", model: model).pairs + [
                    ("choices", .list(choices)), ("usage", usage.json),
                ]))
    }

    // MARK: - Private

    private static func choice(_ index: Int, _ text: String, _ logs: JSON, finish: JSON) -> JSON {
        .object([
            ("text", .text(text)), ("index", .integer(index)), ("logprobs", logs), ("finish_reason", finish),
        ])
    }

    private func stream(
        _ question: CompletionQuestion, _ requests: [AnswerRequest], _ model: String, _ context: ServerContext
    ) async throws -> Response {
        let parts = house.untilGone(context, house.desk.parts(requests))
        let first = try await parts.first { _ in true }
        let envelope = Envelope(kind: "text_completion", prefix: "cmpl-", model: model)
        return EventStream.response(of: house.connection(context), tellingErrors: house.json(of:)) { send in
            var usage = Usage()
            var offsets = requests.map(\.firstOffset)
            func sendPart(_ news: IndexedPart) async throws {
                let choice: JSON
                switch news.part {
                case .text(let text, let tokens):
                    let logs =
                        question.tellsTokens
                        ? LogProbabilities.completion(tokens, offset: &offsets[news.index]) : .null
                    choice = Self.choice(news.index, text, logs, finish: .null)
                case .finished(let summary):
                    usage.add(summary, isPromptNew: news.index % question.tries == 0)
                    choice = Self.choice(news.index, "", .null, finish: .text(summary.finish.rawValue))
                }
                try await send(
                    .object(
                        envelope.pairs + [("choices", .list([choice]))]
                            + (question.tellsUsage ? [("usage", .null)] : [])))
            }
            if let first { try await sendPart(first) }
            for try await news in parts { try await sendPart(news) }
            if question.tellsUsage {
                try await send(.object(envelope.pairs + [("choices", .list([])), ("usage", usage.json)]))
            }
        }
    }
}

extension AnswerRequest {
    /// Characters before the first token that is told: those of a prompt that is not told.
    fileprivate var firstOffset: Int {
        guard !echoesPrompt, case .prompt(let text) = input else { return 0 }
        return text.unicodeScalars.count
    }
}

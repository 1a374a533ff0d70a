import Foundation
import Hummingbird
import TuneModel

/// `POST /v1/chat/completions`.
struct ChatRoutes: Sendable {
    let house: House

    @Sendable
    func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        var question = try ChatQuestion(try await request.fields(limit: house.options.limits.bodyBytes))
        question.request.model = try await house.models.model(question.request.model).name
        let requests = question.request.repeated(question.count)
        if question.isStreaming { return try await stream(question, requests, context) }
        let answers = try await house.whilePresent(context) { try await house.desk.answers(requests) }
        var usage = Usage()
        let choices = answers.enumerated().map { index, answer in
            usage.add(answer.summary, isPromptNew: index == 0)
            return JSON.object([
                ("index", .integer(index)),
                (
                    "message",
                    .object([("role", "assistant"), ("content", .text(answer.text)), ("refusal", .null)])
                ),
                ("logprobs", question.tellsTokens ? LogProbabilities.chat(answer.tokens) : .null),
                ("finish_reason", .text(answer.summary.finish.rawValue)),
            ])
        }
        return .json(
            .object(
                Envelope(kind: "chat.completion", prefix: "chatcmpl-", model: question.request.model).pairs + [
                    ("choices", .list(choices)), ("usage", usage.json),
                ]))
    }

    // MARK: - Private

    private func stream(
        _ question: ChatQuestion, _ requests: [AnswerRequest], _ context: ServerContext
    ) async throws -> Response {
        let parts = house.untilGone(context, house.desk.parts(requests))
        // What cannot be answered at all is refused with its status; after the head nothing but events can be sent.
        let first = try await parts.first { _ in true }
        let envelope = Envelope(kind: "chat.completion.chunk", prefix: "chatcmpl-", model: question.request.model)
        return EventStream.response(of: house.connection(context), tellingErrors: house.json(of:)) { send in
            var usage = Usage()
            func sendChoice(_ index: Int, _ delta: [(String, JSON)], _ logs: JSON = .null, finish: JSON = .null)
                async throws
            {
                let choice = JSON.object([
                    ("index", .integer(index)), ("delta", .object(delta)), ("logprobs", logs),
                    ("finish_reason", finish),
                ])
                try await send(
                    .object(
                        envelope.pairs + [("choices", .list([choice]))]
                            + (question.tellsUsage ? [("usage", .null)] : [])))
            }
            func sendPart(_ news: IndexedPart) async throws {
                switch news.part {
                case .text(let text, let tokens):
                    let logs = question.tellsTokens ? LogProbabilities.chat(tokens) : .null
                    try await sendChoice(news.index, [("content", .text(text))], logs)
                case .finished(let summary):
                    usage.add(summary, isPromptNew: news.index == 0)
                    try await sendChoice(news.index, [], finish: .text(summary.finish.rawValue))
                }
            }
            for index in requests.indices {
                try await sendChoice(index, [("role", "assistant"), ("content", "")])
            }
            if let first { try await sendPart(first) }
            for try await news in parts { try await sendPart(news) }
            if question.tellsUsage {
                try await send(.object(envelope.pairs + [("choices", .list([])), ("usage", usage.json)]))
            }
        }
    }
}

extension ChatQuestion {
    var tellsTokens: Bool { request.alternatives != nil }
}

/// What all pieces of an answer begin with.
struct Envelope: Sendable {
    let pairs: [(String, JSON)]

    init(kind: String, prefix: String, model: String) {
        pairs = [
            ("id", .text(prefix + RandomName.tail())), ("object", .text(kind)), ("created", JSON(Date.now)),
            ("model", .text(model)), ("system_fingerprint", "fp_tunedeck"),
        ]
    }
}

/// Names that nobody can guess.
enum RandomName {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    static func tail() -> String { String((0..<24).map { _ in letters.randomElement()! }) }
}

extension JSON: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .text(value) }
}

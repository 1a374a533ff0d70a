import Foundation
import TuneModel

/// Prints an answer as it comes, as text or in the protocol's shapes.
struct AnswerOutput {
    let request: AnswerRequest
    let isJSON: Bool
    let isStreaming: Bool
    let console: Console
    private let id = UUID().uuidString.lowercased()
    private let created = Date.now

    private(set) var answer = ""
    private(set) var summary: AnswerSummary?

    init(request: AnswerRequest, isJSON: Bool, isStreaming: Bool, console: Console) {
        self.request = request
        self.isJSON = isJSON
        self.isStreaming = isStreaming
        self.console = console
    }

    mutating func take(_ part: AnswerPart) {
        switch part {
        case .text(let text, _):
            answer += text
            if !isJSON {
                console.write(text, to: .output)
            } else if isStreaming {
                console.print(envelope(text: text, finish: nil, isChunk: true), isPretty: false)
            }
        case .finished(let summary):
            self.summary = summary
        }
    }

    func finish() {
        if !isJSON {
            if !answer.hasSuffix("\n") { console.write("\n", to: .output) }
            if answer.allSatisfy(\.isWhitespace) {
                console.remark(
                    Wording(
                        "The model gave no answer. Ask again with another --seed, or train it for more steps.",
                        "模型没有给出回答。可换一个 --seed 再问，或增加训练步数。"))
            }
            guard let summary, Console.Channel.errors.isTerminal else { return }
            let speed = String(format: "%.0f", summary.tokensPerSecond)
            console.remark(
                Wording(
                    "(\(summary.completionTokens) tokens, \(speed) tokens/s)",
                    "（\(summary.completionTokens) 个词元，每秒 \(speed) 个）"))
        } else {
            console.print(
                envelope(text: isStreaming ? "" : answer, finish: summary, isChunk: isStreaming),
                isPretty: !isStreaming)
        }
    }

    private func envelope(text: String, finish: AnswerSummary?, isChunk: Bool) -> JSONOutput {
        let reason = JSONOutput(finish?.finish.rawValue)
        let (prefix, object, content): (String, String, (String, JSONOutput)) =
            switch request.input {
            case .prompt, .tokens:
                ("cmpl-", "text_completion", ("text", .text(text)))
            case .chat where isChunk:
                ("chatcmpl-", "chat.completion.chunk", ("delta", .object([("content", .text(text))])))
            case .chat:
                (
                    "chatcmpl-", "chat.completion",
                    ("message", .object([("role", "assistant"), ("content", .text(text))]))
                )
            }
        var pairs: [(String, JSONOutput)] = [
            ("id", .text(prefix + id)), ("object", .text(object)), ("created", JSONOutput(created)),
            ("model", .text(request.model)),
            ("choices", .list([.object([("index", 0), content, ("finish_reason", reason)])])),
        ]
        if let finish {
            pairs.append(
                (
                    "usage",
                    .object([
                        ("prompt_tokens", JSONOutput(finish.promptTokens)),
                        ("completion_tokens", JSONOutput(finish.completionTokens)),
                        ("total_tokens", JSONOutput(finish.promptTokens + finish.completionTokens)),
                    ])
                ))
            pairs.append(("tokens_per_s", .number(finish.tokensPerSecond)))
        }
        return .object(pairs)
    }
}

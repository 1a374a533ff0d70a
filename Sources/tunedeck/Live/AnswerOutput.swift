import Foundation
import TuneModel

/// Prints answers as they come, as text or in the protocol's shapes.
///
/// As text, the first one streams, and the others follow when they are whole.
struct AnswerOutput {
    /// What has come of one answer.
    struct Answer {
        var text = ""
        var tokens: [ChosenToken] = []
        var summary: AnswerSummary?
    }

    let request: AnswerRequest
    let isJSON: Bool
    let isStreaming: Bool
    let console: Console
    private let id = UUID().uuidString.lowercased()
    private let created = Date.now

    private(set) var answers: [Answer]

    init(request: AnswerRequest, count: Int = 1, isJSON: Bool, isStreaming: Bool, console: Console) {
        self.request = request
        self.isJSON = isJSON
        self.isStreaming = isStreaming
        self.console = console
        answers = Array(repeating: Answer(), count: count)
    }

    mutating func take(_ part: AnswerPart, of index: Int) {
        switch part {
        case .text(let text, let tokens):
            if isJSON, isStreaming {
                // Where the next token's text begins, some of which may have been shown already.
                let told = answers[index].tokens.flatMap(\.chosen.bytes)
                let offset = String(decoding: told, as: UTF8.self).unicodeScalars.count
                let choice = choice(Answer(text: text, tokens: tokens), index, offset: offset, isChunk: true)
                console.print(envelope([choice], isChunk: true), isPretty: false)
            } else if !isJSON, index == 0 {
                console.write(text, to: .output)
            }
            answers[index].text += text
            answers[index].tokens += tokens
        case .finished(let summary):
            answers[index].summary = summary
        }
    }

    func finish() {
        if isJSON {
            let choices = answers.enumerated().map { index, answer in
                choice(isStreaming ? Answer(summary: answer.summary) : answer, index, offset: 0, isChunk: isStreaming)
            }
            console.print(envelope(choices, isChunk: isStreaming, hasUsage: true), isPretty: !isStreaming)
        } else {
            for (index, answer) in answers.enumerated() { finish(answer, index) }
        }
    }

    // MARK: - Text

    private func finish(_ answer: Answer, _ index: Int) {
        if index > 0 { console.write("\n" + answer.text, to: .output) }
        if !answer.text.hasSuffix("\n") { console.write("\n", to: .output) }
        if answer.text.allSatisfy(\.isWhitespace) {
            console.remark(
                Wording(
                    "The model gave no answer. Ask again with another --seed, or train it for more steps.",
                    "模型没有给出回答。可换一个 --seed 再问，或增加训练步数。"))
        }
        if !answer.tokens.isEmpty { console.table(answer.tokens.map(row)) }
        guard let summary = answer.summary, Console.Channel.errors.isTerminal else { return }
        let speed = String(format: "%.0f", summary.tokensPerSecond)
        console.remark(
            Wording(
                "(\(summary.completionTokens) tokens, \(speed) tokens/s)",
                "（\(summary.completionTokens) 个词元，每秒 \(speed) 个）"))
    }

    /// A token, how likely it was, and what else could have stood there.
    private func row(_ token: ChosenToken) -> [String] {
        func cells(_ chance: ChosenToken.Chance) -> [String] {
            let share = chance.logProbability.map { String(format: "%5.1f %%", 100 * exp($0)) } ?? "    –  "
            return [SpelledToken.text(chance), share]
        }
        return cells(token.chosen) + token.alternatives.flatMap(cells)
    }

    // MARK: - JSON

    private var isChat: Bool { if case .chat = request.input { true } else { false } }

    private func choice(_ answer: Answer, _ index: Int, offset: Int, isChunk: Bool) -> JSONOutput {
        let content: (String, JSONOutput) =
            if !isChat {
                ("text", .text(answer.text))
            } else if isChunk {
                ("delta", .object([("content", .text(answer.text))]))
            } else {
                ("message", .object([("role", "assistant"), ("content", .text(answer.text))]))
            }
        var pairs: [(String, JSONOutput)] = [("index", JSONOutput(index)), content]
        if request.alternatives != nil {
            let tokens = answer.tokens
            pairs.append(("logprobs", isChat ? .chances(of: tokens) : .legacyChances(of: tokens, offset: offset)))
        }
        return .object(pairs + [("finish_reason", JSONOutput(answer.summary?.finish.rawValue))])
    }

    private func envelope(_ choices: [JSONOutput], isChunk: Bool, hasUsage: Bool = false) -> JSONOutput {
        let (prefix, object) =
            isChat ? ("chatcmpl-", isChunk ? "chat.completion.chunk" : "chat.completion") : ("cmpl-", "text_completion")
        var pairs: [(String, JSONOutput)] = [
            ("id", .text(prefix + id)), ("object", .text(object)), ("created", JSONOutput(created)),
            ("model", .text(request.model)), ("choices", .list(choices)),
        ]
        let summaries = answers.compactMap(\.summary)
        if hasUsage, let first = summaries.first {
            // The prompt is read once, however many answers it gets.
            let completion = summaries.reduce(0) { $0 + $1.completionTokens }
            pairs.append(
                (
                    "usage",
                    .object([
                        ("prompt_tokens", JSONOutput(first.promptTokens)),
                        ("completion_tokens", JSONOutput(completion)),
                        ("total_tokens", JSONOutput(first.promptTokens + completion)),
                    ])
                ))
            pairs.append(("tokens_per_s", .number(first.tokensPerSecond)))
        }
        return .object(pairs)
    }
}

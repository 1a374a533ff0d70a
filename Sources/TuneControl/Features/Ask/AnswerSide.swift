import Foundation
public import TuneModel

/// One model's answer to one question, as far as it has come.
public struct AnswerSide: Hashable, Sendable {
    public enum Phase: Hashable, Sendable {
        case waiting
        case streaming
        case finished(AnswerSummary)
        /// Ended by the person; what had come stays.
        case stopped
        case failed(Explanation)
    }

    public let model: String
    public let request: AnswerRequest
    public var text = ""
    /// What the text is made of, where the model tells it.
    public var tokens: [ChosenToken] = []
    public var phase = Phase.waiting

    init(model: String, request: AnswerRequest, text: String = "", phase: Phase = .waiting) {
        self.model = model
        self.request = request
        self.text = text
        self.phase = phase
    }

    public var isOpen: Bool { phase == .waiting || phase == .streaming }
    var isFinished: Bool { if case .finished = phase { true } else { false } }
    /// Whether it is over and says something, or has come to its end without a word: then it can be corrected.
    var isCorrectable: Bool { !isOpen && !text.isEmpty || isFinished }

    /// How it ended; nil while it goes on, and when it was broken off.
    public var summary: AnswerSummary? { if case .finished(let summary) = phase { summary } else { nil } }

    /// Takes what arrives; nothing once the answer has ended.
    mutating func take(_ part: AnswerPart) {
        guard isOpen else { return }
        switch part {
        case .text(let text, let tokens):
            phase = .streaming
            self.text += text
            self.tokens += tokens
        case .finished(let summary): phase = .finished(summary)
        }
    }

    /// The record that a correction of the answer begins with, in the shape of the dataset that it goes to.
    func correction(hints: AskHints?, shape: Record.Shape) -> Record {
        let (question, messages): (String, [Message]) =
            switch request.input {
            case .prompt(let prompt): (prompt, [Message(role: "user", content: prompt)])
            case .tokens: ("", [])
            case .chat(let messages): (messages.last { $0.role == "user" }?.content ?? "", messages)
            }
        guard shape == .completion else {
            return .chat(messages + [Message(role: "assistant", content: text.trimmed)])
        }
        let answer = text.hasPrefix(" ") ? text : " " + text
        return .completion(prompt: question, completion: answer + (hints?.stop ?? ""))
    }
}

/// A walk over the tokens of an answer, to see what else could have stood there.
public struct Odds: Hashable, Sendable {
    /// The answer, by its place on the screen.
    public let side: Int
    /// The token, from 0.
    public private(set) var token: Int

    init(side: Int, token: Int = 0) {
        self.side = side
        self.token = token
    }

    /// Below this probability a token is one that the model was in doubt of.
    static let doubt = 0.5

    mutating func move(by step: Int, in tokens: [ChosenToken]) {
        token = max(0, min(token + step, tokens.count - 1))
    }

    /// To the next token that the model was in doubt of; stays where there is none.
    mutating func jump(forward: Bool, in tokens: [ChosenToken]) {
        let ahead = forward ? Array(tokens.indices.dropFirst(token + 1)) : tokens.indices.prefix(token).reversed()
        token = ahead.first { tokens[$0].chosen.probability < Self.doubt } ?? token
    }
}

extension ChosenToken.Chance {
    /// 0 to 1, before temperature and penalties.
    public var probability: Double { exp(logProbability ?? 0) }
}

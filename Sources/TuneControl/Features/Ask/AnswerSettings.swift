public import TuneModel

/// How models are asked, as a person has set it; remembered between two starts.
public struct AnswerSettings: Hashable, Codable, Sendable {
    /// Whether a question is a turn of a conversation or a text to go on with.
    public enum Form: String, CaseIterable, Codable, Sendable {
        /// As the model learned; a conversation where nothing is known.
        case automatic
        case chat, text
    }

    public var sampling = Sampling()
    public var maxTokens = 128
    public var form = Form.automatic
    /// Put behind the prompt in place of what the model learned; nil for that.
    public var separator: String?
    /// Ends an answer in place of what the model learned; nil for that.
    public var stop: [String]?
    /// Stands before every conversation; empty for none.
    public var system = ""

    public init() {}

    /// What was meant for one model is not meant for the next.
    mutating func forgetModel() {
        form = .automatic
        separator = nil
        stop = nil
    }

    /// Whether a model is asked in its chat template.
    public func isChat(_ hints: AskHints?) -> Bool {
        switch form {
        case .automatic: hints?.isChat ?? true
        case .chat: true
        case .text: false
        }
    }

    /// What is put behind a prompt.
    public func separator(_ hints: AskHints?) -> String { isChat(hints) ? "" : separator ?? hints?.separator ?? "" }

    /// The texts that end an answer.
    public func stops(_ hints: AskHints?) -> [String] {
        stop ?? hints.map { $0.stop.isEmpty ? [] : [$0.stop] } ?? []
    }

    /// What is asked of a model.
    ///
    /// - Parameters:
    ///   - earlier: the turns before the question; a text to go on with has none.
    ///   - alternatives: how many other tokens to tell beside each one of the answer.
    func request(
        _ question: String, of model: String, hints: AskHints?, after earlier: [Message] = [], alternatives: Int? = nil
    ) -> AnswerRequest {
        var input: AnswerRequest.Input
        if isChat(hints) {
            let opening =
                system.trimmed.isEmpty || earlier.first?.role == "system"
                ? [] : [Message(role: "system", content: system)]
            input = .chat(opening + earlier + [Message(role: "user", content: question)])
        } else {
            let separator = separator(hints)
            input = .prompt(question.hasSuffix(separator) ? question : question + separator)
        }
        return AnswerRequest(
            model: model, input: input, maxTokens: maxTokens, sampling: sampling, stop: stops(hints),
            alternatives: alternatives, skipsFirstLineEnds: true)
    }
}

/// How a model was taught to be asked.
public struct AskingManner: Hashable, Sendable {
    /// What it learned; nil for a base model.
    public let learned: Record.Shape?
    /// What every prompt that it learned from ended with, when they had that in common.
    public let separator: String?
    /// What every completion ended with; an answer is over there.
    public let ending: String?

    public init(learned: Record.Shape?, separator: String? = nil, ending: String? = nil) {
        self.learned = learned
        self.separator = separator
        self.ending = ending
    }

    public static let base = AskingManner(learned: nil)

    /// A record's question in the form that the model knows, and where its answer ends.
    ///
    /// - Parameter frame: of the file that the record is from; a base model is asked as the file has it.
    func ask(_ question: Exam.Question, in frame: RecordFrame) -> (input: AnswerRequest.Input, stop: [String]) {
        switch question {
        case .prompt(let prompt):
            // A record in the file's frame is stripped of it for a model that knows another; the end of a sentence that
            // all prompts share belongs to them.
            let mark = frame.separator?.drop { ".!?…\"'”’)]。！？」』）》】".contains($0) } ?? ""
            let bare = prompt.hasSuffix(mark) ? String(prompt.dropLast(mark.count)) : prompt
            if let learned, learned != .completion {
                return (.chat([Message(role: "user", content: AnswerText.trimmed(bare))]), [])
            }
            let stop = [ending ?? frame.ending].compactMap { $0 }
            guard let separator, !prompt.hasSuffix(separator) else { return (.prompt(prompt), stop) }
            return (.prompt(RecordFrame.separated(bare, by: separator)), stop)
        case .chat(let messages):
            guard learned == .completion, let last = messages.last else { return (.chat(messages), []) }
            let prompt = separator.map { RecordFrame.separated(last.content, by: $0) } ?? last.content
            return (.prompt(prompt), [ending].compactMap { $0 })
        }
    }
}

/// A record as a question with the answer that is expected.
struct Exam {
    enum Question {
        case prompt(String)
        case chat([Message])
    }

    let question: Question
    /// Without the mark at its end and the white space around it.
    let expected: String

    /// Nil for a conversation without an answer.
    init?(_ record: Record, in frame: RecordFrame) {
        switch record {
        case .completion(let prompt, let completion):
            question = .prompt(prompt)
            let ending = frame.ending ?? ""
            let isEnded = !ending.isEmpty && completion.hasSuffix(ending)
            expected = AnswerText.trimmed(isEnded ? String(completion.dropLast(ending.count)) : completion)
        case .chat(let messages):
            guard let last = messages.lastIndex(where: { $0.role == "assistant" }), last > 0 else { return nil }
            question = .chat(Array(messages[..<last]))
            expected = AnswerText.trimmed(messages[last].content)
        case .preference(let input, let preferred, _):
            guard let answer = preferred.last(where: { $0.role == "assistant" }) else { return nil }
            question = .chat(input)
            expected = AnswerText.trimmed(answer.content)
        }
    }

    /// As a person reads it.
    var text: String {
        switch question {
        case .prompt(let prompt): prompt
        case .chat(let messages) where messages.count == 1 && messages[0].role == "user": messages[0].content
        case .chat(let messages): messages.map { "\($0.role): \($0.content)" }.joined(separator: "\n")
        }
    }
}

extension EvaluatedRecord {
    /// Whether a record asks what this one asked.
    public func isQuestion(of record: Record) -> Bool {
        Exam(record, in: RecordFrame(of: []))?.text == prompt
    }
}

extension Record {
    /// What is measured token by token: of a preference the better answer.
    var measured: Record {
        guard case .preference(let input, let preferred, _) = self else { return self }
        return .chat(input.map { Message(role: $0.role, content: $0.content, weight: 0) } + preferred)
    }
}

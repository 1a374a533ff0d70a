import TuneModel

/// What a record needs so that something can be learned from it.
enum RecordRules {
    static let roles: Set<String> = ["system", "developer", "user", "assistant", "tool", "function"]

    static func check(_ record: Record) throws(RecordProblem) {
        switch record {
        case .completion(_, let completion):
            guard !completion.isEmpty else { throw .empty(field: "completion") }
        case .chat(let messages):
            try check(messages, named: "messages")
            guard let turn = messages.last(where: \.isTrained) else { throw .noAssistantTurn }
            guard !turn.content.isEmpty else { throw .empty(field: "content") }
        case .preference(let input, let preferred, let rejected):
            try check(input, named: "input")
            for (side, name) in [(preferred, "preferred_output"), (rejected, "non_preferred_output")] {
                try check(side, named: name)
                guard side.contains(where: { $0.role == "assistant" && !$0.content.isEmpty }) else {
                    throw .empty(field: name)
                }
            }
        }
    }

    /// Texts must be texts, and well-formed ones: what the reader would turn into something else is not trained on.
    static func checkTexts(of value: JSONValue, _ columns: Columns = .standard) throws(RecordProblem) {
        guard RecordParser.shape(of: value, columns) == .completion else { return }
        for name in [columns.prompt, columns.completion] {
            switch RecordParser.field(name, of: value) {
            case nil: throw .missing(field: name)
            case .null?: throw .null(field: name)
            case .text(let bytes)?:
                guard bytes.withUnsafeBufferPointer(isUTF8) else { throw .notUTF8(field: name) }
            default: throw .notText(field: name)
            }
        }
    }

    private static func check(_ messages: [Message], named name: String) throws(RecordProblem) {
        guard !messages.isEmpty else { throw .empty(field: name) }
        for message in messages where !roles.contains(message.role) { throw .unknownRole(message.role) }
    }
}

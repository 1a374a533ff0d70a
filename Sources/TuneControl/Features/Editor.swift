public import TuneModel

/// The dialog that edits one record.
public enum Editor {
    /// Where a saved record goes.
    public enum Target: Hashable, Sendable {
        case replace(path: String, row: Int)
        /// At the end of one of these files.
        case append(paths: [String], chosen: Int)
    }

    public struct Field: Hashable, Sendable {
        public enum Label: Hashable, Sendable {
            case prompt, completion
            case message(Message)
            case input(Message)
            case preferred(Message)
            case rejected(Message)
        }

        public let label: Label
        public var buffer: TextBuffer

        /// What stands before the field.
        public var caption: Wording {
            switch label {
            case .prompt: Wording("prompt", "提问")
            case .completion: Wording("completion", "回答")
            case .message(let message), .input(let message): Wording(verbatim: message.role)
            case .preferred(let message): Wording("better · \(message.role)", "更好 · \(message.role)")
            case .rejected(let message): Wording("worse · \(message.role)", "较差 · \(message.role)")
            }
        }
    }

    public struct State: Hashable, Sendable {
        public var target: Target
        public var fields: [Field]
        public var active = 0
        public var isSaving = false
        /// What there was at the start; nil for a new record that must not be lost either.
        public let original: Record?

        public init(_ record: Record, target: Target, original: Record?) {
            self.target = target
            self.original = original
            fields = Self.fields(of: record)
        }

        /// The record as it stands in the fields.
        public var record: Record {
            func texts(_ pick: (Field.Label) -> Message?) -> [Message] {
                fields.compactMap { field in
                    pick(field.label).map { Message(role: $0.role, content: field.buffer.text, weight: $0.weight) }
                }
            }
            switch fields.first?.label {
            case .message: return .chat(texts { if case .message(let message) = $0 { message } else { nil } })
            case .input, .preferred, .rejected:
                return .preference(
                    input: texts { if case .input(let message) = $0 { message } else { nil } },
                    preferred: texts { if case .preferred(let message) = $0 { message } else { nil } },
                    rejected: texts { if case .rejected(let message) = $0 { message } else { nil } })
            case .prompt, .completion, nil:
                return .completion(
                    prompt: fields.first { $0.label == .prompt }?.buffer.text ?? "",
                    completion: fields.first { $0.label == .completion }?.buffer.text ?? "")
            }
        }

        public var isChanged: Bool { record != original }

        private static func fields(of record: Record) -> [Field] {
            func field(_ label: Field.Label, _ text: String) -> Field {
                Field(label: label, buffer: TextBuffer(text, allowsNewlines: true))
            }
            switch record {
            case .completion(let prompt, let completion):
                return [field(.prompt, prompt), field(.completion, completion)]
            case .chat(let messages):
                return messages.map { field(.message($0), $0.content) }
            case .preference(let input, let preferred, let rejected):
                return input.map { field(.input($0), $0.content) } + preferred.map { field(.preferred($0), $0.content) }
                    + rejected.map { field(.rejected($0), $0.content) }
            }
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case fieldMoved(by: Int)
        /// Into the next open dataset.
        case targetChanged
        case saveAsked
        case saveFailed
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(let edit):
            state.fields[state.active].buffer.apply(edit)
        case .fieldMoved(let step):
            let count = state.fields.count
            state.active = (state.active + step + count) % count
        case .targetChanged:
            if case .append(let paths, let chosen) = state.target, !paths.isEmpty {
                state.target = .append(paths: paths, chosen: (chosen + 1) % paths.count)
            }
        case .saveAsked:
            guard !state.isSaving else { return [] }
            state.isSaving = true
            switch state.target {
            case .replace(let path, let row):
                return [.replaceRecord(path: path, row: row, record: state.record)]
            case .append(let paths, let chosen):
                return [.appendRecord(path: paths[chosen], record: state.record)]
            }
        case .saveFailed:
            state.isSaving = false
        }
        return []
    }
}

public import TuneModel

extension Editor {
    /// One text of a record.
    public struct Field: Hashable, Sendable {
        /// What the text is in its record.
        public enum Part: Hashable, Sendable {
            case prompt, completion
            case message
            case input, preferred, rejected

            /// Whether it is a turn of a conversation.
            public var isTurn: Bool { self != .prompt && self != .completion }
        }

        public let part: Part
        /// The turn as it was, whose role and weight can be changed; its content is out of date.
        var turn: Message
        public var buffer: TextBuffer

        init(_ part: Part, _ turn: Message) {
            self.part = part
            self.turn = turn
            buffer = TextBuffer(turn.content, allowsNewlines: true)
        }

        public var role: String { turn.role }
        /// An assistant's turn that is left out of training.
        public var isLeftOut: Bool { part.isTurn && turn.role == "assistant" && !turn.isTrained }

        /// The turn as it stands.
        var message: Message {
            var message = turn
            message.content = buffer.text
            return message
        }

        /// What stands before the field.
        public var caption: Wording {
            let role = isLeftOut ? "\(turn.role) ×0" : turn.role
            return switch part {
            case .prompt: Wording("prompt", "提问")
            case .completion: Wording("completion", "回答")
            case .message, .input: Wording(verbatim: role)
            case .preferred: Wording("better · \(role)", "更好 · \(role)")
            case .rejected: Wording("worse · \(role)", "较差 · \(role)")
            }
        }

        static func fields(of record: Record) -> [Field] {
            switch record {
            case .completion(let prompt, let completion):
                [
                    Field(.prompt, Message(role: "", content: prompt)),
                    Field(.completion, Message(role: "", content: completion)),
                ]
            case .chat(let messages): messages.map { Field(.message, $0) }
            case .preference(let input, let preferred, let rejected):
                input.map { Field(.input, $0) } + preferred.map { Field(.preferred, $0) }
                    + rejected.map { Field(.rejected, $0) }
            }
        }

        func hasTurn(of other: Field) -> Bool {
            part == other.part && turn.role.utf8.elementsEqual(other.turn.role.utf8) && turn.weight == other.turn.weight
        }

        func isSame(as other: Field) -> Bool { hasTurn(of: other) && buffer.hasText(of: other.buffer) }
    }
}

extension Editor.State {
    /// Fills the fields from a record that was edited elsewhere.
    mutating func put(_ record: Record) {
        fields = Editor.Field.fields(of: record)
        active = 0
    }
}

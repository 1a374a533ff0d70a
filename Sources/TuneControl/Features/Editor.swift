import TuneData
public import TuneModel

/// The dialog that edits one record.
public enum Editor {
    /// Where a saved record goes.
    public enum Target: Hashable, Sendable {
        case replace(path: String, row: Int)
        /// In front of a row, as an edit that is not saved yet.
        case insert(path: String, before: Int)
        /// At the end of one of these files, and saved.
        case append(paths: [String], chosen: Int)
    }

    public struct State: Hashable, Sendable {
        public var target: Target
        public var fields: [Field]
        public var active = 0
        public var isSaving = false
        /// What there was at the start; nil for a new record that must not be lost either.
        public let original: Record?
        /// The tokens of the record as it was opened, where they are known.
        public var tokens: TokenCount?
        /// The fields of the original record.
        let opening: [Field]
        var turns = TurnHistory()

        public init(_ record: Record, target: Target, original: Record?, tokens: TokenCount? = nil) {
            self.target = target
            self.original = original
            self.tokens = tokens
            fields = Field.fields(of: record)
            opening = original.map(Field.fields) ?? []
        }

        /// The record as it stands in the fields.
        public var record: Record {
            func turns(_ part: Field.Part) -> [Message] { fields.filter { $0.part == part }.map(\.message) }
            func text(_ part: Field.Part) -> String { fields.first { $0.part == part }?.buffer.text ?? "" }
            switch fields.first?.part {
            case .message: return .chat(turns(.message))
            case .input, .preferred, .rejected:
                return .preference(
                    input: turns(.input), preferred: turns(.preferred), rejected: turns(.rejected))
            case .prompt, .completion, nil: return .completion(prompt: text(.prompt), completion: text(.completion))
            }
        }

        /// Whether anything would be lost by leaving: compared byte by byte, where an accent may be spelled in two ways.
        public var isChanged: Bool {
            original == nil || fields.count != opening.count
                || zip(fields, opening).contains { !$0.isSame(as: $1) }
        }

        /// The fields whose text is not what it was; nil when turns were added, taken away or moved.
        public var changedFields: [Field]? {
            guard fields.count == opening.count, zip(fields, opening).allSatisfy({ $0.hasTurn(of: $1) }) else {
                return nil
            }
            return zip(fields, opening).filter { !$0.isSame(as: $1) }.map(\.0)
        }
    }

    public enum Action: Hashable, Sendable {
        case edited(TextEdit)
        case fieldMoved(by: Int)
        /// Something is done to the turn of the active field.
        case turn(TurnChange)
        /// Into the next open dataset.
        case targetChanged
        case saveAsked
        case saveFailed
    }

    static func update(_ state: inout State, _ action: Action) -> [Effect] {
        switch action {
        case .edited(.undo) where state.undoTurn(), .edited(.redo) where state.redoTurn():
            return []
        case .edited(let edit):
            state.fields[state.active].buffer.apply(edit)
            // What was taken back of the turns lies on another branch once the text has gone its own way.
            if edit.changesText { state.turns.future = [] }
        case .fieldMoved(let step):
            let count = state.fields.count
            state.active = (state.active + step + count) % count
        case .turn(let change):
            state.change(change)
        case .targetChanged:
            if case .append(let paths, let chosen) = state.target, !paths.isEmpty {
                state.target = .append(paths: paths, chosen: (chosen + 1) % paths.count)
            }
        case .saveAsked:
            guard !state.isSaving else { return [] }
            state.isSaving = true
            switch state.target {
            case .replace(let path, let row):
                return [.edit(path: path, .replace(row: row, state.record))]
            case .insert(let path, let row):
                return [.edit(path: path, .insert([state.record], before: row))]
            case .append(let paths, let chosen):
                return [.appendRecord(path: paths[chosen], record: state.record)]
            }
        case .saveFailed:
            state.isSaving = false
        }
        return []
    }
}

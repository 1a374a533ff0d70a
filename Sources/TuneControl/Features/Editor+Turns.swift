import TuneModel

extension Editor {
    /// What can be done to a turn of a conversation.
    public enum TurnChange: Hashable, Sendable {
        case nextRole
        /// Trains an assistant's turn, or leaves it out.
        case weight
        /// A new turn below.
        case add
        case remove
        case earlier, later
    }

    /// Changes of turns that can be taken back, each once the edits of text after it are.
    struct TurnHistory: Hashable, Sendable {
        struct Step: Hashable, Sendable {
            let fields: [Field]
            let active: Int
            /// Changes of text that had been made when the step was taken.
            let depth: Int
        }

        var past: [Step] = []
        var future: [Step] = []
    }
}

extension Editor.State {
    /// Whether a change of the active turn would do anything.
    public func allows(_ change: Editor.TurnChange) -> Bool {
        let field = fields[active]
        guard field.part.isTurn, !isSaving else { return false }
        switch change {
        case .nextRole, .add: return true
        case .weight: return field.role == "assistant"
        case .remove: return fields.count { $0.part == field.part } > 1
        case .earlier: return active > 0 && fields[active - 1].part == field.part
        case .later: return active + 1 < fields.count && fields[active + 1].part == field.part
        }
    }

    mutating func change(_ change: Editor.TurnChange) {
        guard allows(change) else { return }
        for index in fields.indices { fields[index].buffer.pause() }
        let before = (fields, active)
        defer {
            turns.past.append(.init(fields: before.0, active: before.1, depth: depth))
            turns.future = []
        }
        switch change {
        case .nextRole:
            let place = Self.roles.firstIndex(of: fields[active].role)
            fields[active].turn.role = Self.roles[place.map { ($0 + 1) % Self.roles.count } ?? 0]
        case .weight:
            fields[active].turn.weight = fields[active].turn.isTrained ? 0 : trainedWeight(of: fields[active])
        case .add:
            let field = fields[active]
            let role = field.role == "user" ? "assistant" : "user"
            fields.insert(Editor.Field(field.part, Message(role: role, content: "")), at: active + 1)
            active += 1
        case .remove:
            let part = fields[active].part
            fields.remove(at: active)
            if active == fields.count || (fields[active].part != part && active > 0) { active -= 1 }
        case .earlier:
            fields.swapAt(active, active - 1)
            active -= 1
        case .later:
            fields.swapAt(active, active + 1)
            active += 1
        }
    }

    mutating func undoTurn() -> Bool {
        guard let step = turns.past.last, step.depth == depth else { return false }
        turns.past.removeLast()
        let now = (fields, active)
        restore(step)
        turns.future.append(.init(fields: now.0, active: now.1, depth: depth))
        return true
    }

    mutating func redoTurn() -> Bool {
        guard let step = turns.future.last, step.depth == depth else { return false }
        turns.future.removeLast()
        let now = (fields, active)
        restore(step)
        turns.past.append(.init(fields: now.0, active: now.1, depth: depth))
        return true
    }

    // MARK: -

    private static let roles = ["user", "assistant", "system", "tool"]

    /// Changes of text in all fields.
    private var depth: Int { fields.reduce(0) { $0 + $1.buffer.depth } }

    private mutating func restore(_ step: Editor.TurnHistory.Step) {
        fields = step.fields
        active = step.active
    }

    /// A turn that trained at the start gets its own weight back, spelled out or not.
    private func trainedWeight(of field: Editor.Field) -> Double? {
        let before = opening.first {
            $0.part == field.part && $0.role == field.role && $0.turn.content == field.turn.content
        }
        guard let before, before.turn.isTrained else { return nil }
        return before.turn.weight
    }
}

extension Editor.TurnChange {
    init?(_ command: Command) {
        switch command {
        case .changeRole: self = .nextRole
        case .changeWeight: self = .weight
        case .addTurn: self = .add
        case .removeTurn: self = .remove
        case .turnEarlier: self = .earlier
        case .turnLater: self = .later
        default: return nil
        }
    }
}

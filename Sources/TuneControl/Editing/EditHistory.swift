/// What was changed in a text and in which order, so that it can be taken back without end.
///
/// A step holds only the text that went and the text that came. Steps of the same kind that touch one another become
/// one, so that undo takes back a typed word, not a letter.
struct EditHistory: Hashable, Sendable {
    struct Step: Hashable, Sendable {
        var at: Int
        var removed: String
        var inserted: String
        /// Where the caret was.
        var caret: Int
    }

    enum Kind: Hashable, Sendable { case typing, back, forward }

    private var past: [Step] = []
    private var future: [Step] = []
    private var kind: Kind?

    /// Counts the changes that are not taken back.
    var depth: Int { past.count }

    /// Notes a change. A nil kind never joins its neighbours.
    mutating func note(_ step: Step, kind: Kind?) {
        defer { self.kind = kind }
        future.removeAll()
        if let kind, kind == self.kind, join(step, as: kind) { return }
        past.append(step)
    }

    /// Ends the present run of joined steps.
    mutating func pause() {
        kind = nil
    }

    mutating func undo() -> Step? {
        guard let step = past.popLast() else { return nil }
        future.append(step)
        kind = nil
        return step
    }

    mutating func redo() -> Step? {
        guard let step = future.popLast() else { return nil }
        past.append(step)
        kind = nil
        return step
    }

    // MARK: -

    private mutating func join(_ step: Step, as kind: Kind) -> Bool {
        guard let last = past.last else { return false }
        let index = past.count - 1
        switch kind {
        case .typing:
            guard step.removed.isEmpty, step.at == last.at + last.inserted.utf8.count else { return false }
            past[index].inserted += step.inserted
        case .back:
            guard step.inserted.isEmpty, last.inserted.isEmpty, step.at + step.removed.utf8.count == last.at else {
                return false
            }
            past[index].at = step.at
            past[index].removed = step.removed + last.removed
        case .forward:
            guard step.inserted.isEmpty, last.inserted.isEmpty, step.at == last.at else { return false }
            past[index].removed += step.removed
        }
        return true
    }
}

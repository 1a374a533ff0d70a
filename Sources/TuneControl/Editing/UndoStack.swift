/// Earlier and undone values of something that is edited in small steps.
///
/// Steps of the same `kind` that follow one another become one, so that undo takes back a typed word, not a letter.
public struct UndoStack<Value: Hashable & Sendable>: Hashable, Sendable {
    private var past: [Value] = []
    private var future: [Value] = []
    private var kind: String?
    private let limit: Int

    public init(limit: Int = 200) {
        self.limit = limit
    }

    /// Notes the value from before a change. A nil kind never joins its neighbours.
    public mutating func note(_ value: Value, kind: String?) {
        defer { self.kind = kind }
        future.removeAll()
        if let kind, kind == self.kind, !past.isEmpty { return }
        past.append(value)
        if past.count > limit { past.removeFirst() }
    }

    /// Ends the present run of joined steps.
    public mutating func pause() {
        kind = nil
    }

    public mutating func undo(from present: Value) -> Value? {
        guard let value = past.popLast() else { return nil }
        future.append(present)
        kind = nil
        return value
    }

    public mutating func redo(from present: Value) -> Value? {
        guard let value = future.popLast() else { return nil }
        past.append(present)
        kind = nil
        return value
    }
}

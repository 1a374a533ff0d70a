import Foundation
import TuneCanvas
import TuneControl

/// What was pressed and is not over: the beginning of a sequence of keys, a click that may become two, an edge that is
/// held.
struct KeyReader {
    let router: Router
    /// Keys that begin a longer sequence.
    private(set) var pressed: [Key] = []
    /// Counts sequences begun, so that a hint for one that is over can be told from the next.
    private(set) var beginnings = 0
    /// Whether what can follow is shown.
    private(set) var showsHint = false
    private var lastPress: (point: Point, at: Date)?
    private var isHolding = false

    init(_ router: Router) {
        self.router = router
    }

    /// What a key does now, in the order in which it is to be done.
    mutating func actions(for key: Key, in state: Deck.State, on size: Size, at date: Date) -> [Action] {
        if case .mouse(let mouse) = key {
            forget()
            return actions(for: mouse, in: state, on: size, at: date)
        }
        // Escape leaves a sequence that was begun.
        if !pressed.isEmpty, key == .escape {
            forget()
            return []
        }
        switch router.outcome(of: pressed + [key], in: state, on: size) {
        case .pending:
            if pressed.isEmpty { beginnings += 1 }
            pressed.append(key)
            return []
        case .action(let action):
            forget()
            return [action]
        case .nothing:
            forget()
            return []
        }
    }

    /// The time to show what can follow has come, unless the sequence is over.
    mutating func hint(_ beginning: Int) {
        showsHint = !pressed.isEmpty && beginning == beginnings
    }

    // MARK: -

    private mutating func forget() {
        pressed = []
        showsHint = false
    }

    private mutating func actions(
        for mouse: Mouse, in state: Deck.State, on size: Size, at date: Date
    ) -> [Action] {
        let mice = MouseRouter(router: router)
        var isDouble = false
        if mouse.act == .press {
            isHolding = mice.holds(mouse, in: state, on: size)
            if let last = lastPress { isDouble = last.point == mouse.point && date.timeIntervalSince(last.at) < 0.4 }
            // A third press begins anew.
            lastPress = isDouble ? nil : (mouse.point, date)
        }
        defer { if mouse.act == .release { isHolding = false } }
        return mice.actions(for: mouse, isDouble: isDouble, isHolding: isHolding, in: state, on: size)
    }
}

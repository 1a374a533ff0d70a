/// A step through a list, as a person asks for it.
public enum Motion: Hashable, Sendable {
    case lines(Int)
    case pages(Int)
    case first, last
}

/// Where a person is in a list: how long it is, the row under the cursor, and the first row shown.
public struct ListState: Hashable, Sendable {
    public private(set) var count: Int
    /// Counted from 0; 0 when the list is empty.
    public private(set) var cursor: Int
    public private(set) var top: Int

    public init(count: Int = 0, cursor: Int = 0) {
        self.count = max(0, count)
        self.cursor = max(0, min(cursor, count - 1))
        top = 0
    }

    /// The row under the cursor; nil when the list is empty.
    public var selected: Int? { count > 0 ? cursor : nil }

    /// Keeps the cursor where it is as far as the new length allows.
    public mutating func resize(to count: Int) {
        self.count = max(0, count)
        cursor = max(0, min(cursor, self.count - 1))
        top = min(top, cursor)
    }

    /// Moves the cursor in a pane that shows `rows` rows, scrolling no further than needed.
    public mutating func move(_ motion: Motion, rows: Int) {
        switch motion {
        case .lines(let lines): go(to: cursor + lines, rows: rows)
        case .pages(let pages): go(to: cursor + pages * max(1, rows - 1), rows: rows)
        case .first: go(to: 0, rows: rows)
        case .last: go(to: count - 1, rows: rows)
        }
    }

    public mutating func go(to row: Int, rows: Int) {
        cursor = max(0, min(row, count - 1))
        top = window(rows: rows).lowerBound
    }

    /// Puts the cursor on a row when it is not known how many are shown.
    public mutating func select(_ row: Int) {
        cursor = max(0, min(row, count - 1))
    }

    /// The rows that a pane of this height shows, the cursor among them.
    public func window(rows: Int) -> Range<Int> {
        guard rows > 0, count > 0 else { return 0..<0 }
        let highest = max(0, count - rows)
        let first = min(highest, max(min(top, cursor), cursor - rows + 1))
        return first..<min(count, first + rows)
    }
}

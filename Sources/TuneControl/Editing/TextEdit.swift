/// One change or movement in a text field, as a person makes it.
public enum TextEdit: Hashable, Sendable {
    case insert(String)
    case newline
    case move(TextMotion)
    /// Moves the caret and selects what lies between.
    case extend(TextMotion)
    /// Takes away the selection, or what a movement would pass.
    case delete(TextMotion)
    /// A deletion whose text can be pasted.
    case kill(TextMotion)
    /// Begins a selection that every movement extends, or ends it.
    case mark
    case selectAll
    /// Drops the selection and leaves the text.
    case deselect
    case cut, copy, paste
    case undo, redo

    /// Whether it may write something new.
    var changesText: Bool {
        switch self {
        case .insert, .newline, .delete, .kill, .cut: true
        case .move, .extend, .mark, .selectAll, .deselect, .copy, .paste, .undo, .redo: false
        }
    }
}

/// A way for the caret.
public enum TextMotion: Hashable, Sendable {
    case left, right, wordLeft, wordRight
    case lineStart, lineEnd, textStart, textEnd
    /// To an offset that the caller has worked out, such as the row above in wrapped text, and the column that rows
    /// further on should be entered at.
    case to(Int, goal: Int? = nil)
}

/// A place between two graphemes, counted as a person counts.
public struct TextPosition: Hashable, Comparable, Sendable {
    public var line: Int
    /// Graphemes before the place in its line.
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (a: TextPosition, b: TextPosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

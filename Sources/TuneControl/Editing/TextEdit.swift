/// One change or cursor movement in a text field, as a person makes it.
public enum TextEdit: Hashable, Sendable {
    case insert(String)
    case newline
    case deleteBackward, deleteForward
    case deleteWordBackward, deleteToLineStart, deleteToLineEnd
    case left, right, wordLeft, wordRight
    case lineStart, lineEnd
    case textStart, textEnd
    /// To a place that the caller has worked out, such as the row above in wrapped text.
    case moveTo(TextPosition)
    case undo, redo
}

/// A place between two graphemes.
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

import TuneCanvas
import TuneControl

/// The keys that edit text, the same in every field: arrows, and readline's letters with control and alt.
enum TextKeys {
    /// - Parameter width: columns that a text of several lines is wrapped in; nil for one line.
    static func edit(for key: Key, in buffer: TextBuffer, width: Int?) -> TextEdit? {
        if let text = key.text { return .insert(text) }
        if let edit = plain[key] { return edit }
        switch key {
        case .enter, .alt(.enter): return buffer.allowsNewlines ? .newline : nil
        case .up: return width.map { .moveTo(buffer.position(rows: -1, width: $0)) }
        case .down: return width.map { .moveTo(buffer.position(rows: 1, width: $0)) }
        case .pageUp: return width.map { .moveTo(buffer.position(rows: -10, width: $0)) }
        case .pageDown: return width.map { .moveTo(buffer.position(rows: 10, width: $0)) }
        default: return nil
        }
    }

    private static let plain: [Key: TextEdit] = [
        .backspace: .deleteBackward, .delete: .deleteForward, .ctrl("d"): .deleteForward,
        .ctrl("w"): .deleteWordBackward, .alt(.backspace): .deleteWordBackward,
        .ctrl("u"): .deleteToLineStart, .ctrl("k"): .deleteToLineEnd,
        .left: .left, .right: .right, .ctrl("b"): .left, .ctrl("f"): .right,
        .ctrl(.left): .wordLeft, .ctrl(.right): .wordRight, .alt("b"): .wordLeft, .alt("f"): .wordRight,
        .home: .lineStart, .end: .lineEnd, .ctrl("a"): .lineStart, .ctrl("e"): .lineEnd,
        .ctrl(.home): .textStart, .ctrl(.end): .textEnd,
        .ctrl("z"): .undo, .ctrl("y"): .redo,
    ]
}

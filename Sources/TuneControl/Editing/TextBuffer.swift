/// Text under a cursor, edited grapheme by grapheme, with undo.
///
/// Lines end at `\n`. A carriage return before it stays a part of its line, so that text goes back out byte for byte
/// as it came in.
public struct TextBuffer: Hashable, Sendable {
    struct Content: Hashable, Sendable {
        var lines: [[Character]]
        var cursor: TextPosition
    }

    var content: Content
    var history = UndoStack<Content>()
    /// Whether a line feed can be typed.
    public let allowsNewlines: Bool

    /// The cursor stands at the end, or at the start of a text of several lines.
    public init(_ text: String = "", allowsNewlines: Bool = false) {
        self.allowsNewlines = allowsNewlines
        let lines = Self.lines(of: text)
        let end = TextPosition(line: 0, column: lines[0].count)
        content = Content(lines: lines, cursor: lines.count == 1 ? end : TextPosition(line: 0, column: 0))
    }

    public var lines: [[Character]] { content.lines }
    public var cursor: TextPosition { content.cursor }
    public var isEmpty: Bool { content.lines.count == 1 && content.lines[0].isEmpty }

    public var text: String {
        var text = ""
        for (index, line) in content.lines.enumerated() {
            if index > 0 { text.unicodeScalars.append("\n") }
            text.append(contentsOf: String(line))
        }
        return text
    }

    /// Replaces everything, as one step that can be undone.
    public mutating func replace(with text: String) {
        history.note(content, kind: nil)
        content.lines = Self.lines(of: text)
        content.cursor = end
    }

    /// Carries out one edit; one that has nothing to do changes nothing.
    public mutating func apply(_ edit: TextEdit) {
        switch edit {
        case .insert(let text): insert(text)
        case .newline: if allowsNewlines { insert("\n") }
        case .deleteBackward: delete(from: before(cursor), to: cursor, kind: "back")
        case .deleteForward: delete(from: cursor, to: after(cursor), kind: "forward")
        case .deleteWordBackward: delete(from: wordStart(before: cursor), to: cursor, kind: nil)
        case .deleteToLineStart: delete(from: TextPosition(line: cursor.line, column: 0), to: cursor, kind: nil)
        case .deleteToLineEnd: delete(from: cursor, to: lineEnd, kind: nil)
        case .left: move(to: before(cursor))
        case .right: move(to: after(cursor))
        case .wordLeft: move(to: wordStart(before: cursor))
        case .wordRight: move(to: wordEnd(after: cursor))
        case .lineStart: move(to: TextPosition(line: cursor.line, column: 0))
        case .lineEnd: move(to: lineEnd)
        case .textStart: move(to: TextPosition(line: 0, column: 0))
        case .textEnd: move(to: end)
        case .moveTo(let place): move(to: place)
        case .undo: if let earlier = history.undo(from: content) { content = earlier }
        case .redo: if let later = history.redo(from: content) { content = later }
        }
    }

    // MARK: -

    private static func lines(of text: String) -> [[Character]] {
        // Cut at the scalar, not at the character: `\r\n` is one character, and its return belongs to the line.
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Array(String($0)) }
    }

    private var end: TextPosition {
        TextPosition(line: content.lines.count - 1, column: content.lines[content.lines.count - 1].count)
    }

    private var lineEnd: TextPosition { TextPosition(line: cursor.line, column: content.lines[cursor.line].count) }

    private mutating func move(to place: TextPosition) {
        let line = max(0, min(place.line, content.lines.count - 1))
        content.cursor = TextPosition(line: line, column: max(0, min(place.column, content.lines[line].count)))
        history.pause()
    }

    private mutating func insert(_ text: String) {
        let text = allowsNewlines ? text : String(text.map { $0.isNewline ? " " : $0 })
        guard !text.isEmpty else { return }
        history.note(content, kind: text.count == 1 && !text.contains { $0.isWhitespace } ? "typing" : nil)
        let line = content.lines[cursor.line]
        // The seams are joined as text, since a combining mark becomes one grapheme with the letter before it.
        let head = Self.lines(of: String(line[..<cursor.column]) + text)
        let tail = String(line[cursor.column...])
        var inserted = head
        inserted[head.count - 1] = Array(String(head[head.count - 1]) + tail)
        content.lines.replaceSubrange(cursor.line...cursor.line, with: inserted)
        let last = cursor.line + head.count - 1
        let column = min(head[head.count - 1].count, content.lines[last].count)
        content.cursor = TextPosition(line: last, column: column)
    }

    private mutating func delete(from start: TextPosition, to end: TextPosition, kind: String?) {
        guard start < end else { return }
        history.note(content, kind: kind)
        let head = String(content.lines[start.line][..<start.column])
        let tail = String(content.lines[end.line][end.column...])
        content.lines.replaceSubrange(start.line...end.line, with: [Array(head + tail)])
        content.cursor = TextPosition(line: start.line, column: min(start.column, content.lines[start.line].count))
    }

    private func before(_ place: TextPosition) -> TextPosition {
        if place.column > 0 { return TextPosition(line: place.line, column: place.column - 1) }
        guard place.line > 0 else { return place }
        return TextPosition(line: place.line - 1, column: content.lines[place.line - 1].count)
    }

    private func after(_ place: TextPosition) -> TextPosition {
        if place.column < content.lines[place.line].count {
            return TextPosition(line: place.line, column: place.column + 1)
        }
        guard place.line + 1 < content.lines.count else { return place }
        return TextPosition(line: place.line + 1, column: 0)
    }

    private func wordStart(before place: TextPosition) -> TextPosition {
        guard place.column > 0 else { return before(place) }
        let line = content.lines[place.line]
        var column = place.column
        while column > 0, !Self.isWord(line[column - 1]) { column -= 1 }
        while column > 0, Self.isWord(line[column - 1]) { column -= 1 }
        return TextPosition(line: place.line, column: column)
    }

    private func wordEnd(after place: TextPosition) -> TextPosition {
        let line = content.lines[place.line]
        guard place.column < line.count else { return after(place) }
        var column = place.column
        while column < line.count, !Self.isWord(line[column]) { column += 1 }
        while column < line.count, Self.isWord(line[column]) { column += 1 }
        return TextPosition(line: place.line, column: column)
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}

import TuneCanvas
import TuneControl

/// Between the cursor of a buffer, which counts lines and graphemes, and an index into its text.
extension TextBuffer {
    /// Where the cursor is in `text`.
    var caret: String.Index {
        var offset = 0
        for line in lines[..<cursor.line] { offset += String(line).utf8.count + 1 }
        offset += String(lines[cursor.line][..<cursor.column]).utf8.count
        let text = text
        return text.utf8.index(text.startIndex, offsetBy: min(offset, text.utf8.count))
    }

    /// The place in the buffer of an index into `text`.
    func position(of index: String.Index, in text: String) -> TextPosition {
        var left = text.utf8.distance(from: text.startIndex, to: index)
        for (number, line) in lines.enumerated() {
            let length = String(line).utf8.count
            guard left > length, number + 1 < lines.count else {
                var column = 0
                for character in line where left >= character.utf8.count {
                    left -= character.utf8.count
                    column += 1
                }
                return TextPosition(line: number, column: min(column, line.count))
            }
            left -= length + 1
        }
        return cursor
    }

    /// The place a row above or below the cursor, as the text is wrapped in a box of this width.
    func position(rows: Int, width: Int, measure: GlyphWidth = .standard) -> TextPosition {
        let text = text
        let lines = EditLines(text, width: width, measure: measure)
        let here = lines.place(of: caret)
        let line = here.line + rows
        if line < 0 { return TextPosition(line: 0, column: 0) }
        if line >= lines.lines.count { return position(of: text.endIndex, in: text) }
        return position(of: lines.index(line: line, column: here.column), in: text)
    }

    /// The buffer as it is drawn; the caret is there only while keys go into it.
    func box(style: Style, isActive: Bool, placeholder: String = "", placeholderStyle: Style = .plain) -> TextBox {
        TextBox(
            text: text, caret: isActive ? caret : nil, style: style, placeholder: placeholder,
            placeholderStyle: placeholderStyle)
    }
}

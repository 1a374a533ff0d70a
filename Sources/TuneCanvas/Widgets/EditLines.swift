/// The lines of a text that is being edited: every character stands in one of them, so that the caret can too.
public struct EditLines: Sendable {
    /// Each line without its newline; together they hold every other character.
    public let lines: [Range<String.Index>]
    private let text: String
    private let measure: GlyphWidth

    /// - Parameter width: columns of the box. The last is kept free for a caret at the end of a line.
    public init(_ text: String, width: Int, measure: GlyphWidth = .standard) {
        self.text = text
        self.measure = measure
        var lines: [Range<String.Index>] = []
        let wrap = TextWrap(width: max(1, width - 1), measure: measure)
        // Other signs that break lines elsewhere are shown, since nobody could find them otherwise.
        for paragraph in text.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
        {
            let pieces = wrap.rows(of: paragraph)
            var start = paragraph.startIndex
            for index in pieces.indices {
                guard index + 1 < pieces.count else { break }
                let next = pieces[index + 1]
                lines.append(start..<next.startIndex)
                start = next.startIndex
            }
            lines.append(start..<paragraph.endIndex)
        }
        self.lines = lines
    }

    /// The line and column of an index; the column counts from 0.
    public func place(of index: String.Index) -> (line: Int, column: Int) {
        let line = lines.lastIndex { $0.lowerBound <= index } ?? 0
        let start = lines[line].lowerBound
        let end = max(start, min(index, lines[line].upperBound))
        return (line, measure.columns(of: text[start..<end]))
    }

    /// The index nearest to a column of a line, for moving the caret up and down.
    public func index(line: Int, column: Int) -> String.Index {
        let line = max(0, min(line, lines.count - 1))
        let range = lines[line]
        var index = range.lowerBound
        var x = 0
        while index < range.upperBound {
            x += measure.columns(of: text[index])
            guard x <= column else { break }
            index = text.index(after: index)
        }
        // The end of a wrapped line is the beginning of the next; the caret stays on its last character instead.
        if index == range.upperBound, index > range.lowerBound, line + 1 < lines.count,
            lines[line + 1].lowerBound == index
        {
            index = text.index(before: index)
        }
        return index
    }
}

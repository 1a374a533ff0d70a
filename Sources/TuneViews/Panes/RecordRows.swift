import TuneCanvas
import TuneControl
import TuneData
import TuneModel

/// A record in rows of a width, made only as far down as they are wanted.
struct RecordRows {
    /// A piece of a row in one style.
    struct Span: Equatable {
        var text: String
        var style: Style
    }

    struct Row: Equatable {
        /// What the text is, at its first row only.
        var caption = ""
        var spans: [Span] = []
        /// Whether the text goes on in the next row.
        var continues = false
    }

    let look: Look
    /// Columns of the text beside its caption.
    let width: Int
    let measure: GlyphWidth

    /// Captions and texts, each in rows of its own.
    func rows(
        of parts: [(caption: String, text: String)], revealed: Bool, marking pattern: TextPattern? = nil, limit: Int
    ) -> [Row] {
        var rows: [Row] = []
        for part in parts where rows.count < limit {
            let left = limit - rows.count
            // No more of a long text is wrapped than the rows could hold.
            let text = String(part.text.prefix(left * max(1, width) + 1))
            var own =
                revealed
                ? revealedRows(text, pattern)
                : TextWrap(width: width, measure: measure).lines(of: text).prefix(left).map {
                    Row(spans: plainSpans($0, pattern.map { $0.ranges(in: text) } ?? []))
                }
            if own.isEmpty { own = [Row()] }
            for index in own.indices { own[index].continues = index + 1 < own.count || text.count < part.text.count }
            own[0].caption = part.caption
            rows += own.prefix(left)
        }
        return rows
    }

    /// Tokens in their order, a thin line between them; what is trained is underlined, and not by colour alone.
    func rows(of pieces: [TokenPiece], withIDs: Bool, limit: Int) -> [Row] {
        var rows: [Row] = [Row()]
        var x = 0
        func breakRow() {
            guard x > 0 else { return }
            rows[rows.count - 1].continues = true
            rows.append(Row())
            x = 0
        }
        func put(_ text: String, _ style: Style) {
            for character in text {
                let columns = measure.columns(of: character)
                if x + columns > width { breakRow() }
                x += columns
                if rows[rows.count - 1].spans.last?.style == style {
                    rows[rows.count - 1].spans[rows[rows.count - 1].spans.count - 1].text.append(character)
                } else {
                    rows[rows.count - 1].spans.append(Span(text: String(character), style: style))
                }
            }
        }
        for piece in pieces where rows.count <= limit {
            let style = piece.isTrained ? look[.text].with(.underline) : look[.muted]
            let mark = piece.isTrained ? look[.mark].with(.underline) : look[.mark]
            // A part of a character has no text of its own.
            let shown = piece.text.isEmpty ? "…" : RecordTexts.revealed(piece.text).filter { $0 != "\n" }
            // A token stays whole while it fits.
            let columns = measure.columns(of: shown) + (withIDs ? "\(piece.id)".count + 1 : 0) + 1
            if x + columns > width, columns <= width { breakRow() }
            for character in shown {
                put(String(character), RecordTexts.marks.contains(character) ? mark : style)
            }
            if withIDs { put(":\(piece.id)", look[.key]) }
            put("│", look[.border])
            if piece.text.last?.isNewline == true {
                rows.append(Row())
                x = 0
            }
        }
        if rows.count > 1, rows.last == Row() { rows.removeLast() }
        return Array(rows.prefix(limit))
    }

    // MARK: -

    private func plainSpans(_ line: Substring, _ matches: [Range<String.Index>]) -> [Span] {
        var spans: [Span] = []
        var place = line.startIndex
        for match in matches where match.upperBound > line.startIndex && match.lowerBound < line.endIndex {
            let found = max(match.lowerBound, place)..<min(match.upperBound, line.endIndex)
            guard found.lowerBound < found.upperBound else { continue }
            if place < found.lowerBound {
                spans.append(Span(text: String(line[place..<found.lowerBound]), style: look[.text]))
            }
            spans.append(Span(text: String(line[found]), style: look[.accent].with(.reverse)))
            place = found.upperBound
        }
        if place < line.endIndex { spans.append(Span(text: String(line[place...]), style: look[.text])) }
        return spans
    }

    /// Every space takes a place here, so that none is lost where a line breaks.
    private func revealedRows(_ text: String, _ pattern: TextPattern?) -> [Row] {
        let shown = RecordTexts.revealed(text)
        let matches = pattern.map { $0.ranges(in: shown) } ?? []
        return EditLines(shown, width: width + 1, measure: measure).lines.map { range in
            var row = Row()
            for index in shown[range].indices {
                let isMatch = matches.contains { $0.contains(index) }
                let mark = RecordTexts.marks.contains(shown[index])
                let style = isMatch ? look[.accent].with(.reverse) : look[mark ? .mark : .text]
                if row.spans.last?.style == style {
                    row.spans[row.spans.count - 1].text.append(shown[index])
                } else {
                    row.spans.append(Span(text: String(shown[index]), style: style))
                }
            }
            return row
        }
    }
}

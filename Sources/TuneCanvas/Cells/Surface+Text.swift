/// What becomes of text that is too long for its place.
public enum Overflow: Sendable {
    /// Ends in `…`, so that a reader sees that there is more.
    case ellipsis
    /// Begins with `…`: for paths and the ends of lines.
    case leadingEllipsis
    /// Cut without a mark.
    case cut
}

/// Where text stands in a place that is wider than it.
public enum Alignment: Sendable {
    case left, center, right
}

extension Surface {
    /// Writes one line of text, made safe by `Sanitizer`, and gives back the columns it took.
    ///
    /// - Parameter width: the most columns to take; without it, up to the clip's right edge.
    @discardableResult
    public mutating func write(
        _ text: some StringProtocol, at point: Point, style: Style = .plain, width: Int? = nil,
        overflow: Overflow = .ellipsis
    ) -> Int {
        guard point.y >= clip.y, point.y < clip.endY, point.x < clip.endX else { return 0 }
        let room = min(width ?? .max, clip.endX - point.x)
        guard room > 0 else { return 0 }
        switch overflow {
        case .cut: return place(text, at: point, style: style, room: room).columns
        case .ellipsis: return writeWithEllipsis(text, at: point, style: style, room: room)
        case .leadingEllipsis: return writeEnd(text, at: point, style: style, room: room)
        }
    }

    /// Writes one line of text into the first row of an area.
    @discardableResult
    public mutating func write(
        _ text: some StringProtocol, in area: Rect, style: Style = .plain, alignment: Alignment = .left,
        overflow: Overflow = .ellipsis
    ) -> Int {
        guard !area.isEmpty else { return 0 }
        var x = area.x
        if alignment != .left {
            let spare = max(0, area.width - measure.columns(of: text))
            x += alignment == .right ? spare : spare / 2
        }
        return write(text, at: Point(x: x, y: area.y), style: style, width: area.endX - x, overflow: overflow)
    }

    /// Writes text over several rows, broken between words and between Chinese characters; gives back the rows it took.
    @discardableResult
    public mutating func writeWrapped(_ text: String, in area: Rect, style: Style = .plain) -> Int {
        let lines = TextWrap(width: area.width, measure: measure).lines(of: text)
        for (row, line) in lines.prefix(area.height).enumerated() {
            let isCut = row == area.height - 1 && lines.count > area.height
            let place = area.row(row)
            if isCut {
                // The mark says that text goes on below, even where this line alone would fit.
                let used = write(line, in: place.inset(right: 1), style: style, overflow: .cut)
                write(String(glyphs.ellipsis), at: Point(x: place.x + used, y: place.y), style: style)
            } else {
                write(line, in: place, style: style, overflow: .cut)
            }
        }
        return min(lines.count, area.height)
    }

    // MARK: -

    private mutating func writeWithEllipsis(
        _ text: some StringProtocol, at point: Point, style: Style, room: Int
    ) -> Int {
        guard measure.columns(of: text) > room else {
            return place(text, at: point, style: style, room: room).columns
        }
        let mark = glyphs.ellipsis
        let markColumns = measure.columns(of: mark)
        guard room > markColumns else { return place(text, at: point, style: style, room: room).columns }
        let used = place(text, at: point, style: style, room: room - markColumns).columns
        return used + place(String(mark), at: point.moved(x: used), style: style, room: markColumns).columns
    }

    private mutating func writeEnd(_ text: some StringProtocol, at point: Point, style: Style, room: Int) -> Int {
        let columns = measure.columns(of: text)
        guard columns > room else { return place(text, at: point, style: style, room: room).columns }
        let mark = glyphs.ellipsis
        var left = columns + measure.columns(of: mark)
        var start = text.startIndex
        while left > room, start < text.endIndex {
            left -= measure.columns(of: text[start])
            start = text.index(after: start)
        }
        let used = place(String(mark), at: point, style: style, room: room).columns
        return used + place(text[start...], at: point.moved(x: used), style: style, room: room - used).columns
    }

    /// Puts characters down until one does not fit into `room` columns any more.
    private mutating func place(
        _ text: some StringProtocol, at point: Point, style: Style, room: Int
    ) -> (columns: Int, isWhole: Bool) {
        var used = 0
        for character in text {
            let standIn = Sanitizer.standIn(for: character)
            for glyph in standIn ?? String(character) {
                let columns = measure.rawColumns(of: glyph)
                guard used + columns <= room else { return (used, false) }
                if columns > 0 {
                    put(Cell(glyph: glyph, columns: columns, style: style), at: point.moved(x: used))
                }
                used += columns
            }
        }
        return (used, true)
    }
}

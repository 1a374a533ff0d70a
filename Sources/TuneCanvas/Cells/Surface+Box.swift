extension Surface {
    /// Draws a border around `area`, clears what is inside, and gives back the inside.
    ///
    /// - Parameters:
    ///   - title: stands in the top edge, at the left.
    ///   - trailing: stands in the top edge, at the right, while there is room for it beside the title.
    @discardableResult
    public mutating func box(
        _ area: Rect, title: String = "", trailing: String = "", style: Style = .plain, titleStyle: Style? = nil,
        glyphs custom: BoxGlyphs? = nil, fill: Style? = nil
    ) -> Rect {
        let box = custom ?? glyphs.box
        let inner = area.inset()
        self.fill(area, style: fill ?? Style(background: style.background))
        guard area.width >= 2, area.height >= 2 else { return inner }
        edge(area.row(0), box.topLeft, box.horizontal, box.topRight, style)
        edge(area.row(area.height - 1), box.bottomLeft, box.horizontal, box.bottomRight, style)
        for y in (area.y + 1)..<(area.endY - 1) where area.height > 2 {
            write(String(box.vertical), at: Point(x: area.x, y: y), style: style)
            write(String(box.vertical), at: Point(x: area.endX - 1, y: y), style: style)
        }
        heading(area.row(0), title, trailing, titleStyle ?? style)
        return inner
    }

    /// Draws a rule across a box, from its left to its right border, with a title as `box` has.
    public mutating func rule(
        _ area: Rect, title: String = "", trailing: String = "", style: Style = .plain, titleStyle: Style? = nil
    ) {
        let box = glyphs.box
        edge(area.row(0), box.teeLeft, box.horizontal, box.teeRight, style)
        heading(area.row(0), title, trailing, titleStyle ?? style)
    }

    // MARK: -

    private mutating func edge(
        _ row: Rect, _ left: Character, _ middle: Character, _ right: Character, _ style: Style
    ) {
        guard row.width >= 2 else { return }
        let count = (row.width - 2) / max(1, measure.columns(of: middle))
        let line = String(left) + String(repeating: middle, count: count) + String(right)
        write(line, in: row, style: style, overflow: .cut)
    }

    private mutating func heading(_ row: Rect, _ title: String, _ trailing: String, _ style: Style) {
        var room = row.inset(left: 1, right: 1)
        if !title.isEmpty, room.width > 4 {
            let used = write(" \(title) ", in: room.inset(right: 1), style: style)
            room = room.inset(left: used)
        }
        let columns = measure.columns(of: trailing) + 2
        if !trailing.isEmpty, room.width > columns {
            write(" \(trailing) ", in: room.inset(right: 1), style: style, alignment: .right)
        }
    }
}

import TuneCanvas
import TuneControl

/// A text that is being edited, in a box: its rows, its selection, and what may not be sent to a terminal spelled out.
struct TextField {
    let buffer: TextBuffer
    let look: Look
    var style: Style
    /// Whether keys go into it.
    var isActive: Bool
    /// Shown while there is no text.
    var placeholder = ""
    /// Whether the last column tells how much there is above and below.
    var showsScroll = false

    /// Where the terminal's cursor belongs, so that an input method opens its window there.
    func caretPoint(in area: Rect, measure: GlyphWidth = .standard) -> Point? {
        guard isActive, !area.isEmpty, let caret = page(area, measure).caret else { return nil }
        return Point(x: area.x + caret.x, y: area.y + caret.y)
    }

    func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: Style(background: style.background))
        guard !area.isEmpty else { return }
        if buffer.isEmpty {
            surface.writeWrapped(placeholder, in: area, style: look[.muted].on(style.background))
            return
        }
        let page = page(area, surface.measure)
        for (y, row) in page.rows.enumerated() { draw(row, in: area.row(y), on: &surface) }
        guard showsScroll, page.top > 0 || page.bottom < buffer.count else { return }
        let edge = Rect(x: area.endX, y: area.y, width: 1, height: area.height)
        ScrollMark(top: page.top, visible: max(1, page.bottom - page.top), count: buffer.count, style: look[.muted])
            .draw(in: edge, on: &surface)
    }

    // MARK: -

    private func page(_ area: Rect, _ measure: GlyphWidth) -> TextPage {
        TextPage(buffer, width: area.width, height: area.height, followsCaret: isActive, measure: measure)
    }

    private func draw(_ row: TextPage.Row, in place: Rect, on surface: inout Surface) {
        let selection = isActive ? buffer.selection : nil
        var x = place.x
        var offset = row.range.lowerBound
        for character in row.text where x < place.endX {
            let ground = Sanitizer.standIn(for: character) == nil ? style : look[.mark]
            let letter = selection?.contains(offset) == true ? selected(ground) : ground
            x += surface.write(
                String(character), at: Point(x: x, y: place.y), style: letter, width: place.endX - x, overflow: .cut)
            offset += character.utf8.count
        }
        guard !row.ending.isEmpty, x < place.endX else { return }
        let isSelected = selection?.contains(offset) == true
        if row.ending == "\r\n" {
            surface.write("␍", at: Point(x: x, y: place.y), style: isSelected ? selected(look[.mark]) : look[.mark])
        } else if isSelected {
            // A selected line end can be seen.
            surface.write(" ", at: Point(x: x, y: place.y), style: selected(style))
        }
    }

    /// As the theme shows what the cursor is on; a mark stays one.
    private func selected(_ ground: Style) -> Style {
        var style = look[.cursor]
        if ground.foreground == look[.mark].foreground { style.foreground = ground.foreground }
        style.attributes.formUnion(.reverse)
        return style
    }
}

extension TextBuffer {
    /// The buffer as it is drawn; the caret is there only while keys go into it.
    func field(_ look: Look, style: Style, isActive: Bool, placeholder: String = "") -> TextField {
        TextField(buffer: self, look: look, style: style, isActive: isActive, placeholder: placeholder)
    }
}

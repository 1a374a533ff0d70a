/// A view of text that is being edited: wrapped, scrolled to the caret, with a selection.
public struct TextBox: Drawable {
    public var text: String
    /// Where the next letter goes; nil when the box is not being edited.
    public var caret: String.Index?
    public var selection: Range<String.Index>?
    /// The first visible line, as far as the caret allows.
    public var top: Int
    public var style: Style
    public var selectionStyle: Style
    /// Shown while the text is empty.
    public var placeholder: String
    public var placeholderStyle: Style

    public init(
        text: String, caret: String.Index? = nil, selection: Range<String.Index>? = nil, top: Int = 0,
        style: Style = .plain, selectionStyle: Style = Style(attributes: .reverse), placeholder: String = "",
        placeholderStyle: Style = Style(attributes: .dim)
    ) {
        self.text = text
        self.caret = caret
        self.selection = selection
        self.top = top
        self.style = style
        self.selectionStyle = selectionStyle
        self.placeholder = placeholder
        self.placeholderStyle = placeholderStyle
    }

    /// Where the terminal's cursor belongs, so that an input method opens its window there.
    public func caretPoint(in area: Rect, measure: GlyphWidth = .standard) -> Point? {
        guard let caret, !area.isEmpty else { return nil }
        let lines = EditLines(text, width: area.width, measure: measure)
        let place = lines.place(of: caret)
        let y = place.line - firstLine(of: lines, height: area.height)
        return Point(x: area.x + min(place.column, area.width - 1), y: area.y + y)
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: Style(background: style.background))
        guard !area.isEmpty else { return }
        if text.isEmpty {
            surface.writeWrapped(placeholder, in: area, style: placeholderStyle)
            return
        }
        let lines = EditLines(text, width: area.width, measure: surface.measure)
        let first = firstLine(of: lines, height: area.height)
        for (row, line) in lines.lines.dropFirst(first).prefix(area.height).enumerated() {
            var x = area.x
            for index in text[line].indices {
                let isSelected = selection?.contains(index) ?? false
                x += surface.write(
                    text[index..<text.index(after: index)], at: Point(x: x, y: area.y + row),
                    style: isSelected ? selectionStyle : style, width: area.endX - x, overflow: .cut)
            }
        }
    }

    // MARK: -

    private func firstLine(of lines: EditLines, height: Int) -> Int {
        let last = max(0, lines.lines.count - 1)
        let line = caret.map { lines.place(of: $0).line } ?? min(top, last)
        return Rows.top(keeping: line, from: top, height: height, count: lines.lines.count)
    }
}

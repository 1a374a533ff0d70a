/// A dialog in the middle of the screen: a title, wrapped text, and choices in its last row.
public struct Card: Drawable {
    public var title: String
    public var text: String
    /// Choices from left to right, such as `Yes` and `No`; may be empty.
    public var choices: [String]
    public var selected: Int
    /// Columns it takes where there is room, its border included.
    public var width: Int
    public var style: Style
    public var borderStyle: Style
    public var selectedStyle: Style

    public init(
        title: String, text: String, choices: [String] = [], selected: Int = 0, width: Int = 60,
        style: Style = .plain, borderStyle: Style? = nil, selectedStyle: Style = Style(attributes: .reverse)
    ) {
        self.title = title
        self.text = text
        self.choices = choices
        self.selected = selected
        self.width = width
        self.style = style
        self.borderStyle = borderStyle ?? style
        self.selectedStyle = selectedStyle
    }

    /// The rectangle that the card takes within `area`.
    public func frame(in area: Rect, measure: GlyphWidth = .standard) -> Rect {
        let width = min(width, area.width)
        let lines = TextWrap(width: max(0, width - 4), measure: measure).lines(of: text).count
        return area.centered(Size(width: width, height: lines + 2 + (choices.isEmpty ? 0 : 2)))
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        let frame = frame(in: area, measure: surface.measure)
        var inner = surface.box(frame, title: title, style: borderStyle, fill: style).inset(left: 1, right: 1)
        if !choices.isEmpty {
            let row = inner.takeBottom(1)
            _ = inner.takeBottom(1)
            drawChoices(in: row, on: &surface)
        }
        surface.writeWrapped(text, in: inner, style: style)
    }

    // MARK: -

    private func drawChoices(in row: Rect, on surface: inout Surface) {
        var x = row.x
        for (index, choice) in choices.enumerated() where x < row.endX {
            let isSelected = index == selected
            // The brackets say what the colour says, for those who do not see it.
            let text = isSelected ? "[ \(choice) ]" : "  \(choice)  "
            let point = Point(x: x, y: row.y)
            x += surface.write(text, at: point, style: isSelected ? selectedStyle : style, width: row.endX - x) + 1
        }
    }
}

/// Titles in one row, of which one is chosen.
public struct Tabs: Drawable {
    public var titles: [String]
    public var selected: Int
    public var style: Style
    public var selectedStyle: Style
    public var gap: Int

    public init(
        _ titles: [String], selected: Int, style: Style = .plain,
        selectedStyle: Style = Style(attributes: [.bold, .reverse]), gap: Int = 1
    ) {
        self.titles = titles
        self.selected = selected
        self.style = style
        self.selectedStyle = selectedStyle
        self.gap = gap
    }

    /// Where each title stands; the row scrolls so that the chosen one is within it.
    public func places(in area: Rect, measure: GlyphWidth = .standard) -> [Rect] {
        var x = 0
        var places = titles.map { title in
            let width = measure.columns(of: title) + 2
            defer { x += width + gap }
            return Rect(x: area.x + x, y: area.y, width: width, height: 1)
        }
        if places.indices.contains(selected) {
            let hidden = max(0, places[selected].endX - area.endX)
            places = places.map { Rect(x: $0.x - hidden, y: $0.y, width: $0.width, height: 1) }
        }
        return places
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        let row = area.row(0)
        surface.fill(row, style: Style(background: style.background))
        let places = places(in: row, measure: surface.measure)
        surface.clipped(to: row) { surface in
            for (index, (title, place)) in zip(titles, places).enumerated() where place.x >= row.x {
                surface.write(" \(title) ", in: place, style: index == selected ? selectedStyle : style)
            }
        }
    }
}

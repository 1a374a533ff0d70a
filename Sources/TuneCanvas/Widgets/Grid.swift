/// A table: a header, columns of fixed and flexible width, and rows with a cursor.
public struct Grid: Drawable {
    public struct Column: Hashable, Sendable {
        public var title: String
        public var width: Part
        public var alignment: Alignment
        public var overflow: Overflow

        public init(
            _ title: String, width: Part = .rest, alignment: Alignment = .left, overflow: Overflow = .ellipsis
        ) {
            self.title = title
            self.width = width
            self.alignment = alignment
            self.overflow = overflow
        }
    }

    /// What stands in one place of the table.
    public struct Item: Hashable, Sendable {
        public var text: String
        public var style: Style

        public init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    public var columns: [Column]
    public var count: Int
    public var top: Int
    public var cursor: Int?
    public var cursorStyle: Style?
    public var headerStyle: Style
    public var style: Style
    public var markStyle: Style
    /// Columns between two columns.
    public var gap: Int
    /// Whether the titles take the first row.
    public var hasHeader: Bool
    /// The items of one row, as many as there are columns.
    public var items: (_ row: Int) -> [Item]

    public init(
        columns: [Column], count: Int, top: Int = 0, cursor: Int? = nil, cursorStyle: Style? = nil,
        headerStyle: Style = Style(attributes: .bold), style: Style = .plain, markStyle: Style = .plain, gap: Int = 2,
        hasHeader: Bool = true, items: @escaping (_ row: Int) -> [Item]
    ) {
        self.columns = columns
        self.count = count
        self.top = top
        self.cursor = cursor
        self.cursorStyle = cursorStyle
        self.headerStyle = headerStyle
        self.style = style
        self.markStyle = markStyle
        self.gap = gap
        self.hasHeader = hasHeader
        self.items = items
    }

    /// How many rows of data an area of `height` shows.
    public func visibleRows(height: Int) -> Int { max(0, height - (hasHeader ? 1 : 0)) }

    public func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: style)
        var body = area
        let isScrolling = count > visibleRows(height: area.height)
        let widths = columns.map(\.width)
        if hasHeader {
            let header = body.takeTop(1).inset(right: isScrolling ? 1 : 0)
            surface.fill(header, style: Style(background: headerStyle.background))
            for (place, column) in zip(header.split(.horizontal, widths, gap: gap), columns) {
                surface.write(column.title, in: place, style: headerStyle, alignment: column.alignment)
            }
        }
        let rows = Rows(
            count: count, top: top, cursor: cursor, cursorStyle: cursorStyle, style: style, markStyle: markStyle
        ) { index, place, surface in
            let places = place.split(.horizontal, widths, gap: gap)
            for ((place, column), item) in zip(zip(places, columns), items(index)) {
                surface.write(
                    item.text, in: place, style: item.style, alignment: column.alignment, overflow: column.overflow)
            }
        }
        rows.draw(in: body, on: &surface)
    }
}

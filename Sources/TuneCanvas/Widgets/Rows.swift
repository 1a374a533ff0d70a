/// A list of rows, one cell high each, with a cursor and a scroll mark.
///
/// Only the visible rows are asked for, so that a list of millions costs no more than a short one.
public struct Rows: Drawable {
    /// Draws row `index` into a place of one row; the cursor's row is restyled afterwards.
    public typealias DrawRow = (_ index: Int, _ place: Rect, _ surface: inout Surface) -> Void

    public var count: Int
    /// The first visible row.
    public var top: Int
    /// The row that the cursor is on; nil for a list without one.
    public var cursor: Int?
    public var cursorStyle: Style?
    public var style: Style
    public var markStyle: Style
    public var drawRow: DrawRow

    /// - Parameter cursorStyle: its colours and attributes replace the background and join the attributes of the
    ///   cursor's row; its foreground does so unless it is the default. Without it, the row is reversed.
    public init(
        count: Int, top: Int = 0, cursor: Int? = nil, cursorStyle: Style? = nil, style: Style = .plain,
        markStyle: Style = .plain, drawRow: @escaping DrawRow
    ) {
        self.count = count
        self.top = top
        self.cursor = cursor
        self.cursorStyle = cursorStyle
        self.style = style
        self.markStyle = markStyle
        self.drawRow = drawRow
    }

    /// A list of texts.
    public init(
        _ texts: [String], top: Int = 0, cursor: Int? = nil, cursorStyle: Style? = nil, style: Style = .plain
    ) {
        self.init(count: texts.count, top: top, cursor: cursor, cursorStyle: cursorStyle, style: style) {
            $2.write(texts[$0], in: $1, style: style)
        }
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: style)
        guard !area.isEmpty else { return }
        let isScrolling = count > area.height
        let column = isScrolling ? area.inset(right: 1) : area
        for row in 0..<area.height where top + row < count {
            let index = top + row
            surface.clipped(to: column.row(row)) { drawRow(index, column.row(row), &$0) }
            if index == cursor { surface.restyle(column.row(row), emphasize) }
        }
        guard isScrolling else { return }
        let edge = Rect(x: area.endX - 1, y: area.y, width: 1, height: area.height)
        ScrollMark(top: top, visible: area.height, count: count, style: markStyle).draw(in: edge, on: &surface)
    }

    /// The first visible row that keeps the cursor within `height` rows, moved as little as possible.
    ///
    /// - Parameter margin: rows kept between the cursor and the edges, while the list goes on there.
    public static func top(keeping cursor: Int, from top: Int, height: Int, count: Int, margin: Int = 0) -> Int {
        guard height > 0 else { return max(0, cursor) }
        let margin = min(margin, (height - 1) / 2)
        var top = min(top, cursor - margin)
        top = max(top, cursor + margin - height + 1)
        return max(0, min(top, count - height))
    }

    // MARK: -

    private func emphasize(_ style: inout Style) {
        guard let cursorStyle else {
            style.attributes.formSymmetricDifference(.reverse)
            return
        }
        style.background = cursorStyle.background
        if cursorStyle.foreground != .default { style.foreground = cursorStyle.foreground }
        style.attributes.formUnion(cursorStyle.attributes)
    }
}

/// A rectangle of cells that a frame is drawn into.
///
/// Nothing is ever drawn outside of the surface or of its clip. A wide glyph is whole or not there at all: whatever
/// covers one of its columns blanks the other.
public struct Surface: Hashable, Sendable {
    public let size: Size
    /// How text is measured.
    public let measure: GlyphWidth
    /// What widgets draw their lines with.
    public let glyphs: GlyphSet
    /// Drawing outside of this is dropped.
    public private(set) var clip: Rect
    private(set) var cells: [Cell]

    /// A blank surface. Where ambiguous signs are two columns wide, lines are drawn in ASCII unless asked otherwise.
    public init(size: Size, measure: GlyphWidth = .standard, glyphs: GlyphSet? = nil, style: Style = .plain) {
        let size = Size(width: max(0, size.width), height: max(0, size.height))
        self.size = size
        self.measure = measure
        self.glyphs = glyphs ?? (measure.ambiguous == 2 ? .ascii : .unicode)
        clip = Rect(size)
        cells = Array(repeating: .blank(style), count: size.width * size.height)
    }

    /// The whole surface.
    public var bounds: Rect { Rect(size) }

    /// The cell at a place on the surface; setting one outside of the clip does nothing.
    public subscript(_ point: Point) -> Cell {
        get {
            precondition(bounds.contains(point), "no cell at \(point) on a surface of \(size)")
            return cells[index(point)]
        }
        set { put(newValue, at: point) }
    }

    public subscript(x: Int, y: Int) -> Cell {
        get { self[Point(x: x, y: y)] }
        set { self[Point(x: x, y: y)] = newValue }
    }

    /// The cells of one row.
    public func row(_ y: Int) -> ArraySlice<Cell> {
        cells[(y * size.width)..<((y + 1) * size.width)]
    }

    /// Draws with nothing but `area` within reach.
    public mutating func clipped<Result>(to area: Rect, _ draw: (inout Surface) -> Result) -> Result {
        let outer = clip
        clip = clip.intersection(area)
        defer { clip = outer }
        return draw(&self)
    }

    /// Fills an area with one glyph of one column.
    public mutating func fill(_ area: Rect, with glyph: Character = " ", style: Style = .plain) {
        let visible = area.intersection(clip)
        guard !visible.isEmpty else { return }
        let cell = Cell(glyph: glyph, style: style)
        for y in visible.y..<visible.endY {
            healEdges(from: visible.x, to: visible.endX, y: y)
            let row = y * size.width
            for x in visible.x..<visible.endX { cells[row + x] = cell }
        }
    }

    /// Changes the style of an area and leaves its glyphs: the cursor's row, a selection, a dimmed background.
    public mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
        let visible = area.intersection(clip)
        guard !visible.isEmpty else { return }
        for y in visible.y..<visible.endY {
            for x in visible.x..<visible.endX { change(&cells[y * size.width + x].style) }
        }
    }

    // MARK: -

    private func index(_ point: Point) -> Int { point.y * size.width + point.x }

    /// Puts a cell down; a wide one takes the columns behind it too, or none when they are not all within the clip.
    mutating func put(_ cell: Cell, at point: Point) {
        guard clip.contains(point) else { return }
        let columns = max(1, Int(cell.columns))
        let end = point.x + columns
        guard end <= clip.endX else {
            fill(Rect(x: point.x, y: point.y, width: clip.endX - point.x, height: 1), style: cell.style)
            return
        }
        healEdges(from: point.x, to: end, y: point.y)
        let start = index(point)
        cells[start] = cell
        cells[start].columns = Int8(columns)
        for offset in 1..<max(1, columns) where columns > 1 { cells[start + offset] = .continuation(cell.style) }
    }

    /// Blanks the halves that glyphs across either edge of a stretch would leave behind.
    private mutating func healEdges(from left: Int, to right: Int, y: Int) {
        let row = y * size.width
        if cells[row + left].isContinuation {
            var x = left - 1
            while x > 0 && cells[row + x].isContinuation { x -= 1 }
            blank(row + max(0, x), upTo: row + left)
        }
        var x = right
        while x < size.width && cells[row + x].isContinuation { x += 1 }
        blank(row + right, upTo: row + x)
    }

    private mutating func blank(_ start: Int, upTo end: Int) {
        for index in start..<max(start, end) { cells[index] = .blank(cells[index].style) }
    }
}

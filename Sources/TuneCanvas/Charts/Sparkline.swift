/// A curve in one row, or in a few: one or two values per column, scaled to the area's height.
public struct Sparkline: Drawable {
    public enum Mark: Sendable {
        /// Eighths of a block, one value per column.
        case block
        /// Filled braille dots, two values per column.
        case braille
    }

    /// Oldest first; a value that is not finite leaves a gap.
    public var values: [Double]
    public var mark: Mark
    /// What the lowest and highest dot mean; nil takes the smallest and largest value.
    public var range: ClosedRange<Double>?
    public var style: Style

    public init(_ values: [Double], mark: Mark = .block, range: ClosedRange<Double>? = nil, style: Style = .plain) {
        self.values = values
        self.mark = mark
        self.range = range
        self.style = style
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area, style: Style(background: style.background))
        guard !area.isEmpty else { return }
        let perColumn = surface.glyphs == .unicode && mark == .braille ? 2 : 1
        let shown = Envelope.highest(of: values, in: area.width * perColumn)
        guard let range = range ?? Envelope.range(of: values) else { return }
        let levels = levelsPerRow(surface.glyphs) * area.height
        let heights = shown.map { value in value.map { Self.level(of: $0, in: range, levels: levels) } }
        for column in 0..<((heights.count + perColumn - 1) / perColumn) {
            let left = heights[column * perColumn]
            let right = perColumn == 2 && column * 2 + 1 < heights.count ? heights[column * 2 + 1] : nil
            for row in 0..<area.height {
                let glyph = glyph(left, right, row: area.height - 1 - row, surface.glyphs)
                let point = Point(x: area.x + column, y: area.y + row)
                surface.put(Cell(glyph: glyph, style: style), at: point)
            }
        }
    }

    // MARK: -

    private static let blocks = Array(" ▁▂▃▄▅▆▇█")
    private static let ascii = Array(" .:-=#")

    private func levelsPerRow(_ glyphs: GlyphSet) -> Int {
        glyphs == .ascii ? Self.ascii.count - 1 : glyphs == .unicode && mark == .braille ? 4 : 8
    }

    /// 1 for the lowest value, so that a low one can be told from a missing one.
    private static func level(of value: Double, in range: ClosedRange<Double>, levels: Int) -> Int {
        let span = range.upperBound - range.lowerBound
        let share = span > 0 ? min(1, max(0, (value - range.lowerBound) / span)) : 0.5
        return 1 + Int((share * Double(levels - 1)).rounded())
    }

    /// - Parameter row: counted from the bottom.
    private func glyph(_ left: Int?, _ right: Int?, row: Int, _ glyphs: GlyphSet) -> Character {
        let perRow = levelsPerRow(glyphs)
        func filled(_ level: Int?) -> Int { min(perRow, max(0, (level ?? 0) - row * perRow)) }
        if glyphs == .ascii { return Self.ascii[filled(left)] }
        if mark == .block || glyphs == .blocks { return Self.blocks[filled(left)] }
        var dots = BrailleDots()
        for dot in 0..<filled(left) { dots.set(x: 0, y: 3 - dot) }
        for dot in 0..<filled(right) { dots.set(x: 1, y: 3 - dot) }
        return dots.glyph
    }
}

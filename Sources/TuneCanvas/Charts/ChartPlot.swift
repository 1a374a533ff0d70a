/// The dots of a chart, before they become glyphs: 2 × 4 in a cell of braille, 2 × 2 in one of blocks, 1 in ASCII.
struct ChartPlot {
    private let width: Int
    private let height: Int
    private let glyphs: GlyphSet
    let frame: ChartFrame
    private var dots: [UInt8]
    private var styles: [Style?]
    private var marks: [Character]
    private var lineCount = 0

    /// - Parameters: width and height in cells.
    init(
        width: Int, height: Int, glyphs: GlyphSet, x: ClosedRange<Double>, y: ClosedRange<Double>, scale: ChartScale
    ) {
        self.width = width
        self.height = height
        self.glyphs = glyphs
        frame = ChartFrame(
            width: width * glyphs.dotsAcross, height: height * glyphs.dotsDown, x: x, y: y, scale: scale)
        dots = Array(repeating: 0, count: width * height)
        styles = Array(repeating: nil, count: width * height)
        marks = Array(repeating: " ", count: width * height)
    }

    /// Draws a curve over those that are there; where two meet in one cell, the later gives the colour.
    mutating func add(_ line: ChartLine) {
        let spans = ChartSpans(line.points, in: frame).columns
        for (column, span) in spans.enumerated() {
            guard let span else { continue }
            // Dashes are two dots long, so that they are seen in braille as well; what is steep is no part of a gap.
            if line.isDashed, column / 2 % 2 == 1, span.count < 3 { continue }
            for row in span { set(column, row, line) }
        }
        if let mark = line.mark, let last = spans.lastIndex(where: { $0 != nil }), let span = spans[last] {
            let cell = min(width - 1, last / glyphs.dotsAcross)
            put(mark, cell, (span.lowerBound + span.upperBound) / 2 / glyphs.dotsDown, line.style)
        }
        lineCount += 1
    }

    /// A sign in the cell where a point is.
    mutating func put(_ glyph: Character, at point: ChartLine.Point, style: Style) {
        guard frame.isDrawn(point.y), frame.x.contains(point.x) else { return }
        put(glyph, cell(of: point.x), frame.row(of: point.y) / glyphs.dotsDown, style)
    }

    /// The column of cells that x is in.
    func cell(of x: Double) -> Int { frame.column(of: x) / glyphs.dotsAcross }

    func draw(in area: Rect, on surface: inout Surface) {
        for row in 0..<height {
            for column in 0..<width {
                let index = row * width + column
                guard let style = styles[index] else { continue }
                let glyph = marks[index] == " " ? glyphs.glyph(of: dots[index]) : marks[index]
                surface.put(Cell(glyph: glyph, style: style), at: Point(x: area.x + column, y: area.y + row))
            }
        }
    }

    // MARK: -

    private static let asciiMarks: [Character] = ["*", "+", "o", "x"]

    private mutating func put(_ glyph: Character, _ column: Int, _ row: Int, _ style: Style) {
        guard (0..<width).contains(column), (0..<height).contains(row) else { return }
        marks[row * width + column] = glyph
        styles[row * width + column] = style
    }

    private mutating func set(_ dotX: Int, _ dotY: Int, _ line: ChartLine) {
        let index = dotY / glyphs.dotsDown * width + dotX / glyphs.dotsAcross
        dots[index] |= glyphs.bit(x: dotX % glyphs.dotsAcross, y: dotY % glyphs.dotsDown)
        if glyphs == .ascii { marks[index] = Self.asciiMarks[lineCount % Self.asciiMarks.count] }
        styles[index] = line.style
    }
}

extension GlyphSet {
    /// Dots of a chart side by side in one cell.
    var dotsAcross: Int { self == .ascii ? 1 : 2 }
    /// Dots of a chart one below the other in one cell.
    var dotsDown: Int {
        switch self {
        case .unicode: 4
        case .blocks: 2
        case .ascii: 1
        }
    }

    fileprivate func bit(x: Int, y: Int) -> UInt8 {
        guard self == .unicode else { return 1 << (y * 2 + x) }
        var dots = BrailleDots()
        dots.set(x: x, y: y)
        return UInt8(dots.bits)
    }

    fileprivate func glyph(of bits: UInt8) -> Character {
        self == .unicode ? BrailleDots(bits: UInt32(bits)).glyph : Self.quadrants[Int(bits & 15)]
    }

    /// By the bits of the quarters: upper left 1, upper right 2, lower left 4, lower right 8.
    private static let quadrants: [Character] = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")
}

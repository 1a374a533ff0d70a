import Foundation

/// The dots of a chart, before they become glyphs: 2 × 4 per cell in braille, one per cell in ASCII.
struct ChartPlot {
    private let width: Int
    private let height: Int
    private let glyphs: GlyphSet
    private let x: ClosedRange<Double>
    private let y: ClosedRange<Double>
    private let isLogarithmic: Bool
    private var dots: [BrailleDots]
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
        self.x = x
        self.y = y
        isLogarithmic = scale == .logarithmic && y.lowerBound > 0
        dots = Array(repeating: BrailleDots(), count: width * height)
        styles = Array(repeating: nil, count: width * height)
        marks = Array(repeating: " ", count: width * height)
    }

    /// Draws a curve over those that are there; where two meet in one cell, the later gives the colour.
    mutating func add(_ line: ChartLine) {
        var last: (x: Int, y: Int)?
        for point in line.points {
            guard point.y.isFinite, !isLogarithmic || point.y > 0, x.contains(point.x) else {
                last = nil
                continue
            }
            let dot = place(point)
            if let last, last != dot { join(last, dot, line) } else { set(dot.x, dot.y, line) }
            last = dot
        }
        lineCount += 1
    }

    func draw(in area: Rect, on surface: inout Surface) {
        for row in 0..<height {
            for column in 0..<width {
                let index = row * width + column
                guard let style = styles[index] else { continue }
                let glyph = glyphs == .unicode ? dots[index].glyph : marks[index]
                surface.put(Cell(glyph: glyph, style: style), at: Point(x: area.x + column, y: area.y + row))
            }
        }
    }

    // MARK: -

    private static let asciiMarks: [Character] = ["*", "+", "o", "x"]

    private var dotsWide: Int { glyphs == .unicode ? width * 2 : width }
    private var dotsHigh: Int { glyphs == .unicode ? height * 4 : height }

    private func place(_ point: ChartLine.Point) -> (x: Int, y: Int) {
        let spanX = x.upperBound - x.lowerBound
        let shareX = spanX > 0 ? (point.x - x.lowerBound) / spanX : 0
        let shareY =
            isLogarithmic
            ? (log(point.y) - log(y.lowerBound)) / (log(y.upperBound) - log(y.lowerBound))
            : (point.y - y.lowerBound) / (y.upperBound - y.lowerBound)
        return (
            Int((shareX * Double(dotsWide - 1)).rounded()),
            Int(((1 - min(1, max(0, shareY))) * Double(dotsHigh - 1)).rounded())
        )
    }

    /// A straight line of dots; within one column it is the stretch between two values, so a spike keeps its height.
    private mutating func join(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int), _ line: ChartLine) {
        let count = max(abs(to.x - from.x), abs(to.y - from.y))
        for step in 0...count {
            let share = Double(step) / Double(count)
            let dotX = from.x + Int((Double(to.x - from.x) * share).rounded())
            let dotY = from.y + Int((Double(to.y - from.y) * share).rounded())
            set(dotX, dotY, line)
        }
    }

    private mutating func set(_ dotX: Int, _ dotY: Int, _ line: ChartLine) {
        guard dotX >= 0, dotX < dotsWide, dotY >= 0, dotY < dotsHigh else { return }
        // Dashes are two dots long, so that they are seen in braille as well.
        if line.isDashed, dotX / 2 % 2 == 1 { return }
        let cell = glyphs == .unicode ? (dotX / 2, dotY / 4) : (dotX, dotY)
        let index = cell.1 * width + cell.0
        if glyphs == .unicode { dots[index].set(x: dotX % 2, y: dotY % 4) }
        marks[index] = Self.asciiMarks[lineCount % Self.asciiMarks.count]
        styles[index] = line.style
    }
}

extension ChartFigure {
    /// The figure as a PNG file.
    public var png: [UInt8] {
        var picture = Picture(size: size)
        picture.write(title, x: Self.margin.left, y: 20, Ink.text, zoom: 3)
        if let axes {
            drawAxes(axes, on: &picture)
            for line in lines.filter(\.isFaint) + lines.filter({ !$0.isFaint }) {
                let color = line.color % Self.colors.count
                let ink = (line.isFaint ? Ink.faint : Ink.line) + UInt8(color)
                var dash = line.isDashed ? 0.0 : nil
                for stroke in strokes(of: line, in: axes) { picture.draw(stroke, ink, dash: &dash) }
            }
        }
        drawLegend(on: &picture)
        return PNG.file(width: size.width, height: size.height, pixels: picture.pixels, palette: Ink.palette)
    }

    // MARK: -

    /// Places in the palette.
    private enum Ink {
        static let paper: UInt8 = 0
        static let grid: UInt8 = 1
        static let axis: UInt8 = 2
        static let text: UInt8 = 3
        static let line: UInt8 = 4
        static let faint = line + UInt8(colors.count)

        static let palette: [(UInt8, UInt8, UInt8)] =
            [(0xff, 0xff, 0xff), (0xe5, 0xe7, 0xeb), (0x6b, 0x72, 0x80), (0x1f, 0x29, 0x37)] + colors
            + colors.map { (lighter($0.0), lighter($0.1), lighter($0.2)) }

        /// A quarter of a colour on white.
        private static func lighter(_ part: UInt8) -> UInt8 { UInt8(255 - (255 - Int(part)) / 4) }
    }

    private func drawAxes(_ axes: Axes, on picture: inout Picture) {
        for tick in axes.down {
            picture.fill(Rect(x: plot.x, y: tick.y, width: plot.width, height: 1), Ink.grid)
            picture.write(tick.label, x: plot.x - 10, y: tick.y - 7, Ink.text, zoom: 2, anchor: 1)
        }
        for tick in axes.across {
            picture.fill(Rect(x: tick.x, y: plot.endY, width: 1, height: 6), Ink.axis)
            picture.write(tick.label, x: tick.x, y: plot.endY + 12, Ink.text, zoom: 2, anchor: 0.5)
        }
        picture.fill(Rect(x: plot.x, y: plot.y, width: 1, height: plot.height + 1), Ink.axis)
        picture.fill(Rect(x: plot.x, y: plot.endY, width: plot.width, height: 1), Ink.axis)
        picture.write(xLabel, x: plot.endX, y: plot.endY + 36, Ink.text, zoom: 2, anchor: 1)
        picture.write(yLabel, x: 24, y: plot.y - 26, Ink.text, zoom: 2)
    }

    private func drawLegend(on picture: inout Picture) {
        var x = plot.x
        for line in lines where !line.isFaint && !line.name.isEmpty {
            var dash = line.isDashed ? 0.0 : nil
            let ink = Ink.line + UInt8(line.color % Self.colors.count)
            picture.draw([(Double(x), 57), (Double(x + 28), 57)], ink, dash: &dash)
            picture.write(line.name, x: x + 36, y: 50, Ink.text, zoom: 2)
            x += 64 + Picture.width(of: line.name, zoom: 2)
        }
    }

    /// Pixels that are drawn into; what lies outside is dropped.
    private struct Picture {
        let size: Size
        var pixels: [UInt8]

        init(size: Size) {
            self.size = size
            pixels = Array(repeating: Ink.paper, count: size.width * size.height)
        }

        mutating func fill(_ area: Rect, _ ink: UInt8) {
            let area = area.intersection(Rect(size))
            guard !area.isEmpty else { return }
            for y in area.y..<area.endY {
                for x in area.x..<area.endX { pixels[y * size.width + x] = ink }
            }
        }

        /// A line two pixels thick through points.
        /// - Parameter dash: how far the pattern of gaps has come; nil draws without.
        mutating func draw(_ points: [(x: Double, y: Double)], _ ink: UInt8, dash: inout Double?) {
            var last = points[0]
            for point in points {
                let (dx, dy) = (point.x - last.x, point.y - last.y)
                let count = max(1, Int(max(abs(dx), abs(dy)).rounded(.up)))
                let length = (dx * dx + dy * dy).squareRoot() / Double(count)
                for step in 0...count {
                    let share = Double(step) / Double(count)
                    if let way = dash {
                        dash = way + length
                        if way.truncatingRemainder(dividingBy: 12) >= 8 { continue }
                    }
                    let (x, y) = (Int((last.x + dx * share).rounded()), Int((last.y + dy * share).rounded()))
                    fill(Rect(x: x, y: y, width: 2, height: 2), ink)
                }
                last = point
            }
        }

        static func width(of text: String, zoom: Int) -> Int { text.count * (PixelFont.width + 1) * zoom }

        /// - Parameter anchor: which share of the text lies to the left of x.
        mutating func write(_ text: String, x: Int, y: Int, _ ink: UInt8, zoom: Int, anchor: Double = 0) {
            var x = x - Int(Double(Self.width(of: text, zoom: zoom)) * anchor)
            for character in text {
                for (row, bits) in PixelFont.rows(of: character).enumerated() {
                    for column in 0..<PixelFont.width where bits >> (PixelFont.width - 1 - column) & 1 == 1 {
                        fill(Rect(x: x + column * zoom, y: y + row * zoom, width: zoom, height: zoom), ink)
                    }
                }
                x += (PixelFont.width + 1) * zoom
            }
        }
    }
}

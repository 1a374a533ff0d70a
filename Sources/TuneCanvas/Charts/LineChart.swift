/// Curves over steps, drawn in dots, with a y axis at the left, an x axis below, a legend above, and a crosshair.
///
/// However many points fall into one column, its dots reach from their lowest to their highest, so that no spike is
/// lost; where the points are sparse, straight lines join them.
public struct LineChart: Drawable {
    public var lines: [ChartLine]
    /// What x counts, such as `steps`; stands at the end of the x axis.
    public var xLabel: String
    public var xNumbers = ChartNumbers.plain
    /// Stands behind each number of the y axis, such as ` %`.
    public var yUnit: String
    public var scale: ChartScale
    /// The window: what the axes span. Nil takes what the points span; a y axis what those within the window do.
    public var xRange: ClosedRange<Double>?
    public var yRange: ClosedRange<Double>?
    public var axisStyle: Style
    /// Whether the names of the curves stand in the first row.
    public var hasLegend: Bool
    /// Where the crosshair stands; the legend then tells the values there.
    public var crosshair: Double?
    public var crosshairStyle = Style.plain

    public init(
        _ lines: [ChartLine], xLabel: String = "", yUnit: String = "", scale: ChartScale = .linear,
        xRange: ClosedRange<Double>? = nil, yRange: ClosedRange<Double>? = nil,
        axisStyle: Style = Style(attributes: .dim), hasLegend: Bool = true
    ) {
        self.lines = lines
        self.xLabel = xLabel
        self.yUnit = yUnit
        self.scale = scale
        self.xRange = xRange
        self.yRange = yRange
        self.axisStyle = axisStyle
        self.hasLegend = hasLegend
    }

    /// What the x axis spans; nil without points.
    public var window: ClosedRange<Double>? { xRange ?? ChartLine.span(of: lines) }

    /// What the values within a window span; nil where there is none.
    public func valueRange(in window: ClosedRange<Double>) -> ClosedRange<Double>? {
        yRange ?? ChartLine.range(of: lines, in: window, scale)
    }

    public func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area)
        var rest = area
        if hasLegend, area.height > 4 { drawLegend(in: rest.takeTop(1), on: &surface) }
        guard let x = window, let y = valueRange(in: x), rest.height > 1 else { return }
        let axis = ChartAxis(range: y, rows: rest.height - 1, unit: yUnit, scale: scale)
        let labelRow = rest.takeBottom(1)
        let labels = rest.takeLeft(min(axis.labelWidth(surface.measure) + 1, rest.width / 2)).inset(right: 1)
        drawLabels(axis, in: labels, on: &surface)
        guard !rest.isEmpty else { return }
        var plot = ChartPlot(
            width: rest.width, height: rest.height, glyphs: surface.glyphs, x: x, y: axis.range, scale: scale)
        drawNumbers(plot, in: labelRow.inset(left: labels.width + 1), on: &surface)
        if let crosshair, x.contains(crosshair) {
            let column = rest.x + plot.cell(of: crosshair)
            let rule = Cell(glyph: surface.glyphs.box.vertical, style: crosshairStyle)
            for row in 0..<rest.height { surface.put(rule, at: Point(x: column, y: rest.y + row)) }
        }
        for line in lines { plot.add(line) }
        for line in lines where !line.name.isEmpty {
            guard let crosshair, let point = line.points.nearest(to: crosshair) else { continue }
            let sign: Character = surface.glyphs == .ascii ? "@" : "●"
            plot.put(sign, at: ChartLine.Point(x: crosshair, y: point.y), style: line.style)
        }
        plot.draw(in: rest, on: &surface)
    }

    // MARK: -

    private func drawLabels(_ axis: ChartAxis, in area: Rect, on surface: inout Surface) {
        for tick in axis.ticks {
            surface.write(tick.label, in: area.row(tick.row), style: axisStyle, alignment: .right, overflow: .cut)
        }
    }

    /// Round numbers where they are, as many as there is room for; what they count stands at the end.
    private func drawNumbers(_ plot: ChartPlot, in area: Rect, on surface: inout Surface) {
        let unit = xLabel
        let unitColumns = unit.isEmpty ? 0 : surface.measure.columns(of: unit) + 1
        let room = area.width - unitColumns
        guard room > 0 else { return }
        surface.write(unit, in: area, style: axisStyle, alignment: .right)
        let numbers = xNumbers.ticks(in: plot.frame.x, most: max(1, area.width / 14))
        var free = 0
        for (number, label) in zip(numbers, xNumbers.labels(of: numbers)) {
            let columns = surface.measure.columns(of: label)
            let place = min(max(0, plot.cell(of: number) - columns / 2), max(0, room - columns))
            guard place >= free, place + columns <= room else { continue }
            surface.write(label, at: Point(x: area.x + place, y: area.y), style: axisStyle)
            free = place + columns + 2
        }
    }

    private func drawLegend(in row: Rect, on surface: inout Surface) {
        let isPlain = surface.glyphs != .ascii
        let spans = lines.filter { !$0.name.isEmpty }.flatMap { line in
            let value = crosshair.flatMap { line.points.nearest(to: $0) }.map { ChartAxis.value($0.y) + yUnit + " " }
            return [
                Label.Span(line.name + " ", axisStyle),
                Label.Span(line.isDashed ? (isPlain ? "┈┈┈" : "- -") : (isPlain ? "───" : "---"), line.style),
                Label.Span(line.mark.map { String($0) } ?? "", line.style),
                Label.Span(value.map { " " + $0 } ?? "", line.style),
                Label.Span("  ", axisStyle),
            ]
        }
        Label(Array(spans.dropLast()), alignment: .right).draw(in: row, on: &surface)
    }
}

extension ChartLine {
    /// What x spans over several curves; nil when none has a point.
    static func span(of lines: [ChartLine]) -> ClosedRange<Double>? {
        let spans = lines.compactMap(\.points.span)
        guard let low = spans.map(\.lowerBound).min(), let high = spans.map(\.upperBound).max() else { return nil }
        return low...high
    }

    /// What the values of several curves span within a window; nil when there is none to draw.
    static func range(
        of lines: [ChartLine], in window: ClosedRange<Double>, _ scale: ChartScale
    ) -> ClosedRange<Double>? {
        let ranges = lines.compactMap { line -> ClosedRange<Double>? in
            var stretch = line.points.stretch(in: window)
            // Between two points there is their line.
            if stretch.isEmpty {
                stretch = max(0, stretch.lowerBound - 1)..<min(line.points.count, stretch.upperBound + 1)
            }
            return line.points.range(of: stretch, scale)
        }
        guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else { return nil }
        return low...high
    }
}

/// Curves over steps, drawn in braille dots, with a y axis at the left and an x axis below.
///
/// However many points fall into one column, its dots reach from their lowest to their highest, so that no spike is
/// lost; where the points are sparse, straight lines join them.
public struct LineChart: Drawable {
    public var lines: [ChartLine]
    /// What x counts, such as `steps`; stands at the end of the x axis.
    public var xLabel: String
    /// Stands behind each number of the y axis, such as ` %`.
    public var yUnit: String
    public var scale: ChartScale
    /// What the axes span; nil takes what the points span.
    public var xRange: ClosedRange<Double>?
    public var yRange: ClosedRange<Double>?
    public var axisStyle: Style
    /// Whether the names of the curves stand in the first row.
    public var hasLegend: Bool

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

    public func draw(in area: Rect, on surface: inout Surface) {
        surface.fill(area)
        var rest = area
        if hasLegend, area.height > 4 { drawLegend(in: rest.takeTop(1), on: &surface) }
        guard let x = xRange ?? Envelope.range(of: lines.lazy.flatMap(\.points).map(\.x)),
            let y = yRange ?? Envelope.range(of: lines.lazy.flatMap(\.points).map(\.y).filter(isDrawn)),
            rest.height > 1
        else { return }
        let axis = ChartAxis(range: y, rows: rest.height - 1, unit: yUnit, scale: scale)
        let labelRow = rest.takeBottom(1)
        let labels = rest.takeLeft(min(axis.labelWidth(surface.measure) + 1, rest.width / 2)).inset(right: 1)
        drawLabels(axis, in: labels, on: &surface)
        drawSteps(x, in: labelRow.inset(left: labels.width + 1), on: &surface)
        var plot = ChartPlot(
            width: rest.width, height: rest.height, glyphs: surface.glyphs, x: x, y: axis.range, scale: scale)
        for line in lines { plot.add(line) }
        plot.draw(in: rest, on: &surface)
    }

    // MARK: -

    private func isDrawn(_ y: Double) -> Bool { y.isFinite && (scale == .linear || y > 0) }

    private func drawLabels(_ axis: ChartAxis, in area: Rect, on surface: inout Surface) {
        for tick in axis.ticks {
            surface.write(tick.label, in: area.row(tick.row), style: axisStyle, alignment: .right, overflow: .cut)
        }
    }

    private func drawSteps(_ x: ClosedRange<Double>, in area: Rect, on surface: inout Surface) {
        let end = ChartAxis.label(x.upperBound, decimals: 0) + (xLabel.isEmpty ? "" : " " + xLabel)
        let endColumns = surface.measure.columns(of: end)
        surface.write(end, in: area, style: axisStyle, alignment: .right)
        let middle = ChartAxis.label((x.lowerBound + x.upperBound) / 2, decimals: 0)
        let marks = [(ChartAxis.label(x.lowerBound, decimals: 0), 0), (middle, area.width / 2)]
        for (text, place) in marks where place + surface.measure.columns(of: text) + 2 + endColumns <= area.width {
            surface.write(text, at: Point(x: area.x + place, y: area.y), style: axisStyle)
        }
    }

    private func drawLegend(in row: Rect, on surface: inout Surface) {
        let isPlain = surface.glyphs == .unicode
        let spans = lines.flatMap { line in
            [
                Label.Span(line.name + " ", axisStyle),
                Label.Span(line.isDashed ? (isPlain ? "┈┈┈" : "- -") : (isPlain ? "───" : "---"), line.style),
                Label.Span("  ", axisStyle),
            ]
        }
        Label(Array(spans.dropLast()), alignment: .right).draw(in: row, on: &surface)
    }
}

/// A chart as a picture on white, with title, axes and legend: as SVG, or as PNG.
///
/// The PNG has letters for ASCII alone; other signs are boxes there, and are right in the SVG.
public struct ChartFigure: Sendable {
    public struct Line: Sendable {
        public var name: String
        public var points: any ChartPoints
        /// Its place among the colours of a figure; curves of one run share theirs.
        public var color: Int
        public var isDashed: Bool
        /// The noise behind a smoothed curve, which has no place in the legend.
        public var isFaint: Bool

        public init(
            _ name: String, points: any ChartPoints, color: Int, isDashed: Bool = false, isFaint: Bool = false
        ) {
            self.name = name
            self.points = points
            self.color = color
            self.isDashed = isDashed
            self.isFaint = isFaint
        }
    }

    public var title: String
    public var lines: [Line]
    public var xLabel: String
    public var xNumbers: ChartNumbers
    public var yLabel: String
    public var scale: ChartScale
    /// What the x axis spans; nil takes what the points span.
    public var window: ClosedRange<Double>?
    /// In points; those of a PNG are its pixels.
    public var size = Size(width: 1200, height: 675)

    public init(
        title: String, lines: [Line], xLabel: String = "", xNumbers: ChartNumbers = .plain, yLabel: String = "",
        scale: ChartScale = .linear, window: ClosedRange<Double>? = nil
    ) {
        self.title = title
        self.lines = lines
        self.xLabel = xLabel
        self.xNumbers = xNumbers
        self.yLabel = yLabel
        self.scale = scale
        self.window = window
    }

    // MARK: -

    static let margin = (left: 96, top: 84, right: 32, bottom: 64)

    /// On white each stands out at 3 : 1 or better, also for those who see red and green alike.
    static let colors: [(UInt8, UInt8, UInt8)] = [
        (0x00, 0x5f, 0xb8), (0xb4, 0x53, 0x09), (0x0f, 0x76, 0x6e), (0xa2, 0x1c, 0x6f), (0x5b, 0x4b, 0x00),
        (0x4b, 0x55, 0x63),
    ]

    /// Where the curves are.
    var plot: Rect {
        Rect(size).inset(
            left: Self.margin.left, top: Self.margin.top, right: Self.margin.right, bottom: Self.margin.bottom)
    }

    /// What the axes span and which numbers stand along them; nil where there is nothing to draw.
    var axes: Axes? {
        let chartLines = lines.map { ChartLine($0.name, points: $0.points) }
        guard let x = window ?? ChartLine.span(of: chartLines),
            let y = ChartLine.range(of: chartLines, in: x, scale)
        else { return nil }
        let axis = ChartAxis(range: y, rows: plot.height + 1, unit: "", scale: scale, most: 8)
        let frame = ChartFrame(width: plot.width, height: plot.height, x: x, y: axis.range, scale: scale)
        let numbers = xNumbers.ticks(in: x, most: 8)
        let across = zip(numbers, xNumbers.labels(of: numbers)).map { (plot.x + frame.column(of: $0), $1) }
        return Axes(frame: frame, across: across, down: axis.ticks.map { (plot.y + $0.row, $0.label) })
    }

    struct Axes {
        let frame: ChartFrame
        /// Places along the x axis with their numbers.
        let across: [(x: Int, label: String)]
        let down: [(y: Int, label: String)]
    }

    /// The points of a curve that are worth drawing: all, or for each point of the picture the lowest and the highest.
    /// Parted where there are gaps.
    func strokes(of line: Line, in axes: Axes) -> [[(x: Double, y: Double)]] {
        let frame = axes.frame
        let stretch = line.points.stretch(in: frame.x)
        var strokes: [[(x: Double, y: Double)]] = [[]]
        if stretch.count <= plot.width {
            let span = frame.x.upperBound - frame.x.lowerBound
            for index in stretch {
                let y = line.points.y(at: index)
                guard frame.isDrawn(y) else {
                    strokes.append([])
                    continue
                }
                let share = span > 0 ? (line.points.x(at: index) - frame.x.lowerBound) / span : 0
                strokes[strokes.count - 1].append(
                    (
                        Double(plot.x) + share * Double(plot.width - 1),
                        Double(plot.y) + (1 - min(1, max(0, frame.height(of: y)))) * Double(plot.height - 1)
                    ))
            }
        } else {
            for (column, span) in ChartSpans(line.points, in: frame).columns.enumerated() {
                guard let span else {
                    strokes.append([])
                    continue
                }
                let x = Double(plot.x + column)
                strokes[strokes.count - 1].append((x, Double(plot.y + span.lowerBound)))
                if span.count > 1 { strokes[strokes.count - 1].append((x, Double(plot.y + span.upperBound))) }
            }
        }
        return strokes.filter { !$0.isEmpty }
    }
}

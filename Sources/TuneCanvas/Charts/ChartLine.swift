/// One curve of a chart.
public struct ChartLine: Sendable {
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Stands in the legend; an empty one has no place there.
    public var name: String
    public var points: any ChartPoints
    public var style: Style
    /// Drawn with gaps, so that two curves can be told apart without colour.
    public var isDashed: Bool
    /// Stands where the curve ends, so that many curves can be told apart without colour.
    public var mark: Character?

    public init(
        _ name: String, points: any ChartPoints, style: Style = .plain, isDashed: Bool = false, mark: Character? = nil
    ) {
        self.name = name
        self.points = points
        self.style = style
        self.isDashed = isDashed
        self.mark = mark
    }

    public init(_ name: String, points: [Point], style: Style = .plain, isDashed: Bool = false) {
        self.init(name, points: PointList(points: points), style: style, isDashed: isDashed)
    }
}

/// How values are laid along the y axis.
public enum ChartScale: Sendable {
    case linear
    /// By powers of ten; values at or below 0 are gaps.
    case logarithmic
}

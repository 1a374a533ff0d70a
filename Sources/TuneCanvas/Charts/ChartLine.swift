/// One curve of a chart.
public struct ChartLine: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    public var name: String
    /// In order of x; a y that is not finite is a gap.
    public var points: [Point]
    public var style: Style
    /// Drawn with gaps, so that two curves can be told apart without colour.
    public var isDashed: Bool

    public init(_ name: String, points: [Point], style: Style = .plain, isDashed: Bool = false) {
        self.name = name
        self.points = points
        self.style = style
        self.isDashed = isDashed
    }
}

/// How values are laid along the y axis.
public enum ChartScale: Sendable {
    case linear
    /// By powers of ten; values at or below 0 are gaps.
    case logarithmic
}

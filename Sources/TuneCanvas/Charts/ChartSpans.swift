import Foundation

/// A curve as dots: for each column of them, how far it reaches from top to bottom.
///
/// However many points fall into a column, its stretch goes from their lowest to their highest, so that no spike is
/// lost; where points are sparse, straight lines join them. The time it takes grows with the columns, not the points.
struct ChartSpans {
    /// Rows of dots counted from the top; nil in a column without the curve.
    private(set) var columns: [ClosedRange<Int>?]

    private let frame: ChartFrame

    init(_ points: any ChartPoints, in frame: ChartFrame) {
        self.frame = frame
        columns = Array(repeating: nil, count: frame.width)
        guard frame.width > 0, frame.height > 0, points.count > 0 else { return }
        var index = points.place(of: frame.x.lowerBound)
        // What lies before the window leads into it.
        var last = index > 0 ? edge(points, index - 1, at: frame.x.lowerBound) : nil
        for column in columns.indices {
            let end =
                column == frame.width - 1
                ? points.place(of: frame.x.upperBound.nextUp) : points.place(of: frame.end(of: column))
            guard index < end else { continue }
            if end - index > Self.fewPoints {
                if let start = dot(points, index, column) { join(last, start) }
                if let range = points.range(of: index..<end, frame.scale) {
                    reach(column, frame.row(of: range.upperBound))
                    reach(column, frame.row(of: range.lowerBound))
                }
                last = dot(points, end - 1, column)
            } else {
                for place in index..<end {
                    let next = dot(points, place, column)
                    if let next { join(last, next) }
                    last = next
                }
            }
            index = max(index, end)
        }
        if index < points.count, index > 0, let leaving = edge(points, index - 1, at: frame.x.upperBound) {
            join(last, leaving)
        }
    }

    // MARK: -

    /// Up to so many points in a column are joined one by one.
    private static let fewPoints = 4

    private typealias Dot = (x: Int, y: Int)

    private func dot(_ points: any ChartPoints, _ index: Int, _ column: Int) -> Dot? {
        let y = points.y(at: index)
        return frame.isDrawn(y) ? (column, frame.row(of: y)) : nil
    }

    /// Where the line between two points crosses an edge of the window; nil where it is a gap.
    private func edge(_ points: any ChartPoints, _ index: Int, at x: Double) -> Dot? {
        guard index + 1 < points.count else { return nil }
        let (from, to) = (points.y(at: index), points.y(at: index + 1))
        guard frame.isDrawn(from), frame.isDrawn(to) else { return nil }
        let width = points.x(at: index + 1) - points.x(at: index)
        let share = width > 0 ? (x - points.x(at: index)) / width : 0
        let place = frame.height(of: from) + (frame.height(of: to) - frame.height(of: from)) * share
        return (x == frame.x.lowerBound ? 0 : frame.width - 1, frame.row(atHeight: place))
    }

    private mutating func join(_ from: Dot?, _ to: Dot) {
        guard let from, from != to else { return reach(to.x, to.y) }
        let count = max(abs(to.x - from.x), abs(to.y - from.y))
        for step in 0...count {
            let share = Double(step) / Double(count)
            reach(
                from.x + Int((Double(to.x - from.x) * share).rounded()),
                from.y + Int((Double(to.y - from.y) * share).rounded()))
        }
    }

    private mutating func reach(_ column: Int, _ row: Int) {
        guard let span = columns[column] else {
            columns[column] = row...row
            return
        }
        columns[column] = min(span.lowerBound, row)...max(span.upperBound, row)
    }
}

/// What the dots of a chart stand for.
struct ChartFrame {
    /// In dots.
    let width: Int
    let height: Int
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let scale: ChartScale

    init(width: Int, height: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, scale: ChartScale) {
        self.width = width
        self.height = height
        self.x = x
        self.y = y
        // No power of ten is 0 or less.
        self.scale = y.lowerBound > 0 ? scale : .linear
    }

    func isDrawn(_ y: Double) -> Bool { y.isFinite && (scale == .linear || y > 0) }

    /// The column of dots that x is nearest to; outside of the window that of the edge.
    func column(of x: Double) -> Int {
        let span = self.x.upperBound - self.x.lowerBound
        let share = span > 0 ? min(1, max(0, (x - self.x.lowerBound) / span)) : 0
        return Int((share * Double(width - 1)).rounded())
    }

    /// Where the points of the next column of dots begin.
    func end(of column: Int) -> Double {
        let span = x.upperBound - x.lowerBound
        return x.lowerBound + span * (Double(column) + 0.5) / Double(max(1, width - 1))
    }

    /// From 0 at the lowest to 1 at the highest value.
    func height(of y: Double) -> Double {
        let span = self.y.upperBound - self.y.lowerBound
        guard span > 0 else { return 0.5 }
        guard scale == .logarithmic else { return (y - self.y.lowerBound) / span }
        return (log(y) - log(self.y.lowerBound)) / (log(self.y.upperBound) - log(self.y.lowerBound))
    }

    /// The row of dots of a value, from the top; a value outside of the axis is at its end.
    func row(of y: Double) -> Int { row(atHeight: height(of: y)) }

    func row(atHeight share: Double) -> Int { Int(((1 - min(1, max(0, share))) * Double(height - 1)).rounded()) }
}

/// The points of a curve, in order of x; a y that is not finite is a gap.
public protocol ChartPoints: Sendable {
    var count: Int { get }
    func x(at index: Int) -> Double
    func y(at index: Int) -> Double
    /// How far the values of a stretch reach; nil when none can be drawn. Asked for every column, so that a source of
    /// many points should know it without looking at each.
    func range(of stretch: Range<Int>, _ scale: ChartScale) -> ClosedRange<Double>?
}

extension ChartPoints {
    public func range(of stretch: Range<Int>, _ scale: ChartScale) -> ClosedRange<Double>? {
        Envelope.range(of: stretch.lazy.map(y).filter { scale == .linear || $0 > 0 })
    }

    /// What x spans; nil without points.
    var span: ClosedRange<Double>? { count > 0 ? x(at: 0)...max(x(at: 0), x(at: count - 1)) : nil }

    /// The place of the first point at or after x; the number of points when there is none.
    func place(of x: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.x(at: middle) < x { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The points within a range of x.
    func stretch(in range: ClosedRange<Double>) -> Range<Int> {
        let low = place(of: range.lowerBound)
        return low..<max(low, place(of: range.upperBound.nextUp))
    }

    /// The point a crosshair at x tells of: the one there, or the last before it, which is what was known then.
    public func nearest(to x: Double) -> ChartLine.Point? {
        let place = place(of: x)
        let index = place < count && self.x(at: place) == x ? place : place - 1
        return index >= 0 ? ChartLine.Point(x: self.x(at: index), y: y(at: index)) : nil
    }
}

/// Points laid out one by one, for curves of few.
struct PointList: ChartPoints {
    let points: [ChartLine.Point]

    var count: Int { points.count }
    func x(at index: Int) -> Double { points[index].x }
    func y(at index: Int) -> Double { points[index].y }
}

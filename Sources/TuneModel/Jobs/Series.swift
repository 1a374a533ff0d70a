/// A curve: values over steps, in order of the steps.
public struct Series: Sendable {
    public struct Point: Hashable, Sendable {
        public var step: Int
        public var value: Double

        public init(step: Int, value: Double) {
            self.step = step
            self.value = value
        }
    }

    public private(set) var points: [Point] = []
    /// Grows with the points, so that any stretch of them is measured at once.
    private var extents = Extents()

    public init() {}

    public init(_ values: [Double]) {
        for (index, value) in values.enumerated() { append(value, at: index + 1) }
    }

    public var isEmpty: Bool { points.isEmpty }
    public var last: Double? { points.last?.value }

    /// Adds a point; a step at or before the last one means that the run was resumed, and replaces what followed.
    public mutating func append(_ value: Double, at step: Int) {
        if let last = points.last, last.step >= step { cut(from: step) }
        points.append(Point(step: step, value: value))
        extents.append({ points[$0].value }, at: points.count - 1)
    }

    /// Forgets the points from a step on.
    public mutating func cut(from step: Int) {
        points.removeLast(points.count - place(of: step))
        extents.truncate(to: points.count)
    }

    /// The smallest and largest finite values; nil when there are none.
    public var bounds: ClosedRange<Double>? {
        let all = extent(of: points.indices)
        return all.isEmpty ? nil : all.low...all.high
    }

    /// What a stretch of the points spans, found without looking at each.
    public func extent(of range: Range<Int>) -> Extents.Extent {
        extents.extent(of: range.clamped(to: points.indices)) { points[$0].value }
    }

    /// The place of the first point at or after a step; the number of points when there is none.
    public func place(of step: Int) -> Int {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].step < step { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The value at a step; between two points the earlier one's, which is the last that was known then. Nil before the
    /// first point.
    public func value(at step: Int) -> Double? {
        let place = place(of: step)
        if place < points.count, points[place].step == step { return points[place].value }
        return place > 0 ? points[place - 1].value : nil
    }

    /// One value for each of `columns` equal stretches of the points: their mean, so that the whole run is shown.
    public func bucketed(to columns: Int) -> [Double] {
        guard columns > 0 else { return [] }
        guard points.count > columns else { return points.map(\.value) }
        return (0..<columns).map { column in
            let bucket = points[(column * points.count / columns)..<((column + 1) * points.count / columns)]
            return bucket.reduce(0) { $0 + $1.value } / Double(bucket.count)
        }
    }
}

/// The extents follow from the points.
extension Series: Hashable {
    public static func == (left: Series, right: Series) -> Bool { left.points == right.points }
    public func hash(into hasher: inout Hasher) { hasher.combine(points) }
}

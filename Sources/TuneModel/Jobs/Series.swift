/// A curve: values over steps, in order of the steps.
public struct Series: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var step: Int
        public var value: Double

        public init(step: Int, value: Double) {
            self.step = step
            self.value = value
        }
    }

    public private(set) var points: [Point] = []

    public init() {}

    public init(_ values: [Double]) {
        points = values.enumerated().map { Point(step: $0 + 1, value: $1) }
    }

    public var isEmpty: Bool { points.isEmpty }
    public var last: Double? { points.last?.value }

    /// Adds a point; a step at or before the last one means that the run was resumed, and replaces what followed.
    public mutating func append(_ value: Double, at step: Int) {
        while let last = points.last, last.step >= step { points.removeLast() }
        points.append(Point(step: step, value: value))
    }

    /// The smallest and largest finite values; nil when there are none.
    public var bounds: ClosedRange<Double>? {
        var low = Double.infinity
        var high = -Double.infinity
        for point in points where point.value.isFinite {
            low = min(low, point.value)
            high = max(high, point.value)
        }
        return low <= high ? low...high : nil
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

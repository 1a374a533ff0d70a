import Foundation

/// A curve without its noise: an exponential moving average, kept up with the curve as that grows.
///
/// The average starts from 0 and is divided by what it has taken in so far (1 − wⁿ), so that the first values are not
/// drawn towards 0. A value that is not finite is a gap and leaves the average as it was.
public struct SmoothedSeries: Hashable, Sendable {
    public let weight: Double
    public private(set) var series = Series()
    private var average = 0.0
    private var taken = 0
    private var lastSeen: Series.Point?
    private var seen = 0

    /// - Parameter weight: of what came before, 0 (the curve itself) up to but not including 1.
    public init(weight: Double) {
        precondition(weight >= 0 && weight < 1, "a weight of \(weight)")
        self.weight = weight
    }

    /// Takes in what has come to the curve; begins anew when it is another one or has been cut.
    public mutating func follow(_ raw: Series) {
        let points = raw.points
        if seen > points.count || seen > 0 && points[seen - 1] != lastSeen { self = SmoothedSeries(weight: weight) }
        for point in points[seen...] {
            guard point.value.isFinite else {
                series.append(.nan, at: point.step)
                continue
            }
            average = average * weight + (1 - weight) * point.value
            taken += 1
            series.append(average / (1 - pow(weight, Double(taken))), at: point.step)
        }
        seen = points.count
        lastSeen = points.last
    }
}

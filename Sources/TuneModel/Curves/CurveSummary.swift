/// What one would say of a curve without drawing it.
public struct CurveSummary: Hashable, Sendable {
    public enum Trend: Hashable, Sendable { case falling, rising, level }

    public let first: Series.Point
    public let last: Series.Point
    public let lowest: Series.Point
    public let highest: Series.Point
    /// How many of its points are numbers.
    public let count: Int
    public let gaps: Int
    /// Of the last tenth against the tenth before; nil with too few points to tell.
    public let trend: Trend?
    /// Points that stand out from those around them, the farthest first.
    public let spikes: [Series.Point]

    /// Nil when no point is a number.
    public init?(_ series: Series) {
        let points = series.points.filter(\.value.isFinite)
        guard let first = points.first, let last = points.last,
            let lowest = points.min(by: { $0.value < $1.value }),
            let highest = points.max(by: { $0.value < $1.value })
        else { return nil }
        self.first = first
        self.last = last
        self.lowest = lowest
        self.highest = highest
        count = points.count
        gaps = series.points.count - points.count
        trend = Self.trend(points, range: highest.value - lowest.value)
        spikes = Self.spikes(points, range: highest.value - lowest.value)
    }

    // MARK: -

    /// A change of less than this share of the whole range is none.
    private static let levelShare = 0.02

    private static func trend(_ points: [Series.Point], range: Double) -> Trend? {
        guard points.count >= 10 else { return nil }
        let tenth = max(2, points.count / 10)
        func mean(_ part: some Sequence<Series.Point>) -> Double { part.reduce(0) { $0 + $1.value } / Double(tenth) }
        let change = mean(points.suffix(tenth)) - mean(points.dropLast(tenth).suffix(tenth))
        if abs(change) <= levelShare * range { return .level }
        return change < 0 ? .falling : .rising
    }

    /// Farther from the median of what came just before than six times what such distances usually are, and by a tenth of
    /// the whole range. The beginning is left out, where every run falls.
    private static func spikes(_ points: [Series.Point], range: Double) -> [Series.Point] {
        let warmUp = max(before, points.count / 20)
        guard points.count > warmUp * 2, range > 0 else { return [] }
        // A median is not moved by the spike before, as an average would be.
        let distances = (before..<points.count).map { place in
            abs(points[place].value - points[(place - before)..<place].map(\.value).sorted()[before / 2])
        }
        let usual = distances.sorted()[distances.count / 2]
        let least = max(6 * usual * 1.4826, range * 0.1)
        let found = (warmUp..<points.count).filter { distances[$0 - before] > least }
        return found.sorted { distances[$0 - before] > distances[$1 - before] }.map { points[$0] }
    }

    /// How many points a spike is measured by.
    private static let before = 9
}

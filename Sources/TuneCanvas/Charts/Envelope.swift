/// Many values shown in few columns without losing a peak.
enum Envelope {
    /// The smallest and largest finite value; nil when there is none.
    static func range(of values: some Sequence<Double>) -> ClosedRange<Double>? {
        var low = Double.infinity
        var high = -Double.infinity
        for value in values where value.isFinite {
            low = min(low, value)
            high = max(high, value)
        }
        return low <= high ? low...high : nil
    }

    /// The highest finite value of each of at most `columns` equal stretches; nil where a stretch has none.
    static func highest(of values: [Double], in columns: Int) -> [Double?] {
        guard values.count > columns else { return values.map { $0.isFinite ? $0 : nil } }
        return (0..<columns).map { column in
            let stretch = values[(column * values.count / columns)..<((column + 1) * values.count / columns)]
            return range(of: stretch)?.upperBound
        }
    }
}

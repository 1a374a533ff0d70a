import Foundation

/// Round numbers along an axis, and how they are written.
public enum ChartNumbers: Sendable {
    /// Steps, examples, measures.
    case plain
    /// Seconds, written as hours, minutes and seconds.
    case clock

    /// Round numbers within a range, about `most` of them at most: multiples of 1, 2 or 5 times a power of ten; of a
    /// clock, of what clocks are divided into.
    public func ticks(in range: ClosedRange<Double>, most: Int) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite, most > 0 else { return [range.lowerBound] }
        let step = step(atLeast: span / Double(most))
        let first = ceil(range.lowerBound / step - 1e-9)
        let last = floor(range.upperBound / step + 1e-9)
        guard first <= last, last - first < 10_000 else { return [range.lowerBound, range.upperBound] }
        return (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    /// The numbers of an axis as people read them, with as many decimals as tell them apart.
    public func labels(of numbers: [Double]) -> [String] {
        switch self {
        case .plain:
            let decimals = ChartAxis.decimals(numbers)
            return numbers.map { ChartAxis.label($0, decimals: decimals) }
        case .clock: return numbers.map(Self.clock)
        }
    }

    /// `0:09`, `4:10`, `1:02:03`
    static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e8 else { return "–" }
        let whole = Int(seconds.rounded())
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
    }

    // MARK: -

    private func step(atLeast raw: Double) -> Double {
        if self == .clock, let step = Self.clockSteps.first(where: { $0 >= raw * 0.999 }) { return step }
        // Beyond a day, days; below, what numbers are divided into.
        let unit = self == .clock ? 86_400.0 : 1
        let power = pow(10, floor(log10(raw / unit)))
        return ([1, 2, 5, 10].map { $0 * power }.first { $0 >= raw / unit * 0.999 } ?? 10 * power) * unit
    }

    private static let clockSteps: [Double] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
    ]
}

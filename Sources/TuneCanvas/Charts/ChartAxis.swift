import Foundation

/// The numbers along a chart's y axis.
struct ChartAxis {
    struct Tick: Hashable {
        /// Counted from the top of the plot.
        var row: Int
        var label: String
    }

    /// What the lowest and highest row mean: the values' range, widened when it is a single value.
    let range: ClosedRange<Double>
    let ticks: [Tick]

    /// - Parameter most: about so many numbers; nil takes one for every other row.
    init(range values: ClosedRange<Double>, rows: Int, unit: String, scale: ChartScale, most: Int? = nil) {
        let isLogarithmic = scale == .logarithmic && values.lowerBound > 0
        let range = Self.widened(values, isLogarithmic: isLogarithmic)
        self.range = range
        let numbers =
            isLogarithmic ? Self.powers(range) : ChartNumbers.plain.ticks(in: range, most: most ?? max(2, rows / 2))
        // Multiples share their decimals; powers of ten each have their own.
        let shared = isLogarithmic ? nil : Self.decimals(numbers)
        var ticks: [Tick] = []
        for number in numbers.reversed() {
            let row = Self.row(of: number, in: range, rows: rows, isLogarithmic: isLogarithmic)
            guard (0..<rows).contains(row), ticks.last?.row != row else { continue }
            let decimals = shared ?? Self.decimals([number])
            ticks.append(Tick(row: row, label: Self.label(number, decimals: decimals) + unit))
        }
        self.ticks = ticks
    }

    func labelWidth(_ measure: GlyphWidth) -> Int {
        ticks.map { measure.columns(of: $0.label) }.max() ?? 0
    }

    /// A number with thousands separated; very small and very large ones by powers of ten.
    static func label(_ value: Double, decimals: Int) -> String {
        if value != 0, abs(value) < 0.001 || abs(value) >= 1e9 { return powers(value, digits: 1) }
        let text = String(format: "%.\(decimals)f", value)
        let whole = text.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            let left = whole.count - index
            if index > 0, left % 3 == 0, whole[whole.index(whole.startIndex, offsetBy: index - 1)].isNumber {
                grouped.append(",")
            }
            grouped.append(digit)
        }
        return grouped + text.dropFirst(whole.count)
    }

    /// A measured value in four digits or so: `2.314`, `0.000130`, `12,345`.
    static func value(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        let power = Int(floor(log10(abs(value))))
        if power < -3 || power >= 9 { return powers(value, digits: 2) }
        return label(value, decimals: max(0, 3 - power))
    }

    // MARK: -

    /// `1.5e-4`, `2e-4`
    private static func powers(_ value: Double, digits: Int) -> String {
        let parts = String(format: "%.\(digits)e", value).split(separator: "e")
        var digits = parts[0]
        if digits.contains(".") {
            while digits.last == "0" { digits.removeLast() }
            if digits.last == "." { digits.removeLast() }
        }
        return "\(digits)e\(Int(parts[1]) ?? 0)"
    }

    private static func widened(_ range: ClosedRange<Double>, isLogarithmic: Bool) -> ClosedRange<Double> {
        guard range.upperBound == range.lowerBound else { return range }
        let value = range.lowerBound
        if isLogarithmic { return (value / 2)...(value * 2) }
        let margin = value == 0 ? 1 : abs(value) * 0.1
        return (value - margin)...(value + margin)
    }

    private static func row(
        of number: Double, in range: ClosedRange<Double>, rows: Int, isLogarithmic: Bool
    ) -> Int {
        let place =
            isLogarithmic
            ? (log(number) - log(range.lowerBound)) / (log(range.upperBound) - log(range.lowerBound))
            : (number - range.lowerBound) / (range.upperBound - range.lowerBound)
        return Int(((1 - place) * Double(rows - 1)).rounded())
    }

    /// Powers of ten; where there are too few of them, what lies between in round numbers.
    private static func powers(_ range: ClosedRange<Double>) -> [Double] {
        let first = Int(floor(log10(range.lowerBound) + 1e-9))
        let last = Int(ceil(log10(range.upperBound) - 1e-9))
        let (low, high) = (range.lowerBound * (1 - 1e-9), range.upperBound * (1 + 1e-9))
        let choices: [[Double]] = [[1], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]]
        for digits in choices {
            var numbers: [Double] = []
            for power in first...max(first, last) { numbers += digits.map { $0 * pow(10, Double(power)) } }
            numbers.removeAll { $0 < low || $0 > high }
            if numbers.count > 2 { return numbers }
        }
        return ChartNumbers.plain.ticks(in: range, most: 4)
    }

    /// As many decimals as tell the numbers apart, at most six.
    static func decimals(_ numbers: [Double]) -> Int {
        (0...6).first { places in
            let scale = pow(10, Double(places))
            return numbers.allSatisfy { abs($0 * scale - ($0 * scale).rounded()) < 1e-6 * max(1, abs($0 * scale)) }
        } ?? 3
    }
}

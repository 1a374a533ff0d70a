/// How far figures could be off by the chance of which records were measured on: the records are drawn anew, with
/// replacement, again and again (Efron 1979).
struct Bootstrap {
    /// Records.
    let count: Int
    let resamples: Int
    private var state: UInt64

    /// As many draws as are quick for so many records; 1,000 for up to 5,000.
    init(count: Int, seed: UInt64 = 42) {
        self.count = count
        resamples = count == 0 ? 0 : max(100, min(1_000, 5_000_000 / count))
        state = seed
    }

    /// How often each record was drawn; `count` draws in all.
    mutating func draw() -> [Double] {
        var times = [Double](repeating: 0, count: count)
        for _ in 0..<count { times[Int(next().multipliedFullWidth(by: UInt64(count)).high)] += 1 }
        return times
    }

    /// SplitMix64 (Steele et al. 2014): the same draws at every look at the same figures.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Where a figure lies in 95 of 100 draws.
public struct Interval: Hashable, Codable, Sendable {
    public let lower: Double
    public let upper: Double

    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// Nil without any values. Those that are no numbers are left out.
    init?(_ values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        guard !sorted.isEmpty else { return nil }
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let low = Int(place)
            let high = min(low + 1, sorted.count - 1)
            return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
        }
        lower = quantile(0.025)
        upper = quantile(0.975)
    }

    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

import Testing

@testable import TuneData

struct HistogramTests {
    @Test func binsHaveRoundEdgesAndHoldEveryValue() {
        let histogram = Histogram(0...99, bins: 10)
        #expect(histogram.scale == .linear)
        #expect(histogram.bins.map(\.range) == stride(from: 0, to: 100, by: 10).map { $0..<$0 + 10 })
        #expect(histogram.bins.allSatisfy { $0.count == 10 })
    }

    @Test func valuesFarApartGetBinsThatWiden() {
        let histogram = Histogram(Array(repeating: 7, count: 50) + [0, 3, 90_000], bins: 20)
        #expect(histogram.scale == .logarithmic)
        #expect(histogram.bins.first?.range == 0..<1)
        #expect(histogram.bins.last?.range == 50_000..<100_000)
        #expect(histogram.bins.first { $0.range.contains(7) }?.count == 50)
        #expect(histogram.largestCount == 50)
    }

    @Test(arguments: [Histogram.Scale.linear, .logarithmic])
    func binsStandSideBySideAndAreNoMoreThanAskedFor(_ scale: Histogram.Scale) {
        var random = MersenneTwister(seed: 5)
        for limit in [4, 9, 24, 60] {
            let reach = 1 + random.next(upTo: 40_000)
            let values = (0..<200).map { _ in 3 + Int(random.next(upTo: reach)) }
            let bins = Histogram(values, bins: limit, scale: scale).bins
            #expect(bins.reduce(0) { $0 + $1.count } == 200)
            #expect(zip(bins, bins.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound })
            #expect(bins.count <= max(limit, scale == .logarithmic ? 6 : 0) && bins.count > 1)
            #expect(bins[0].range.contains(values.min()!) && bins[bins.count - 1].range.contains(values.max()!))
        }
    }

    @Test func nothingHasNoBins() {
        #expect(Histogram([]).bins.isEmpty)
        #expect(Histogram([5]).bins == [Histogram.Bin(range: 5..<6, count: 1)])
    }
}

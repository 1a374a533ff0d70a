import Foundation
import Testing
import TuneModel

@Suite struct SeriesExtentTests {
    /// What a look at every value gives.
    private func plain(_ values: ArraySlice<Series.Point>) -> Extents.Extent {
        var extent = Extents.Extent()
        for point in values { extent.take(point.value) }
        return extent
    }

    private func agree(_ a: Extents.Extent, _ b: Extents.Extent) -> Bool {
        a.low == b.low && a.high == b.high && a.lowPositive == b.lowPositive && a.count == b.count
            && abs(a.sum - b.sum) <= 1e-9 * Double(max(1, a.count))
    }

    @Test func anyStretchIsMeasuredAsByLookingAtEach() {
        var random = SystemRandomNumberGenerator()
        for count in [0, 1, 15, 16, 17, 255, 256, 257, 4096, 5000] {
            var series = Series()
            for step in 0..<count {
                let value = Double.random(in: -1...1, using: &random)
                series.append(step % 31 == 7 ? .nan : value, at: step)
            }
            for _ in 0..<60 {
                let low = Int.random(in: 0...count, using: &random)
                let high = Int.random(in: low...count, using: &random)
                #expect(agree(series.extent(of: low..<high), plain(series.points[low..<high])), "\(low)..<\(high)")
            }
        }
    }

    @Test func aResumedRunIsMeasuredAnew() {
        var series = Series((0..<1000).map { Double($0) })
        series.append(-5, at: 300)
        for step in 301...700 { series.append(1, at: step) }
        #expect(series.points.count == 700)
        #expect(series.extent(of: 0..<700).high == 298)
        #expect(series.extent(of: 0..<700).low == -5)
        #expect(agree(series.extent(of: 250..<650), plain(series.points[250..<650])))
        series.cut(from: 17)
        #expect(series.extent(of: 0..<16).high == 15)
        #expect(series.bounds == 0...15)
    }

    @Test func aValueIsKnownFromItsStepOn() {
        var series = Series()
        series.append(1, at: 10)
        series.append(2, at: 20)
        #expect(series.value(at: 9) == nil && series.value(at: 10) == 1)
        #expect(series.value(at: 19) == 1 && series.value(at: 99) == 2)
    }
}

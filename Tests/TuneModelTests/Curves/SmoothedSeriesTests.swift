import Testing
import TuneModel

@Suite struct SmoothedSeriesTests {
    @Test func aConstantStaysWhatItIsFromTheFirstStep() {
        var smooth = SmoothedSeries(weight: 0.99)
        smooth.follow(Series(Array(repeating: 3, count: 50)))
        #expect(smooth.series.points.allSatisfy { abs($0.value - 3) < 1e-12 })
    }

    @Test func itIsTheWeightedMeanOfWhatCameBefore() {
        let values = [4.0, 1, 7, 2]
        var smooth = SmoothedSeries(weight: 0.5)
        smooth.follow(Series(values))
        for count in 1...4 {
            var (sum, weights) = (0.0, 0.0)
            for place in 0..<count {
                let weight = 1 / Double(1 << (count - 1 - place))
                sum += weight * values[place]
                weights += weight
            }
            #expect(abs(smooth.series.points[count - 1].value - sum / weights) < 1e-12)
        }
    }

    @Test func whatComesLaterIsTakenInAndWhatWasReplacedIsNot() {
        var raw = Series((0..<40).map { Double($0 * $0 % 17) })
        var kept = SmoothedSeries(weight: 0.9)
        kept.follow(raw)
        raw.append(100, at: 41)
        kept.follow(raw)
        var anew = SmoothedSeries(weight: 0.9)
        anew.follow(raw)
        #expect(kept.series == anew.series)
        raw.append(-3, at: 20)
        kept.follow(raw)
        anew = SmoothedSeries(weight: 0.9)
        anew.follow(raw)
        #expect(kept.series == anew.series && kept.series.points.count == 20)
    }

    @Test func aGapStaysAGapAndMovesNothing() {
        var smooth = SmoothedSeries(weight: 0.9)
        smooth.follow(Series([1, .nan, 1]))
        #expect(smooth.series.points[1].value.isNaN)
        #expect(abs(smooth.series.points[2].value - 1) < 1e-12)
    }

    @Test func noWeightIsTheCurveItself() {
        var smooth = SmoothedSeries(weight: 0)
        smooth.follow(Series([3, 1, 2]))
        #expect(smooth.series == Series([3, 1, 2]))
    }
}

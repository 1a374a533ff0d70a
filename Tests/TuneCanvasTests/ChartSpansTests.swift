import Testing

@testable import TuneCanvas

/// A curve as dots, whatever its points are.
@Suite struct ChartSpansTests {
    private struct Case: ChartPoints {
        var xs: [Double] = []
        var ys: [Double] = []

        init(seed: UInt64) {
            var random = Seeded(state: seed)
            let count = [1, 2, 5, 60, 700, 20_000][Int(seed % 6)]
            var x = 0.0
            for _ in 0..<count {
                x += Double.random(in: 0...3, using: &random)
                xs.append(x)
                let odds = Int.random(in: 0..<40, using: &random)
                let y = Double.random(in: 0.5...2, using: &random)
                ys.append(odds == 0 ? .nan : odds == 1 ? y * 50 : odds == 2 ? -y : y)
            }
        }

        var count: Int { xs.count }
        func x(at index: Int) -> Double { xs[index] }
        func y(at index: Int) -> Double { ys[index] }
    }

    @Test(arguments: 0..<60)
    func everyPointIsWithinWhatIsDrawnOfItsColumn(seed: Int) {
        let points = Case(seed: UInt64(seed))
        let end = points.xs.last ?? 0
        for window in [points.xs[0]...end, (end * 0.3)...(end * 0.55)] where window.lowerBound < window.upperBound {
            for scale in [ChartScale.linear, .logarithmic] {
                let frame = ChartFrame(width: 97, height: 40, x: window, y: 0.1...120, scale: scale)
                let spans = ChartSpans(points, in: frame).columns
                for index in 0..<points.count where window.contains(points.xs[index]) && frame.isDrawn(points.ys[index])
                {
                    // A point half way between two columns may be in either.
                    let column = frame.column(of: points.xs[index])
                    let row = frame.row(of: points.ys[index])
                    let near = spans[max(0, column - 1)...min(96, column + 1)]
                    let isInside = near.contains { $0?.contains(row) == true }
                    #expect(isInside, "point \(index) of \(points.count) in \(window)")
                }
            }
        }
    }

    @Test func aSpikeAmongAMillionIsInItsOwnColumn() {
        struct Spike: ChartPoints {
            let place: Int
            var count: Int { 1_000_000 }
            func x(at index: Int) -> Double { Double(index) }
            func y(at index: Int) -> Double { index == place ? 10 : 1 }
            func range(of stretch: Range<Int>, _ scale: ChartScale) -> ClosedRange<Double>? {
                stretch.isEmpty ? nil : 1...(stretch.contains(place) ? 10 : 1)
            }
        }
        let frame = ChartFrame(width: 160, height: 40, x: 0...999_999, y: 1...10, scale: .linear)
        for place in stride(from: 0, to: 1_000_000, by: 7919) {
            let spans = ChartSpans(Spike(place: place), in: frame).columns
            let tops = spans.indices.filter { spans[$0]?.lowerBound == 0 }
            #expect(tops.contains(frame.column(of: Double(place))))
            #expect(tops.count <= 2)
        }
    }

    @Test func betweenTwoPointsTheWindowShowsTheirLine() {
        let points = PointList(points: [.init(x: 0, y: 0), .init(x: 100, y: 100)])
        let frame = ChartFrame(width: 11, height: 101, x: 40...60, y: 0...100, scale: .linear)
        let spans = ChartSpans(points, in: frame).columns
        #expect(spans[0]?.contains(60) == true && spans[10]?.contains(40) == true)
        #expect(spans.allSatisfy { $0 != nil })
    }

    @Test func aGapIsAsWideAsWhatIsMissing() {
        let points = PointList(points: (0..<100).map { .init(x: Double($0), y: (40..<60).contains($0) ? .nan : 1) })
        let frame = ChartFrame(width: 100, height: 4, x: 0...99, y: 0...2, scale: .linear)
        let spans = ChartSpans(points, in: frame).columns
        #expect(spans.indices.filter { spans[$0] == nil } == Array(40..<60))
    }
}

private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}

import Testing

@testable import TuneData

struct RowSetTests {
    @Test func rowsComeOutAsTheyWentIn() {
        var random = MersenneTwister(seed: 11)
        var set = RowSet()
        var expected = RangeSet<Int>()
        for start in [0, 60, 63, 64, 127, 128, 500, 700] + (0..<50).map({ _ in Int(random.next(upTo: 2000)) }) {
            for row in start..<start + 1 + Int(random.next(upTo: 140)) {
                set.insert(row)
                expected.insert(contentsOf: row..<row + 1)
            }
        }
        #expect(set.ranges == expected)
        #expect(set.count == expected.ranges.reduce(0) { $0 + $1.count })
        #expect(!set.contains(1_000_000))
    }
}

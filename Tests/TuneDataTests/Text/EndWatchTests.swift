import Testing

@testable import TuneData

struct EndWatchTests {
    /// What all texts end with, and whether it stands in one of them earlier, from searches of stretches.
    private func outcome(_ texts: [String], cuts: [Int]) -> (end: String, recurs: Bool) {
        var census = EndCensus()
        var start = 0
        for cut in cuts + [texts.count] {
            var watch = EndWatch()
            for row in start..<cut {
                Array(texts[row].utf8).withUnsafeBufferPointer { watch.look(in: $0, row: row) }
            }
            census.add(watch)
            start = cut
        }
        let end = census.edge.bytes
        guard let missing = census.unsearched(for: end) else { return (String(decoding: end, as: UTF8.self), true) }
        let recurs = missing.joined().contains { row in
            Array(texts[row].utf8).withUnsafeBufferPointer { isEarlier(end, in: $0) }
        }
        return (String(decoding: end, as: UTF8.self), recurs)
    }

    private func texts(_ count: Int = 900) -> [String] { (0..<count).map { "question \($0) ->" } }

    @Test func findsAnEndThatStandsEarlierInAnyRow() {
        for row in [0, 63, 64, 65, 300, 450, 451, 899] {
            var texts = texts()
            texts[row] = "a -> b ->"
            for cuts in [[], [450], [10, 70, 800]] {
                #expect(outcome(texts, cuts: cuts) == (" ->", true), "row \(row), cut at \(cuts)")
            }
        }
    }

    @Test func anEndThatNarrowsLateIsLookedForInEarlierRowsToo() {
        // `->` alone is common to all; ` ->`, which the first rows share, recurs nowhere.
        for cuts in [[], [450], [100, 200]] {
            var texts = texts()
            texts[20] = "x->y ->"
            texts[700] = "tight->"
            #expect(outcome(texts, cuts: cuts) == ("->", true))
            texts[20] = "xy ->"
            #expect(outcome(texts, cuts: cuts) == ("->", false))
        }
    }

    @Test func theEndItselfIsNotEarlier() {
        #expect(outcome(texts(), cuts: [300]) == (" ->", false))
        #expect(outcome(["?", "?"], cuts: []) == ("?", false))
    }
}

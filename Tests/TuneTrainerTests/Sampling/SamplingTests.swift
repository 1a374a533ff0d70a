import Testing
import TuneModel

@testable import TuneTrainer

struct SamplingTests {
    private func draw(_ logits: [Float], temperature: Double, topP: Double, count: Int) -> [Int32] {
        var sampler = Sampler(Sampling(temperature: temperature, topP: topP, seed: 1))
        let logits = Numbers().matrix(1, logits.count, logits)
        return (0..<count).map { _ in sampler.choose(logits) }
    }

    @Test func withoutTemperatureTheFirstLikeliestIsTaken() {
        #expect(Set(draw([0, 3, 3, 1], temperature: 0, topP: 1, count: 20)) == [1])
    }

    @Test func drawsFollowTheProbabilities() {
        let draws = draw([0, 1.0986123], temperature: 1, topP: 1, count: 4_000)
        #expect(abs(Double(draws.count { $0 == 1 }) / 4_000 - 0.75) < 0.03)
    }

    @Test func onlyTheLikeliestThatMakeUpTheShareAreDrawn() {
        #expect(Set(draw([2, 1.9, 0, -1], temperature: 1, topP: 0.8, count: 500)) == [0, 1])
        #expect(Set(draw([2, 1.9, 0, -1], temperature: 1, topP: 0.01, count: 50)) == [0])
    }

    @Test func aSeedRepeatsItself() {
        let logits = (0..<50).map { Float($0 % 7) }
        #expect(draw(logits, temperature: 1, topP: 1, count: 100) == draw(logits, temperature: 1, topP: 1, count: 100))
    }
}

struct StopFinderTests {
    /// Feeds the pieces and returns what is shown, and whether the answer was stopped.
    private func shown(_ pieces: [String], stops: [String]) -> (String, Bool) {
        var finder = StopFinder(stops)
        var text = ""
        for piece in pieces {
            let (safe, isStopped) = finder.append(piece)
            text += safe
            if isStopped { return (text, true) }
        }
        return (text + finder.finish(), false)
    }

    @Test(arguments: [
        ["one", " END two"], ["one E", "N", "D two"], ["one END"], ["o", "n", "e", " ", "E", "N", "D"],
    ])
    func theStopIsFoundAcrossPieces(_ pieces: [String]) {
        #expect(shown(pieces, stops: [" END"]) == ("one", true))
    }

    @Test func whatOnlyBeganLikeAStopIsShown() {
        #expect(shown(["one EN", "OUGH"], stops: [" END"]) == ("one ENOUGH", false))
        #expect(shown(["one EN"], stops: [" END"]) == ("one EN", false))
    }

    @Test func chineseStopsCutNoCharacter() {
        #expect(shown(["天地", "玄黄", "。宇宙"], stops: ["。"]) == ("天地玄黄", true))
    }

    @Test func theFirstOfSeveralStopsEnds() {
        #expect(shown(["a\nb###c"], stops: ["###", "\n"]) == ("a", true))
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneControl

/// Walking over the tokens of an answer.
struct OddsTests {
    private func token(_ text: String, _ share: Double) -> ChosenToken {
        let chance = ChosenToken.Chance(id: 1, bytes: Array(text.utf8), logProbability: log(share))
        return ChosenToken(chosen: chance, alternatives: [chance])
    }

    private func answered(_ shares: [Double]) -> Ask.State {
        var state = Ask.State()
        _ = Ask.update(&state, .modelChosen("m", base: "base"))
        _ = Ask.update(&state, .edited(.insert("?")))
        _ = Ask.update(&state, .asked)
        _ = Ask.update(&state, .arrived(side: 0, .text("base", [token("base", 1)])))
        for share in shares { _ = Ask.update(&state, .arrived(side: 1, .text("x", [token("x", share)]))) }
        return state
    }

    @Test func stepsStayWithinTheAnswer() {
        var state = answered([0.9, 0.8, 0.7])
        _ = Ask.update(&state, .odds(.toggled))
        #expect(state.odds == Odds(side: 1))
        _ = Ask.update(&state, .odds(.moved(by: -1)))
        #expect(state.odds?.token == 0)
        _ = Ask.update(&state, .odds(.moved(by: 9)))
        #expect(state.odds?.token == 2)
        _ = Ask.update(&state, .odds(.toggled))
        #expect(state.odds == nil)
    }

    @Test func doubtfulTokensAreFoundInBothDirections() {
        var state = answered([0.2, 0.9, 0.4, 0.9])
        _ = Ask.update(&state, .odds(.toggled))
        _ = Ask.update(&state, .odds(.jumped(forward: true)))
        #expect(state.odds?.token == 2)
        _ = Ask.update(&state, .odds(.jumped(forward: true)))
        #expect(state.odds?.token == 2)
        _ = Ask.update(&state, .odds(.jumped(forward: false)))
        #expect(state.odds?.token == 0)
    }

    @Test func theOtherAnswerHasTokensOfItsOwn() {
        var state = answered([0.9, 0.8])
        _ = Ask.update(&state, .odds(.toggled))
        _ = Ask.update(&state, .odds(.moved(by: 1)))
        _ = Ask.update(&state, .focused(0))
        #expect(state.odds == Odds(side: 0))
    }

    @Test func withoutTokensThereIsNothingToWalkOver() {
        var state = answered([])
        _ = Ask.update(&state, .odds(.toggled))
        #expect(state.odds == nil)
    }

    @Test func onlyTheLastAnswersKeepTheirTokens() {
        var state = answered([0.9])
        let summary = AnswerSummary(finish: .stop, promptTokens: 1, completionTokens: 1, tokensPerSecond: 1)
        for side in 0...1 { _ = Ask.update(&state, .arrived(side: side, .finished(summary))) }
        _ = Ask.update(&state, .edited(.insert("again?")))
        _ = Ask.update(&state, .asked)
        #expect(state.turns[0].sides.allSatisfy { $0.tokens.isEmpty })
        #expect(state.turns[0].sides[1].text == "x")
    }
}

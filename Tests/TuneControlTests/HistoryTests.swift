import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct HistoryTests {
    private func answer(_ id: Int64) -> KeptAnswer {
        KeptAnswer(
            id: id, createdAt: .distantPast, model: "m", prompt: "q\(id)", answer: "a", summary: nil, request: nil)
    }

    private func opened(_ ids: ClosedRange<Int64>) -> Deck.State {
        var state = Deck.State(language: .english)
        state.tab = .ask
        let effects = Deck.update(&state, .command(.history, rows: 5))
        #expect(effects == [.loadAnswers(words: [])])
        _ = Deck.update(&state, .history(.arrived(words: [], ids.reversed().map(answer))))
        return state
    }

    private func history(_ state: Deck.State) throws -> History.State {
        guard case .history(let history)? = state.dialogs.last else { throw CancellationError() }
        return history
    }

    @Test func everyWordTypedIsLookedForAndLateNewsIsDropped() throws {
        var state = opened(1...3)
        _ = Deck.update(&state, .command(.searchHistory, rows: 5))
        #expect(Deck.update(&state, .text(.insert("klu"))) == [.loadAnswers(words: ["klu"])])
        #expect(Deck.update(&state, .text(.insert(" "))) == [])
        #expect(Deck.update(&state, .text(.insert("de"))) == [.loadAnswers(words: ["klu", "de"])])
        _ = Deck.update(&state, .history(.arrived(words: ["klu"], [answer(1)])))
        #expect(try history(state).answers.count == 3)
        _ = Deck.update(&state, .history(.arrived(words: ["klu", "de"], [])))
        #expect(try history(state).answers.isEmpty)
        // Back leads to the whole list first, then out.
        #expect(Deck.update(&state, .command(.back, rows: 5)) == [.loadAnswers(words: [])])
        #expect(try history(state).isTyping == false)
        _ = Deck.update(&state, .command(.back, rows: 5))
        #expect(state.dialogs.isEmpty)
    }

    @Test func deletingIsAskedAboutAndKeepsThePlace() throws {
        var state = opened(1...3)
        _ = Deck.update(&state, .command(.down, rows: 5))
        _ = Deck.update(&state, .command(.deleteAnswer, rows: 5))
        #expect(Deck.update(&state, .command(.confirmYes, rows: 1)) == [.deleteAnswer(2)])
        _ = Deck.update(&state, .history(.deleted(2)))
        #expect(try history(state).answers.map(\.id) == [3, 1])
        #expect(try history(state).selected?.id == 1)
    }

    @Test func anAnswerIsReopenedOnTheScreenAsk() {
        var state = opened(1...2)
        state.tab = .compare
        _ = Deck.update(&state, .command(.accept, rows: 5))
        #expect(state.tab == .ask)
        #expect(state.dialogs.isEmpty)
        #expect(state.ask.model == "m")
        #expect(state.ask.turns.map(\.question) == ["q2"])
        #expect(state.pane == .answers)
    }
}

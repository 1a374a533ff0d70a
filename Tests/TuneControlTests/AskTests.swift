import Testing
import TuneModel

@testable import TuneControl

struct AskTests {
    private func ready(
        base: String? = "base", hints: AskHints? = AskHints(separator: " ->", stop: "\n", dataset: "/d.jsonl")
    ) -> Ask.State {
        var state = Ask.State()
        _ = Ask.update(&state, .modelChosen("tuned", base: base))
        _ = Ask.update(&state, .hintsArrived(model: "tuned", hints))
        _ = Ask.update(&state, .edited(.insert("What?")))
        return state
    }

    private let summary = AnswerSummary(finish: .stop, promptTokens: 1, completionTokens: 1, tokensPerSecond: 1)

    @Test func baseAndTunedAreAskedTheSameOneAfterTheOther() {
        var state = ready()
        let asked = Ask.update(&state, .asked)
        #expect(asked == [.answer(state.sides[0].request, .ask(0))])
        #expect(state.sides.map(\.model) == ["base", "tuned"])
        #expect(state.sides.allSatisfy { $0.request.input == .prompt("What? ->") && $0.request.stop == ["\n"] })
        _ = Ask.update(&state, .arrived(side: 0, .text("x")))
        let second = Ask.update(&state, .arrived(side: 0, .finished(summary)))
        let first = state.sides[0]
        #expect(
            second == [
                .keepAnswer(first.request, prompt: "What?", answer: "x", summary),
                .answer(state.sides[1].request, .ask(1)),
            ])
    }

    @Test func theTunedModelIsAskedEvenWhenTheBaseFails() {
        var state = ready()
        _ = Ask.update(&state, .asked)
        let why = Explanation(Wording("no", "无"), next: Wording("x", "x"))
        #expect(Ask.update(&state, .failed(side: 0, why)) == [.answer(state.sides[1].request, .ask(1))])
    }

    @Test func aSeparatorThatWasTypedIsNotAddedAgain() {
        var state = ready()
        _ = Ask.update(&state, .edited(.insert(" ->")))
        _ = Ask.update(&state, .asked)
        #expect(state.sides[0].request.input == .prompt("What? ->"))
    }

    @Test func aModelNothingIsKnownOfIsAskedAsAChat() {
        var state = ready(base: nil, hints: nil)
        _ = Ask.update(&state, .asked)
        #expect(state.sides.map(\.request.input) == [.chat([Message(role: "user", content: "What?")])])
    }

    @Test func nothingIsAskedWhileAnAnswerComesOrWithoutAPrompt() {
        var state = ready()
        _ = Ask.update(&state, .asked)
        #expect(Ask.update(&state, .asked) == [])
        var empty = Ask.State()
        _ = Ask.update(&empty, .modelChosen("m", base: nil))
        #expect(Ask.update(&empty, .asked) == [])
    }

    @Test func stoppingKeepsWhatHasCome() {
        var state = ready()
        _ = Ask.update(&state, .asked)
        _ = Ask.update(&state, .arrived(side: 0, .text("half")))
        let kept = Effect.keepAnswer(state.sides[0].request, prompt: "What?", answer: "half", nil)
        #expect(Ask.update(&state, .stopped) == [.stop(.asking), kept])
        #expect(state.sides[0].text == "half")
        #expect(state.sides.map(\.phase) == [.stopped, .stopped])
    }

    @Test func aCorrectionIsARecordAsTheModelLearnedThem() {
        var state = ready()
        _ = Ask.update(&state, .asked)
        _ = Ask.update(&state, .arrived(side: 0, .text("a thing")))
        let record = state.sides[0].correction(hints: state.hints, shape: .completion)
        #expect(record == .completion(prompt: "What? ->", completion: " a thing\n"))
    }

    @Test func anAnswerWithoutAWordCanBeCorrectedWhenItIsOver() {
        var state = ready(base: nil)
        _ = Ask.update(&state, .asked)
        #expect(state.correctable == nil)
        _ = Ask.update(&state, .arrived(side: 0, .finished(summary)))
        #expect(state.correctable == state.sides[0])
    }

    @Test func anAnswerIsCorrectedOnlyOnceItIsOver() {
        var state = ready(base: nil)
        _ = Ask.update(&state, .asked)
        _ = Ask.update(&state, .arrived(side: 0, .text("half")))
        #expect(state.correctable == nil)
        _ = Ask.update(&state, .stopped)
        #expect(state.correctable == state.sides[0])
    }

    @Test func aCorrectionTakesTheShapeOfItsDataset() {
        var state = ready(base: nil, hints: nil)
        _ = Ask.update(&state, .asked)
        _ = Ask.update(&state, .arrived(side: 0, .text(" a thing ")))
        let turns = [Message(role: "user", content: "What?"), Message(role: "assistant", content: "a thing")]
        #expect(state.sides[0].correction(hints: nil, shape: .chat) == .chat(turns))
        #expect(
            state.sides[0].correction(hints: nil, shape: .completion)
                == .completion(prompt: "What?", completion: " a thing "))
    }
}

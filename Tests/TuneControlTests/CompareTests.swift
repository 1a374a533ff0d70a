import Testing
import TuneModel

@testable import TuneControl

struct CompareTests {
    private let summary = AnswerSummary(finish: .stop, promptTokens: 1, completionTokens: 1, tokensPerSecond: 1)
    private let why = Explanation(Wording("no", "无"), next: Wording("x", "x"))

    private func chosen(_ models: [String] = ["a", "b"], bases: [String: String] = [:]) -> Compare.State {
        var state = Compare.State()
        _ = Compare.update(&state, .modelsChosen(models, bases: bases))
        return state
    }

    /// With the order turned round.
    private func asked(_ models: [String] = ["a", "b"]) -> Compare.State {
        var state = chosen(models)
        _ = Compare.update(&state, .edited(.insert("What?")))
        #expect(Compare.update(&state, .asked(AnswerSettings())) == [.drawOrder(models.count)])
        let effects = Compare.update(&state, .drawn(models.indices.reversed()))
        #expect(effects == state.sides.enumerated().map { .answer($1.request, .compare($0)) })
        return state
    }

    private func finish(_ places: Int..., in state: inout Compare.State) {
        for place in places {
            _ = Compare.update(&state, .arrived(place: place, .text(" answer \(place)")))
            _ = Compare.update(&state, .arrived(place: place, .finished(summary)))
        }
    }

    @Test func allAreAskedAtOnceInTheOrderThatWasDrawn() {
        let state = asked(["a", "b", "c"])
        #expect(state.sides.map(\.model) == ["c", "b", "a"])
        #expect(state.sides.map(\.request.model) == ["c", "b", "a"])
        #expect(state.isHidden)
        #expect(!state.isTyping)
    }

    @Test func withNamesOnShowNothingIsDrawn() {
        var state = chosen()
        _ = Compare.update(&state, .blindToggled)
        _ = Compare.update(&state, .edited(.insert("What?")))
        let effects = Compare.update(&state, .asked(AnswerSettings()))
        #expect(effects == state.sides.enumerated().map { .answer($1.request, .compare($0)) })
        #expect(state.sides.map(\.model) == ["a", "b"])
        #expect(!state.isHidden)
    }

    @Test func eachModelIsAskedAsItLearnedAndABaseAsThoseTrainedFromIt() {
        var state = chosen(["base", "tuned", "other"], bases: ["tuned": "base"])
        let hints = AskHints(separator: " ->", stop: "\n", dataset: "/d.jsonl")
        _ = Compare.update(&state, .hintsArrived(model: "tuned", hints))
        _ = Compare.update(&state, .hintsArrived(model: "base", nil))
        _ = Compare.update(&state, .blindToggled)
        _ = Compare.update(&state, .edited(.insert("What?")))
        _ = Compare.update(&state, .asked(AnswerSettings()))
        let chat = AnswerRequest.Input.chat([Message(role: "user", content: "What?")])
        #expect(state.sides.map(\.request.input) == [.prompt("What? ->"), .prompt("What? ->"), chat])
        #expect(state.sides.map(\.request.stop) == [["\n"], ["\n"], []])
    }

    @Test func whenOneFailsTheOthersGoOn() {
        var state = asked(["a", "b", "c"])
        _ = Compare.update(&state, .arrived(place: 0, .text("x")))
        _ = Compare.update(&state, .failed(place: 0, why))
        finish(1, 2, in: &state)
        #expect(state.sides[0].phase == .failed(why))
        #expect(state.contenders == [1, 2])
        #expect(state.canVote)
        // The one that failed cannot win.
        #expect(Compare.update(&state, .voted(.best(0))) == [])
        #expect(state.verdict == nil)
    }

    @Test func oneOrAllCanBeStopped() {
        var state = asked(["a", "b", "c"])
        _ = Compare.update(&state, .arrived(place: 1, .text("so far")))
        #expect(Compare.update(&state, .stopped(place: 1)) == [.stop(.contending(1))])
        #expect(state.sides.map(\.phase) == [.waiting, .stopped, .waiting])
        #expect(Compare.update(&state, .stopped(place: nil)) == [.stop(.contending(0)), .stop(.contending(2))])
        #expect(!state.isAnswering)
        // What comes late is dropped.
        _ = Compare.update(&state, .arrived(place: 0, .text("late")))
        #expect(state.sides[0].text.isEmpty)
    }

    @Test func thereIsNoVoteBeforeAllHaveAnswered() {
        var state = asked()
        finish(0, in: &state)
        #expect(Compare.update(&state, .voted(.tie)) == [])
        finish(1, in: &state)
        let vote = Vote(
            prompt: "What?", models: ["b", "a"], answers: [" answer 0", " answer 1"], verdict: .best(1), isBlind: true)
        #expect(Compare.update(&state, .voted(.best(1))) == [.vote(vote)])
        #expect(state.votes == [vote])
        #expect(!state.isHidden)
        #expect(state.tally["a"]?.won == 1)
        // One vote for one set of answers.
        #expect(Compare.update(&state, .voted(.tie)) == [])
    }

    @Test func aVoteWithoutTheOneThatFailedCountsItsPlacesAnew() {
        var state = asked(["a", "b", "c"])
        _ = Compare.update(&state, .failed(place: 0, why))
        finish(1, 2, in: &state)
        _ = Compare.update(&state, .voted(.best(2)))
        #expect(state.votes.last?.models == ["b", "a"])
        #expect(state.votes.last?.winner == "a")
    }

    @Test func namesThatWereSeenAreNotBlindAnyMore() {
        var state = asked()
        finish(0, 1, in: &state)
        _ = Compare.update(&state, .blindToggled)
        _ = Compare.update(&state, .blindToggled)
        #expect(!state.isHidden)
        _ = Compare.update(&state, .voted(.tie))
        #expect(state.votes.last?.isBlind == false)
    }

    @Test func aVoteCanBeTakenBack() {
        var state = asked()
        finish(0, 1, in: &state)
        _ = Compare.update(&state, .voted(.noneGood))
        #expect(Compare.update(&state, .unvoted) == [.unvote])
        #expect(state.votes.isEmpty)
        #expect(state.canVote)
        #expect(!state.isHidden)
        #expect(Compare.update(&state, .unvoted) == [])
    }

    @Test func aVoteBecomesAPairOfTheBestAndTheOneInFocus() throws {
        var state = asked(["a", "b", "c"])
        finish(0, 1, 2, in: &state)
        #expect(state.pair == nil)
        _ = Compare.update(&state, .voted(.best(1)))
        var pair = try #require(state.pair)
        #expect([pair.better.model, pair.worse.model] == ["b", "a"])
        _ = Compare.update(&state, .focused(0))
        pair = try #require(state.pair)
        #expect(pair.worse.model == "c")
        let record = Compare.preference(pair.better, pair.worse, to: state.question)
        #expect(
            record
                == .preference(
                    input: [Message(role: "user", content: "What?")],
                    preferred: [Message(role: "assistant", content: "answer 1")],
                    rejected: [Message(role: "assistant", content: "answer 0")]))
    }

    @Test func aTieIsNoPair() {
        var state = asked()
        finish(0, 1, in: &state)
        _ = Compare.update(&state, .voted(.tie))
        #expect(state.pair == nil)
    }

    @Test func aConversationOfADatasetIsAskedToItsLastAnswer() {
        var state = chosen()
        _ = Compare.update(&state, .blindToggled)
        let record = Record.chat([
            Message(role: "system", content: "s"), Message(role: "user", content: "one?"),
            Message(role: "assistant", content: "1"), Message(role: "user", content: "two?"),
            Message(role: "assistant", content: "2"),
        ])
        _ = Compare.update(&state, .recordArrived(path: "/d.jsonl", row: 3, record))
        #expect(state.prompt.text == "two?")
        #expect(state.source?.expected == "2")
        #expect(state.isTyping)
        var settings = AnswerSettings()
        settings.system = "another"
        _ = Compare.update(&state, .asked(settings))
        guard case .chat(let messages) = state.sides[0].request.input else {
            Issue.record("no chat")
            return
        }
        #expect(messages.map(\.content) == ["s", "one?", "1", "two?"])
    }

    @Test func aPromptOfOnesOwnIsAskedWithoutTheRecordsTurns() {
        var state = chosen()
        _ = Compare.update(&state, .blindToggled)
        let record = Record.preference(
            input: [
                Message(role: "user", content: "a"), Message(role: "assistant", content: "b"),
                Message(role: "user", content: "c"),
            ],
            preferred: [Message(role: "assistant", content: "good")],
            rejected: [Message(role: "assistant", content: "bad")])
        _ = Compare.update(&state, .recordArrived(path: "/d.jsonl", row: 0, record))
        #expect(state.source?.expected == "good")
        _ = Compare.update(&state, .edited(.insert("!")))
        _ = Compare.update(&state, .asked(AnswerSettings()))
        #expect(state.sides[0].request.input == .chat([Message(role: "user", content: "c!")]))
    }

    @Test func otherModelsTakeTheAnswersOffTheScreen() {
        var state = asked()
        let effects = Compare.update(&state, .modelsChosen(["a", "c"], bases: [:]))
        #expect(
            effects == [
                .stop(.contending(0)), .stop(.contending(1)), .loadHints(model: "a"), .loadHints(model: "c"),
            ])
        #expect(state.sides.isEmpty)
        #expect(state.places == 2)
    }
}

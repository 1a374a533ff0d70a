import Foundation
import Testing
import TuneModel

@testable import TuneControl

/// Asking in turns, and what is kept and remembered of it.
struct ConversationTests {
    private let summary = AnswerSummary(finish: .stop, promptTokens: 1, completionTokens: 1, tokensPerSecond: 1)

    private func ready(base: String? = nil) -> Ask.State {
        var state = Ask.State()
        _ = Ask.update(&state, .modelChosen("chatty", base: base))
        return state
    }

    private func ask(_ question: String, answers: [String], in state: inout Ask.State) {
        _ = Ask.update(&state, .typingChanged(true))
        _ = Ask.update(&state, .edited(.insert(question)))
        _ = Ask.update(&state, .asked)
        for (side, answer) in answers.enumerated() {
            _ = Ask.update(&state, .arrived(side: side, .text(answer)))
            _ = Ask.update(&state, .arrived(side: side, .finished(summary)))
        }
    }

    private func messages(_ side: AnswerSide) -> [String] {
        guard case .chat(let messages) = side.request.input else { return [] }
        return messages.map { "\($0.role): \($0.content)" }
    }

    @Test func eachModelIsToldItsOwnEarlierAnswers() {
        var state = ready(base: "base")
        ask("one?", answers: [" 1 ", "uno"], in: &state)
        ask("two?", answers: ["2", "due"], in: &state)
        #expect(state.turns.map(\.question) == ["one?", "two?"])
        #expect(messages(state.sides[0]) == ["user: one?", "assistant: 1", "user: two?"])
        #expect(messages(state.sides[1]) == ["user: one?", "assistant: uno", "user: two?"])
        #expect(state.prompt.isEmpty)
    }

    @Test func aModelThatCameLaterIsToldTheAnswersOfAnother() {
        var state = ready()
        ask("one?", answers: ["1"], in: &state)
        _ = Ask.update(&state, .modelChosen("other", base: nil))
        ask("two?", answers: [], in: &state)
        #expect(messages(state.sides[0]) == ["user: one?", "assistant: 1", "user: two?"])
    }

    @Test func anAnswerThatFailedIsNoTurnOfTheConversation() {
        var state = ready()
        ask("one?", answers: [], in: &state)
        _ = Ask.update(&state, .failed(side: 0, Explanation(Wording("no", "无"), next: Wording("x", "x"))))
        ask("two?", answers: [], in: &state)
        #expect(messages(state.sides[0]) == ["user: two?"])
    }

    @Test func theSystemPromptStandsBeforeEveryQuestionAndTheDraftComesBack() {
        var state = ready()
        _ = Ask.update(&state, .edited(.insert("half a ques")))
        _ = Ask.update(&state, .writingChanged(.system))
        #expect(state.prompt.isEmpty)
        _ = Ask.update(&state, .edited(.insert("Be short.")))
        #expect(Ask.update(&state, .asked) == [])
        #expect(state.settings.system == "Be short.")
        #expect(state.prompt.text == "half a ques")
        ask("tion?", answers: ["yes"], in: &state)
        ask("more?", answers: [], in: &state)
        #expect(
            messages(state.sides[0]) == [
                "system: Be short.", "user: half a question?", "assistant: yes", "user: more?",
            ])
    }

    @Test func leavingTheSystemPromptChangesNothing() {
        var state = ready()
        state.settings.system = "Be short."
        _ = Ask.update(&state, .edited(.insert("draft")))
        _ = Ask.update(&state, .writingChanged(.system))
        _ = Ask.update(&state, .edited(.insert(" And rude.")))
        _ = Ask.update(&state, .typingChanged(false))
        #expect(state.settings.system == "Be short.")
        #expect(state.prompt.text == "draft")
        #expect(state.writing == .question)
    }

    @Test func theLastQuestionIsReplacedOnlyOnceItIsAskedAnew() {
        var state = ready()
        ask("one?", answers: ["1"], in: &state)
        ask("tow?", answers: ["?"], in: &state)
        _ = Ask.update(&state, .edited(.insert("next")))
        _ = Ask.update(&state, .writingChanged(.revision))
        #expect(state.prompt.text == "tow?")
        #expect(state.turns.count == 2)
        _ = Ask.update(&state, .typingChanged(false))
        #expect(state.prompt.text == "next")
        _ = Ask.update(&state, .writingChanged(.revision))
        _ = Ask.update(&state, .edited(.selectAll))
        _ = Ask.update(&state, .edited(.insert("two?")))
        _ = Ask.update(&state, .asked)
        #expect(state.turns.map(\.question) == ["one?", "two?"])
        #expect(messages(state.sides[0]) == ["user: one?", "assistant: 1", "user: two?"])
        #expect(state.prompt.text == "next")
    }

    @Test func askingAgainTakesTheLastAnswerAway() {
        var state = ready()
        ask("one?", answers: ["1"], in: &state)
        #expect(Ask.update(&state, .askedAgain) == [.answer(state.sides[0].request, .ask(0))])
        #expect(state.turns.count == 1)
        #expect(state.sides[0].text.isEmpty)
    }

    @Test func aTextToGoOnWithHasNoTurns() {
        var state = ready()
        _ = Ask.update(&state, .formChanged)
        ask("one", answers: ["1"], in: &state)
        _ = Ask.update(&state, .edited(.insert(" two")))
        _ = Ask.update(&state, .asked)
        #expect(state.turns.map(\.question) == ["one two"])
        #expect(state.sides[0].request.input == .prompt("one two"))
    }

    @Test func aTextIsNoTurnOfTheConversationThatFollows() {
        var state = ready()
        _ = Ask.update(&state, .formChanged)
        ask("Once upon", answers: [" a time"], in: &state)
        _ = Ask.update(&state, .formChanged)
        _ = Ask.update(&state, .edited(.selectAll))
        ask("one?", answers: ["1"], in: &state)
        ask("two?", answers: [], in: &state)
        #expect(messages(state.sides[0]) == ["user: one?", "assistant: 1", "user: two?"])
    }

    @Test func aNewConversationStopsTheAnswerAndKeepsIt() {
        var state = ready()
        ask("one?", answers: [], in: &state)
        _ = Ask.update(&state, .arrived(side: 0, .text("ha")))
        let side = state.sides[0]
        let effects = Ask.update(&state, .conversationStarted)
        #expect(effects == [.stop(.asking), .keepAnswer(side.request, prompt: "one?", answer: "ha", nil)])
        #expect(state.turns.isEmpty)
        #expect(state.isTyping)
    }

    @Test func anEarlierConversationCanBeGoneOnWith() {
        var state = ready()
        var settings = AnswerSettings()
        settings.sampling.temperature = 0
        settings.maxTokens = 9
        settings.system = "Be short."
        let earlier = [Message(role: "user", content: "one?"), Message(role: "assistant", content: "1")]
        let request = settings.request("two?", of: "old", hints: nil, after: earlier)
        let kept = KeptAnswer(
            id: 4, createdAt: .distantPast, model: "old", prompt: "two?", answer: "2", summary: summary,
            request: request)
        let effects = Ask.update(&state, .reopened(kept, base: "base"))
        #expect(effects == [.loadHints(model: "old")])
        #expect(state.asked == ["old"])
        #expect(state.turns.map(\.question) == ["one?", "two?"])
        #expect(state.sides.map(\.text) == ["2"])
        #expect(state.settings.sampling.temperature == 0)
        #expect(state.settings.maxTokens == 9)
        ask("three?", answers: [], in: &state)
        #expect(
            messages(state.sides[0]) == [
                "system: Be short.", "user: one?", "assistant: 1", "user: two?", "assistant: 2", "user: three?",
            ])
    }

    @Test func aTextIsReopenedWithItsSeparatorAndStops() {
        var state = ready()
        var request = AnswerRequest(model: "tuned", input: .prompt("What? ->"), stop: ["\n", "END"])
        request.sampling.seed = 7
        let kept = KeptAnswer(
            id: 1, createdAt: .distantPast, model: "tuned", prompt: "What?", answer: " x", summary: nil,
            request: request)
        _ = Ask.update(&state, .reopened(kept, base: nil))
        #expect(state.prompt.text == "What?")
        #expect(state.sides[0].phase == .stopped)
        _ = Ask.update(&state, .askedAgain)
        #expect(state.sides[0].request.input == request.input)
        #expect(state.sides[0].request.stop == request.stop)
        #expect(state.sides[0].request.sampling == request.sampling)
    }

    @Test func whatWasSetForOneModelIsNotUsedForTheNext() {
        var state = ready()
        state.settings.separator = "###"
        state.settings.stop = ["END"]
        state.settings.sampling.temperature = 0
        _ = Ask.update(&state, .modelChosen("other", base: nil))
        #expect(state.settings.separator == nil)
        #expect(state.settings.stop == nil)
        #expect(state.settings.sampling.temperature == 0)
    }
}

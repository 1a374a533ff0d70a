import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

/// Asking a model: a conversation, its parameters, its tokens, and what was asked before.
@MainActor
struct AskScreenTests {
    nonisolated static let looks = ScreenLook.smallAndLarge
    private let tuned = "ft:smollm2-135m:personal:jargon-1:2026-11-22-14-03-20"

    /// Longer than a small screen, in letters of all widths, with what may not reach a terminal.
    private static let long =
        "床前明月光，疑是地上霜。举头望明月，低头思故乡。👩‍👩‍👧 e\u{301}\u{301} \u{1B}[2J\u{1B}]52;c;x\u{07} end of it.\n\n"
        + (1...70).map { "\($0). A kludge is a clever programming trick, 一种聪明的编程技巧 🫨." }.joined(separator: "\n")

    @Test(arguments: looks)
    func aConversationGoesOnTurnByTurn(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        let player = look.player(fake)
        try await player.start()
        try await player.press("4<esc>s")
        try await player.type("请用一句话回答。Be brief.")
        player.check("system-prompt-\(look.testDescription)")
        try await player.press("<enter>")
        fake.models.answer("smollm2-135m", "A clumsy thing. 一种笨拙的做法。")
        try await player.type("What is a kludge?")
        try await player.press("<enter>")
        fake.models.answer("smollm2-135m", "A hole in the security of a system, 系统安全中的漏洞 🕳️.")
        try await player.press("<enter>")
        try await player.type("And a back door? 后门呢？")
        try await player.press("<enter>")
        player.check("conversation-\(look.testDescription)")
        guard case .chat(let messages)? = fake.models.requests.last?.input else {
            Issue.record("no chat")
            return
        }
        #expect(messages.map(\.role) == ["system", "user", "assistant", "user"])
        #expect(fake.answers.kept.map(\.prompt) == ["What is a kludge?", "And a back door? 后门呢？"])
    }

    @Test(arguments: looks)
    func aLongAnswerIsFollowedAndThenReadFromItsBeginning(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        fake.models.play("smollm2-135m", .hangs(after: Self.long))
        let player = look.player(fake)
        try await player.start()
        try await player.press("4")
        try await player.type("What?")
        try await player.press("<enter>", settling: false)
        try await player.hear(until: { $0.ask.sides.first?.text == Self.long }, settling: false)
        player.check("streaming-\(look.testDescription)")
        try await player.press("x")
        #expect(player.state.ask.sides.first?.phase == .stopped)
        try await player.press("G")
        let bottom = player.screen.text
        try await player.press("ggj")
        #expect(player.screen.text != bottom)
        player.check("scrolled-\(look.testDescription)")
        #expect(!player.screen.text.unicodeScalars.contains("\u{1B}"))
        #expect(fake.answers.kept.first?.summary == nil)
    }

    @Test(arguments: looks)
    func whatFailsSaysWhyAndTheOtherIsAsked(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        fake.models.addTuned(tuned, job: FakeJobs.id("a"))
        fake.models.play("smollm2-135m", .fails(after: "A klu"))
        fake.models.answer(tuned, " A clumsy thing.")
        let player = look.player(fake)
        try await player.start()
        try await player.press("4")
        try await player.type("What is a kludge?")
        try await player.press("<enter>")
        player.check("ask-failed-\(look.testDescription)")
        // The one in focus is put right, not the one that failed.
        try await player.press("e")
        guard case .editor(let editor)? = player.state.dialogs.last else {
            Issue.record("no editor")
            return
        }
        #expect(editor.record == .completion(prompt: "What is a kludge? ->", completion: " A clumsy thing.\n"))
    }

    @Test(arguments: looks)
    func theOddsOfEachTokenAreShown(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        fake.models.answer("smollm2-135m", "A clumsy solution that works, 能用 的 办法.")
        let player = look.player(fake)
        try await player.start()
        try await player.press("4")
        try await player.type("What?")
        try await player.press("<enter>.l")
        #expect(fake.models.requests.last?.alternatives == Ask.alternatives)
        player.check("odds-\(look.testDescription)")
        try await player.press("n")
        player.check("odds-unlikely-\(look.testDescription)")
        try await player.press("<esc>")
        #expect(player.state.pane == .answers)
    }

    @Test(arguments: looks)
    func parametersTellTheirRanges(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        fake.models.addTuned(tuned, job: FakeJobs.id("a"))
        let player = look.player(fake)
        try await player.start()
        try await player.press("4<esc>p<down><down><down><a-a>")
        try await player.type("11")
        player.check("parameters-\(look.testDescription)")
        try await player.press("<enter><a-a>")
        try await player.type("0.2")
        try await player.press("<tab><a-a>")
        try await player.type("0.9")
        try await player.press("<enter>i")
        #expect(player.state.dialogs.isEmpty)
        try await player.type("What?")
        try await player.press("<enter>")
        #expect(fake.models.requests.last?.sampling.temperature == 0.2)
        #expect(fake.models.requests.last?.sampling.topP == 0.9)
        #expect(fake.models.requests.last?.input == .prompt("What? ->"))
        #expect(player.screen.text.contains("top-p 0.9"))
        // They are there again at the next start.
        try await player.press("q")
        await player.loop.store.close()
        let again = look.player(fake)
        try await again.start()
        #expect(again.state.ask.settings.sampling.topP == 0.9)
    }

    @Test(arguments: looks)
    func earlierAnswersAreSearchedReopenedAndDeleted(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        let player = look.player(fake)
        try await player.start()
        try await player.press("4<c-r>")
        player.check("history-empty-\(look.testDescription)")
        try await player.press("<esc>")
        for (question, answer) in [
            ("What is a kludge?", "A clumsy thing."), ("静夜思的作者是谁？", "李白 🌕，字太白。"), ("What is foo?", Self.long),
        ] {
            let request = AnswerRequest(
                model: "smollm2-135m", input: .chat([Message(role: "user", content: question)]),
                sampling: Sampling(temperature: 0, seed: 5))
            fake.answers.keep(
                request, question, answer,
                AnswerSummary(finish: .stop, promptTokens: 3, completionTokens: 4, tokensPerSecond: 9))
        }
        try await player.press("<c-r>j")
        player.check("history-\(look.testDescription)")
        try await player.press("/")
        try await player.type("kludge clumsy")
        player.check("history-search-\(look.testDescription)")
        try await player.press("<enter><enter>")
        #expect(player.state.ask.sides.map(\.text) == ["A clumsy thing."])
        #expect(player.state.ask.settings.sampling.seed == 5)
        player.check("history-reopened-\(look.testDescription)")
        try await player.press("hdy<esc>")
        #expect(fake.answers.kept.map(\.prompt) == ["What is a kludge?", "静夜思的作者是谁？"])
    }
}

import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

/// The editor of records on the screen.
@MainActor
struct EditorScreenTests {
    nonisolated static let looks = ScreenTests.looks

    private func player(_ fake: FakeWorld, _ look: ScreenTests.Look, _ lines: [String]) async throws -> Player {
        let player = Player(fake.world, width: look.width, height: look.height, language: look.language)
        try await player.start(opening: [try fake.write("a.jsonl", lines)])
        return player
    }

    private let chat = #"""
        {"messages":[{"role":"system","content":"简短回答。"},{"role":"user","content":"Who wrote 静夜思? 👨‍👩‍👧🇨🇳"},\#
        {"role":"assistant","content":"不知道。","weight":0},{"role":"user","content":"مرحبا שלום"},\#
        {"role":"assistant","content":"李白 (Li Bai).\u001b[31m red\u202e\u0007"}]}
        """#

    @Test(arguments: looks)
    func turnsAreEditedWithTheirRoles(look: ScreenTests.Look) async throws {
        let fake = try FakeWorld()
        let player = try await player(fake, look, [chat])
        try await player.press("e<tab><tab><tab><tab>")
        player.check("editor-chat-\(look.testDescription)")
        try await player.press("<c-n>")
        try await player.type("再问一次")
        try await player.press("<c-r><a-up>")
        player.check("editor-turns-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func aLongTextIsScrolledAndSelected(look: ScreenTests.Look) async throws {
        let fake = try FakeWorld()
        let verse = "床前明月光，疑是地上霜。\\r\\n\\tMoonlight before my bed, \\u001b[1mfrost\\u001b[0m on the ground? "
        let lines = [#"{"prompt":"静夜思 ->","completion":"\#(String(repeating: verse, count: 40))"}"#]
        let player = try await player(fake, look, lines)
        try await player.press("e<tab><c-end><up><up><s-up><s-c-left>")
        player.check("editor-selection-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func theKeysOfTheEditorAreInItsHelp(look: ScreenTests.Look) async throws {
        let fake = try FakeWorld()
        let player = try await player(fake, look, [chat])
        try await player.press("e<f1>")
        player.check("editor-help-\(look.testDescription)")
        try await player.press("<esc>")
        #expect(player.state.dialogs.count == 1)
    }

    @Test func whatIsCutInOneDialogIsPastedInAnother() async throws {
        let fake = try FakeWorld()
        let player = try await player(fake, .init(80, 24, .english), [#"{"prompt":"one two","completion":"x"}"#])
        try await player.press("e<c-w><esc>y")
        #expect(player.state.dialogs.isEmpty)
        try await player.press("4<c-v>")
        #expect(player.state.ask.prompt.text == "two")
    }

    @Test func escapeDropsTheSelectionBeforeItLeaves() async throws {
        let fake = try FakeWorld()
        let player = try await player(fake, .init(80, 24, .english), [#"{"prompt":"one two","completion":"x"}"#])
        try await player.press("e<c-space><c-left><esc>")
        #expect(player.state.focusedText?.isSelecting == false)
        try await player.press("<esc>")
        #expect(player.state.dialogs.isEmpty)
    }

    @Test func controlCQuitsOnlyWhereNothingIsSelected() async throws {
        let fake = try FakeWorld()
        let player = try await player(fake, .init(80, 24, .english), [#"{"prompt":"p","completion":"x"}"#])
        try await player.press("4")
        try await player.type("ask")
        try await player.press("<a-a><c-c>")
        #expect(player.isRunning)
        #expect(player.state.clipboard == "ask")
        try await player.press("<right><c-c>")
        #expect(!player.isRunning)
    }

    /// Ten megabytes in one piece: wrapped, scrolled and edited without going through all of it.
    @Test(arguments: ["a word, 一个词\n", "oneEndlessLine"])
    func aVeryLongPasteIsOneEdit(unit: String) async throws {
        let fake = try FakeWorld()
        let player = try await player(fake, .init(80, 24, .english), [#"{"prompt":"p","completion":"x"}"#])
        try await player.press("e")
        let text = String(repeating: unit, count: 10_000_000 / unit.utf8.count)
        player.screen.press([.paste(text)])
        _ = try player.loop.handle(.input)
        for key in ["x", Key.up, .backspace, .pageUp, .ctrl(.home), .down, .delete, .end, .ctrl("z")] {
            player.screen.press([key])
            _ = try player.loop.handle(.input)
            #expect(player.screen.cursor != nil)
        }
        let buffer = try #require(player.state.focusedText)
        #expect(buffer.count == text.utf8.count + 1 + 1 - 1)
        player.screen.press([.ctrl("z"), .ctrl("z"), .ctrl("z")])
        _ = try player.loop.handle(.input)
        #expect(player.state.focusedText?.text == "p")
    }
}

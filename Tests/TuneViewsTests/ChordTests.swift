import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct ChordTests {
    private func player(_ language: Language = .english) async throws -> Player {
        let player = Player(try FakeWorld().world, language: language)
        try await player.start()
        try await player.press("s")
        return player
    }

    @Test(arguments: [Language.english, .chinese])
    func aWhileAfterABeginningItIsShownWhatCanFollow(language: Language) async throws {
        let player = try await player(language)
        try await player.press("g")
        #expect(!player.screen.text.contains("g …"))
        try await player.hearHint()
        player.check("chord-80-\(language.rawValue)")
        try await player.press("j")
        #expect(player.state.tab == .jobs)
        #expect(!player.screen.text.contains("g …"))
    }

    @Test func twoKeysOneAfterTheOtherGiveOneCommand() async throws {
        let player = try await player()
        try await player.press("jjj")
        #expect(player.state.browse.current?.list.cursor == 3)
        try await player.press("gg")
        #expect(player.state.browse.current?.list.cursor == 0)
    }

    @Test func escapeOrAKeyThatDoesNotFollowLeavesTheBeginning() async throws {
        let player = try await player()
        try await player.press("jg<esc>j")
        #expect(player.state.browse.current?.list.cursor == 2)
        try await player.press("gqj")
        #expect(player.state.closing == nil)
        #expect(player.state.browse.current?.list.cursor == 3)
    }

    @Test func lettersOfABeginningAreTextInAField() async throws {
        let player = try await player()
        try await player.press("4gg")
        #expect(player.state.ask.prompt.text == "gg")
    }
}

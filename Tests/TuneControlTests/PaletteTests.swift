import Testing
import TuneModel

@testable import TuneControl

struct PaletteTests {
    private func opened(_ typed: String, _ language: Language = .english) -> Palette.State? {
        var state = Deck.State(language: language)
        _ = Deck.update(&state, .command(.palette, rows: 1))
        _ = Deck.update(&state, .text(.insert(typed)))
        guard case .palette(let palette)? = state.dialogs.last else { return nil }
        return palette
    }

    @Test(arguments: Command.allCases)
    func everyActionIsFoundByItsIdentifierWhereverOneIs(command: Command) {
        #expect(opened(command.rawValue)?.commands.contains(command) == true)
    }

    @Test func whatCanBeDoneComesBeforeWhatCannot() throws {
        let palette = try #require(opened("job"))
        let impossible = try #require(palette.commands.firstIndex { !palette.isPossible($0) })
        #expect(palette.commands[impossible...].allSatisfy { !palette.isPossible($0) })
    }

    @Test func nothingTypedShowsOnlyWhatCanBeDone() throws {
        let palette = try #require(opened(""))
        #expect(!palette.commands.isEmpty && palette.commands.allSatisfy(palette.isPossible))
    }

    @Test(arguments: [Language.english, .chinese])
    func initialsFindAChineseTitle(language: Language) {
        #expect(opened("xzzt", language)?.commands.first == .chooseTheme)
    }

    @Test func whatCannotBeDoneIsNotDone() {
        var state = Deck.State(language: .english)
        _ = Deck.update(&state, .command(.palette, rows: 1))
        _ = Deck.update(&state, .text(.insert("job.delete")))
        _ = Deck.update(&state, .command(.accept, rows: 1))
        #expect(state.dialogs.count == 1)
    }
}

import Testing
import TuneControl
import TuneData
import TuneModel

@testable import TuneViews

/// What the Data screen shows beside its table, each as a golden screen.
@MainActor
struct DataScreenTests {
    /// Chinese, emoji, right-to-left text, colour codes and what would reorder a line.
    private static let mixed = [
        #"{"prompt":"静夜思 ->","completion":" 床前明月光，\n疑是地上霜。\n"}"#,
        #"{"prompt":"\u001b[31mred\u001b[0m \u009b2J ->","completion":" \u202eesrever\u202c a\u200bb\n"}"#,
        #"{"prompt":"👨‍👩‍👧 🇨🇳 é ->","completion":" שלום עולם مرحبا\n"}"#,
        #"{"prompt":"春晓 ->","completion":" 春眠不觉晓，\n处处闻啼鸟。\n"}"#,
    ]

    private func opened(_ look: ScreenTests.Look, _ lines: [String] = Self.mixed) async throws -> (FakeWorld, Player) {
        let fake = try FakeWorld()
        let player = Player(fake.world, width: look.width, height: look.height, language: look.language)
        try await player.start(opening: [try fake.write("mixed.jsonl", lines)])
        return (fake, player)
    }

    @Test(arguments: ScreenTests.looks)
    func foreignTextIsShownAndNeverSent(look: ScreenTests.Look) async throws {
        let (_, player) = try await opened(look)
        try await player.press("j")
        player.check("foreign-\(look.testDescription)")
        try await player.press("jw")
        player.check("foreign-whitespace-\(look.testDescription)")
    }

    @Test(arguments: ScreenTests.looks)
    func filtersAreTypedWithTheirWordsBelow(look: ScreenTests.Look) async throws {
        let (_, player) = try await opened(look)
        try await player.press("f")
        try await player.type("lang:zh len>")
        try await player.press("<enter>")
        player.check("filter-\(look.testDescription)")
        try await player.press("<backspace>")
        try await player.type(">5")
        try await player.press("<backspace><backspace><backspace><backspace><backspace><enter>")
        player.check("filtered-\(look.testDescription)")
    }

    @Test(arguments: ScreenTests.looks)
    func ordersAreChosenFromAList(look: ScreenTests.Look) async throws {
        let (_, player) = try await opened(look)
        try await player.press("s")
        player.check("sort-\(look.testDescription)")
        try await player.press("jjj<enter>")
        player.check("sorted-\(look.testDescription)")
    }

    @Test(arguments: ScreenTests.looks)
    func aChangeOfManyIsSeenBefore(look: ScreenTests.Look) async throws {
        let (_, player) = try await opened(look)
        try await player.press("*b<enter>")
        try await player.type("/[，。]/")
        try await player.press("<tab>")
        try await player.type(" ")
        player.check("bulk-\(look.testDescription)")
        try await player.press("<enter><esc>+")
        try await player.type("诗")
        try await player.press("<enter>")
        player.check("edited-\(look.testDescription)")
    }

    @Test(arguments: ScreenTests.looks)
    func statisticsAreCountedAndDrawn(look: ScreenTests.Look) async throws {
        let (_, player) = try await opened(look, FakeWorld.glossary(120))
        try await player.press("i")
        player.check("statistics-\(look.testDescription)")
        try await player.press("G")
        player.check("statistics-end-\(look.testDescription)")
    }

    @Test(arguments: ScreenTests.looks)
    func aConflictOffersItsWaysOut(look: ScreenTests.Look) async throws {
        let (fake, player) = try await opened(look)
        try await player.press("d")
        try fake.write("mixed.jsonl", Array(Self.mixed.reversed()))
        try await player.press("<c-s>")
        player.check("conflict-\(look.testDescription)")
    }
}

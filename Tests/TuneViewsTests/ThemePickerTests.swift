import Synchronization
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct ThemePickerTests {
    /// Theme files in memory, to be changed while the dashboard looks at them.
    private final class Files: Sendable {
        let texts: Mutex<[String: String]>

        init(harbor: String) {
            texts = Mutex(["harbor": harbor, "white": "text = #000000 on #ffffff\nbackground = text"])
        }

        var client: ThemeClient {
            ThemeClient(
                names: { [self] in texts.withLock { $0.keys.sorted() } },
                load: { [self] name in
                    texts.withLock { $0[name] }.map { [ThemeText(name: name, path: "/t/\(name).theme", text: $0)] }
                        ?? []
                })
        }
    }

    private let files = Files(harbor: BuiltInTheme.text)
    private let kept = Kept()

    private final class Kept: Sendable {
        let preferences = Mutex<Preferences?>(nil)
    }

    private func player() async throws -> Player {
        var world = try FakeWorld().world
        world.themes = files.client
        world.preferences = PreferenceClient { [kept] new in kept.preferences.withLock { $0 = new } }
        let player = Player(world)
        try await player.start()
        try await player.hear { !$0.looks.texts.isEmpty }
        return player
    }

    private func ground(_ player: Player) -> Color? { player.screen.frame?.row(23).last?.style.background }

    @Test func movingShowsAThemeAtOnceAndEscapePutsTheOldOneBack() async throws {
        let player = try await player()
        let before = ground(player)
        try await player.press("gt")
        #expect(player.screen.text.contains("▸ harbor"))
        try await player.press("j")
        try await player.hear { $0.looks.texts.first?.name == "white" }
        #expect(ground(player) == .hex(0xFFFFFF))
        try await player.press("<esc>")
        #expect(ground(player) == before)
        #expect(player.state.looks.theme == "harbor")
        #expect(kept.preferences.withLock { $0 } == nil)
    }

    @Test func enterWearsAThemeAndKeepsIt() async throws {
        let player = try await player()
        try await player.press("gtj")
        try await player.hear { $0.looks.texts.first?.name == "white" }
        try await player.press("<enter>")
        #expect(ground(player) == .hex(0xFFFFFF))
        #expect(kept.preferences.withLock { $0?.theme } == "white")
    }

    @Test func aChangedFileIsShownWithoutAKey() async throws {
        let player = try await player()
        files.texts.withLock { $0["harbor"] = "background = #ffffff on #010203" }
        try await player.hear { $0.looks.texts.first?.text.contains("010203") == true }
        #expect(ground(player) == .hex(0x010203))
    }

    @Test func aFaultInAChangedFileIsToldWithItsLineAndChangesNothing() async throws {
        let player = try await player()
        let before = ground(player)
        files.texts.withLock { $0["harbor"] = "\ntext = mauve" }
        try await player.hear { $0.looks.texts.first?.text.contains("mauve") == true }
        #expect(ground(player) == before)
        #expect(player.state.notices.shown?.what.english.contains("/t/harbor.theme, line 2: `mauve`") == true)
    }
}

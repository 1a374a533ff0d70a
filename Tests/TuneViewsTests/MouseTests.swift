import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

@MainActor
struct MouseTests {
    private func player(_ width: Int = 120) async throws -> Player {
        let player = Player(try FakeWorld().world, width: width, height: 40)
        try await player.start()
        try await player.press("s")
        return player
    }

    private func layout(_ player: Player) -> DeckLayout {
        DeckLayout(size: player.screen.size, state: player.state)
    }

    private func mouse(_ act: Mouse.Act, _ x: Int, _ y: Int, _ player: Player) async throws {
        try await player.press(.mouse(Mouse(act, at: Point(x: x, y: y))))
    }

    @Test func aClickOnARowMovesTheCursorThere() async throws {
        let player = try await player()
        let records = try #require(layout(player).slot(.records)).inner
        try await mouse(.press, records.x + 4, records.y + 1 + 5, player)
        #expect(player.state.browse.current?.list.cursor == 5)
        #expect(player.state.dialogs.isEmpty)
    }

    @Test func aClickOnAnotherPaneGivesItTheKeys() async throws {
        let player = try await player()
        let findings = try #require(layout(player).slot(.findings)).inner
        try await mouse(.press, findings.x + 1, findings.y, player)
        #expect(player.state.pane == .findings)
        let records = try #require(layout(player).slot(.records)).inner
        try await mouse(.press, records.x + 1, records.y, player)
        #expect(player.state.pane == .records)
        #expect(player.state.browse.current?.list.cursor == 0)
    }

    @Test func aSecondClickOnARowOpensItAndAThirdBeginsAnew() async throws {
        let player = try await player()
        let records = try #require(layout(player).slot(.records)).inner
        try await mouse(.press, records.x + 4, records.y + 3, player)
        try await mouse(.release, records.x + 4, records.y + 3, player)
        try await mouse(.press, records.x + 4, records.y + 3, player)
        guard case .editor? = player.state.dialogs.last else {
            Issue.record("no editor")
            return
        }
    }

    @Test(arguments: Tab.allCases)
    func aClickOnATabGoesToItsScreen(tab: Tab) async throws {
        let player = try await player()
        let places = Header.places(in: layout(player).header, language: .english)
        let place = try #require(places.first { $0.tab == tab }).place
        try await mouse(.press, place.x + 1, 0, player)
        #expect(player.state.tab == tab)
    }

    @Test func theTabsStandWhereTheClicksLookForThem() async throws {
        for (width, language) in [(80, Language.english), (120, .english), (80, .chinese), (120, .chinese)] {
            let player = Player(try FakeWorld().world, width: width, height: 40, language: language)
            try await player.start()
            let places = Header.places(in: layout(player).header, language: language)
            let frame = try #require(player.screen.frame)
            for (index, (_, place)) in places.enumerated() {
                let cells = frame.row(0)
                #expect(cells[place.x].glyph == Character("\(index + 1)"))
            }
        }
    }

    @Test func theWheelScrollsTheListUnderThePointer() async throws {
        let player = try await player()
        let records = try #require(layout(player).slot(.records)).inner
        try await mouse(.wheelDown, records.x, records.y + 2, player)
        #expect(player.state.browse.current?.list.cursor == 3)
        try await mouse(.wheelUp, records.x, records.y + 2, player)
        #expect(player.state.browse.current?.list.cursor == 0)
    }

    @Test func theWheelScrollsHelp() async throws {
        let player = try await player()
        try await player.press("?")
        try await mouse(.wheelDown, 40, 10, player)
        #expect(player.state.dialogs.last == .help(top: 3))
    }

    @Test func theEdgeBetweenTwoColumnsIsDrawn() async throws {
        let player = try await player()
        let edge = layout(player).columns[0].frame.endX
        try await mouse(.press, edge, 12, player)
        try await mouse(.drag, edge + 10, 12, player)
        #expect(layout(player).columns[0].frame.endX == edge + 11)
        try await mouse(.release, edge + 10, 12, player)
        // Without a press on the edge there is nothing to draw.
        try await mouse(.press, edge + 30, 12, player)
        try await mouse(.drag, 20, 12, player)
        #expect(layout(player).columns[0].frame.endX == edge + 11)
    }

    @Test func anEdgeStaysWithinTheScreen() async throws {
        let player = try await player()
        let edge = layout(player).columns[0].frame.endX
        try await mouse(.press, edge, 12, player)
        try await mouse(.drag, 119, 12, player)
        #expect(layout(player).columns[0].frame.width == 120 - DeckLayout.leastRest)
        try await mouse(.drag, 0, 12, player)
        #expect(layout(player).columns[0].frame.width == DeckLayout.leastSide)
        try player.resize(100, 24)
        #expect(layout(player).columns[1].frame.width >= DeckLayout.leastRest)
    }

    @Test func theMouseCanBeLeftToTheTerminal() async throws {
        let player = try await player()
        #expect(player.screen.usesMouse)
        try await player.press(":")
        try await player.type("mouse")
        try await player.press("<enter>")
        #expect(!player.screen.usesMouse)
        #expect(player.state.notices.shown?.what.english.contains("left to the terminal") == true)
    }

    @Test func noCellOfTheScreenBreaksAnything() async throws {
        let player = try await player()
        for y in 0..<40 {
            for x in stride(from: 0, to: 120, by: 7) {
                for act in [Mouse.Act.press, .drag, .release, .wheelUp, .wheelDown] {
                    player.screen.press([.mouse(Mouse(act, at: Point(x: x, y: y)))])
                }
            }
        }
        _ = try player.loop.handle(.input)
        try await player.settle()
        #expect(player.screen.frame?.size == player.screen.size)
    }
}

import Foundation
import Testing
import TuneControl
import TuneModel

@testable import TuneViews

/// The switch between services, and the form that connects one.
@MainActor
struct ServiceScreenTests {
    @Test(arguments: ScreenLook.smallAndLarge)
    func aServiceIsChosenAndTheHeaderSaysSo(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.services.connect(current: nil)
        let player = look.player(fake)
        try await player.start()
        try await player.press("3S")
        player.check("services-\(look.testDescription)")
        #expect(player.state.services.standings.isEmpty)
        try await player.press("jrjr")
        player.check("services-asked-\(look.testDescription)")
        try await player.press("k<enter>")
        #expect(fake.services.state.roll.current == FakeServices.openai)
        #expect(player.state.dialogs.isEmpty)
        #expect(player.screen.text.split(separator: "\n").first?.contains("openai") == true)
        player.check("services-chosen-\(look.testDescription)")
    }

    @Test func thisMachineIsOneOfTheChoices() async throws {
        let fake = try FakeWorld()
        fake.services.connect()
        let player = Player(fake.world)
        try await player.start()
        try await player.press("3Sgg<enter>")
        #expect(player.state.services.current == nil)
        #expect(fake.services.state.roll.current == nil)
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func theWelcomeConnectsAService(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        fake.services.change {
            $0.standings[FakeServices.openai] = ServiceStanding(
                dialect: "modern", seconds: 0.182, models: 71, canPause: true)
        }
        let player = look.player(fake)
        try await player.start()
        try await player.press("c")
        player.check("connect-\(look.testDescription)")
        try await player.press("<tab><tab><tab><c-u>")
        try await player.type("sk-proj-123")
        try await player.press("<enter>")
        player.check("connect-fault-\(look.testDescription)")
        #expect(fake.services.state.added.isEmpty)
        try await player.press("<c-u>")
        try await player.type("OPENAI_API_KEY")
        try await player.press("<enter>")
        #expect(
            fake.services.state.added == [
                NewService(
                    name: FakeServices.openai, address: "https://api.openai.com/v1", key: .environment("OPENAI_API_KEY")
                )
            ])
        #expect(player.state.dialogs == [.services])
        player.check("connected-\(look.testDescription)")
    }

    @Test func aTypedKeyIsOnNoScreenAfterItWasRefused() async throws {
        let fake = try FakeWorld()
        let player = Player(fake.world)
        try await player.start()
        try await player.press("c<tab><tab><tab><c-u>")
        try await player.type("sk-canary-77")
        try await player.press("<enter><esc><esc><f12>")
        #expect(!player.screen.text.contains("canary"))
        #expect(!String(describing: player.state.notices).contains("canary"))
    }
}

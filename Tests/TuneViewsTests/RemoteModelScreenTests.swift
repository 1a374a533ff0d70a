import Foundation
import Testing
import TuneControl
import TuneModel

@testable import TuneViews

/// Models of services in lists and pickers.
@MainActor
struct RemoteModelScreenTests {
    @Test(arguments: ScreenLook.smallAndLarge)
    func remoteModelsAreListedWithOwnerAndTheirEnd(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        prepare(fake)
        let player = look.player(fake)
        try await player.start()
        try await player.press("6")
        player.check("remote-models-\(look.testDescription)")
        #expect(player.screen.text.contains("2027-01-06"))
        // What a service offers to everybody cannot be deleted.
        try await player.press("j")
        #expect(player.state.models.selected?.name == "openai/gpt-4.1-mini" && !player.state.allows(.deleteModel))
        try await player.press("jd")
        player.check("remote-model-delete-\(look.testDescription)")
        try await player.press("y")
        #expect(player.state.models.cards.map(\.name) == ["smollm2-135m", "openai/gpt-4.1-mini"])
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func aRemoteModelIsChosenToBeAskedBesideItsBase(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        prepare(fake)
        fake.models.answer("openai/ft:gpt-4.1-mini:me:jargon:Bx12", "n. A clumsy thing.")
        fake.models.answer("openai/gpt-4.1-mini", "A makeshift.")
        let player = look.player(fake)
        try await player.start()
        // Nobody is led to what costs money without having chosen it.
        #expect(player.state.ask.model == "smollm2-135m")
        try await player.press("4<esc>m")
        player.check("remote-picker-\(look.testDescription)")
        try await player.press("G<enter>")
        #expect(player.state.ask.asked == ["openai/gpt-4.1-mini", "openai/ft:gpt-4.1-mini:me:jargon:Bx12"])
        try await player.press("i")
        try await player.type("What is a kludge?")
        try await player.press("<enter>")
        #expect(fake.models.requests.map(\.model) == player.state.ask.asked)
        player.check("remote-ask-\(look.testDescription)")
    }

    @Test func trainingFromARemoteModelRunsThere() async throws {
        let fake = try FakeWorld()
        prepare(fake)
        fake.services.connect(current: nil)
        fake.services.change { $0.departure = Departure(service: FakeServices.openai, files: []) }
        let player = Player(fake.world)
        try await player.start()
        try await player.press("s6jt<enter>")
        let request = try #require(fake.services.state.created.first?.requests.first)
        #expect(request.model == "gpt-4.1-mini" && request.service == FakeServices.openai)
    }

    private func prepare(_ fake: FakeWorld) {
        fake.models.addBase()
        func add(_ name: String, _ kind: ModelCard.Kind, owner: String, ends: Double?) {
            var card = ModelCard(name: "openai/" + name, kind: kind, createdAt: fake.models.made, bytes: nil)
            card.service = FakeServices.openai
            card.owner = owner
            card.shutdownDate = ends.map { Date(timeIntervalSince1970: $0) }
            fake.models.add(card)
        }
        add("gpt-4.1-mini", .base, owner: "system", ends: 1_799_193_600)
        add("ft:gpt-4.1-mini:me:jargon:Bx12", .fineTuned(base: "gpt-4.1-mini", job: nil), owner: "me-1", ends: nil)
    }
}

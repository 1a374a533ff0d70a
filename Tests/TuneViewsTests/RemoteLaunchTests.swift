import Foundation
import Testing
import TuneControl
import TuneModel

@testable import TuneViews

/// Starting a job at a service: what leaves, what it costs, and what is asked first.
@MainActor
struct RemoteLaunchTests {
    @Test(arguments: ScreenLook.smallAndLarge)
    func nothingLeavesBeforeWhatWasFoundIsAgreedTo(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        prepare(fake)
        let player = look.player(fake)
        try await player.start()
        try await player.press("st")
        player.check("departure-\(look.testDescription)")
        let shown = player.screen.text
        #expect(shown.contains("openai") && shown.contains("$4.40") && shown.contains("file-Ab12"))
        // Enter leads to what is still to be agreed to.
        try await player.press("<enter>")
        #expect(fake.services.state.created.isEmpty)
        player.check("consent-\(look.testDescription)")
        try await player.press("<space><enter>")
        let created = try #require(fake.services.state.created.first)
        #expect(created.choices == DepartureChoices(reuse: [fake.path("jargon.jsonl"): "file-Ab12"], isAgreed: true))
        #expect(created.requests.map(\.model) == ["gpt-4.1-mini-2025-04-14"])
        #expect(created.requests[0].service == FakeServices.openai)
        // What only the worker here knows is not sent along.
        #expect(created.requests[0].hyperparameters.maxSteps == nil)
        #expect(created.requests[0].hyperparameters.loraRank == nil)
        #expect(player.state.tab == .jobs && player.state.dialogs.isEmpty)
        #expect(player.state.jobs.selected?.origin?.service == FakeServices.openai)
    }

    @Test func anotherAnswerAboutTheFileAsksForConsentAnew() async throws {
        let fake = try FakeWorld()
        prepare(fake)
        let player = Player(fake.world)
        try await player.start()
        try await player.press("st<enter><space>")
        #expect(player.screen.text.contains("[✓]"))
        try await player.press("<up><space>")
        #expect(player.screen.text.contains("send it"))
        #expect(player.screen.text.contains("1.4 MB leave for openai"))
        try await player.press("<enter>")
        #expect(fake.services.state.created.isEmpty)
        try await player.press("<space><enter>")
        #expect(fake.services.state.created.first?.choices == DepartureChoices(reuse: [:], isAgreed: true))
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func twoModelsAreStartedFromOneFormAndComparedWhenBothAreDone(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        prepare(fake)
        fake.services.change {
            $0.departure?.files[0].findings = []
            $0.departure?.questions = []
        }
        let player = look.player(fake)
        try await player.start()
        try await player.press("st<tab><c-n>")
        player.check("two-models-\(look.testDescription)")
        #expect(player.screen.text.contains("$5.72"))
        try await player.press("<enter>")
        let models = ["gpt-4.1-mini-2025-04-14", "gpt-4.1-nano-2025-04-14"]
        #expect(fake.services.state.created.first?.requests.map(\.model) == models)
        try await player.hear { $0.jobs.jobs.count == 2 && $0.jobs.jobs.allSatisfy { $0.group != nil } }
        player.check("two-jobs-\(look.testDescription)")
        for id in ["a", "b"].map({ FakeJobs.id($0) }) {
            fake.jobs.report(Course.steps(1...20, of: 20), of: id)
            fake.jobs.finish(id, model: "ft:\(id.text.suffix(1))")
        }
        try await player.hear { $0.jobs.jobs.allSatisfy(\.status.isFinal) }
        guard case .comparison(let table)? = player.state.dialogs.last else {
            Issue.record("They are not compared.")
            return
        }
        #expect(table.comparison?.rows.count == 2)
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func whatIsSentFirstHasABarAndGoesOnWithoutTheForm(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        prepare(fake)
        fake.services.change {
            $0.departure?.questions = []
            $0.hangsAfter = TransferProgress(done: 700_000, total: 1_412_000)
        }
        let player = look.player(fake)
        try await player.start()
        try await player.press("st")
        try await player.press("<enter>", settling: false)
        try await player.hear(until: { $0.services.sending?.progress != nil }, settling: false)
        player.check("sending-\(look.testDescription)")
        try await player.press("<esc>7", settling: false)
        #expect(player.state.services.sending != nil)
        try await player.press("x")
        #expect(player.state.services.sending == nil)
        #expect(fake.services.state.created.isEmpty)
    }

    @Test func aPlaceThatIsNotThereIsToldAtItsField() async throws {
        let fake = try FakeWorld()
        prepare(fake)
        let player = Player(fake.world)
        try await player.start()
        try await player.press("st<up><c-u>")
        try await player.type("nowhere")
        #expect(player.screen.text.contains("There is no such service"))
        try await player.press("<c-n>")
        #expect(player.screen.text.contains("steps over 2,305 examples"))
        #expect(player.state.allows(.accept))
    }

    private func prepare(_ fake: FakeWorld) {
        fake.models.addBase()
        fake.services.connect()
        let candidate = UploadCandidate(
            id: "file-Ab12", filename: "jargon.jsonl", uploadedAt: fake.jobs.start.addingTimeInterval(-3600),
            match: .bytes)
        let findings = [
            Finding(
                id: "email", severity: .warning,
                summary: Wording("3 records have e-mail addresses", "3 条记录含有电子邮箱地址"), count: 3),
            Finding(
                id: "api-key", severity: .error, summary: Wording("1 record has an API key", "1 条记录含有 API 密钥"), count: 1
            ),
        ]
        fake.services.change { [path = fake.path("jargon.jsonl")] in
            $0.departure = Departure(
                service: FakeServices.openai,
                files: [
                    Departure.File(
                        use: .training, path: path, bytes: 1_412_000, candidates: [candidate], findings: findings)
                ], examples: 120,
                cost: JobCost(price: Price(training: 5), estimated: TokenReckoning(tokens: 880_000, isExact: false)),
                questions: [.findings, .cost(above: 2)])
        }
    }
}

import Foundation
import Testing
import TuneControl
import TuneModel

@testable import TuneViews

/// Jobs that run at a service, among those that run here.
@MainActor
struct RemoteJobScreenTests {
    @Test(arguments: ScreenLook.smallAndLarge)
    func aRemoteJobIsFollowedLikeALocalOne(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        add(to: fake, .good(at: fake.jobs.start))
        let player = look.player(fake)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 2 && $0.follow.loss.points.count == 120 }
        player.check("remote-job-\(look.testDescription)")
        #expect(player.state.allows(.pauseJob) && player.state.allows(.cancelJob))
        #expect(!player.state.allows(.keepJob) && !player.state.allows(.moveLater))
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func aServiceThatIsAwayIsReconnectedToAndTheJobHasNotFailed(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        let since = fake.jobs.start.addingTimeInterval(-5400)
        add(to: fake, .away(since: since, why: FakeServiceFault.away.explanation))
        let player = look.player(fake)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 2 && $0.follow.loss.points.count == 120 }
        player.check("reconnecting-\(look.testDescription)")
        #expect(!player.screen.text.contains("failed") && !player.screen.text.contains("失败"))
        fake.jobs.change(FakeJobs.id("r")) { $0.origin?.contact = .good(at: fake.jobs.start) }
        try await player.hear { if case .good? = $0.jobs.selected?.origin?.contact { true } else { false } }
        #expect(!player.screen.text.contains("reconnecting") && !player.screen.text.contains("重连"))
    }

    @Test(arguments: ScreenLook.smallAndLarge)
    func aRefusedKeyIsExplainedWithWhatToDo(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        add(to: fake, .refused(at: fake.jobs.start, why: FakeServiceFault.refused.explanation))
        let player = look.player(fake)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 2 && $0.follow.loss.points.count == 120 }
        player.check("refused-\(look.testDescription)")
    }

    @Test func anUnknownStatusIsShownAsItWasTold() async throws {
        let fake = try FakeWorld()
        add(to: fake, .good(at: fake.jobs.start))
        fake.jobs.change(FakeJobs.id("r")) {
            $0.status = .other("awaiting_review")
            $0.latest = nil
        }
        let player = Player(fake.world)
        try await player.start()
        try await player.press("3G")
        try await player.hear { $0.jobs.selected?.status == .other("awaiting_review") }
        #expect(player.screen.text.contains("awaiting_review"))
        #expect(!player.state.allows(.pauseJob))
    }

    @Test func whatAServiceCannotDoIsNotOffered() async throws {
        let fake = try FakeWorld()
        add(to: fake, .good(at: fake.jobs.start))
        fake.services.connect()
        fake.services.change {
            $0.standings[FakeServices.openai] = ServiceStanding(
                dialect: "legacy", seconds: 0.1, models: 4, canPause: false)
        }
        let player = Player(fake.world)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.selected?.origin != nil }
        #expect(player.state.allows(.pauseJob))
        try await player.press("Sr<esc>")
        #expect(!player.state.allows(.pauseJob))
        try await player.press("d")
        #expect(player.state.dialogs.isEmpty)
        try await player.press("x")
        #expect(player.screen.text.contains("openai is asked to stop it"))
    }

    @Test func theActualCostStandsBesideTheEstimate() async throws {
        let fake = try FakeWorld()
        add(to: fake, .good(at: fake.jobs.start))
        fake.jobs.change(FakeJobs.id("r")) {
            $0.status = .succeeded
            $0.fineTunedModel = "ft:gpt-4.1-mini-2025-04-14:me:jargon:Bx12"
            $0.origin?.cost?.actualTokens = 812_345
        }
        let player = Player(fake.world, width: 160, height: 48)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.selected?.origin != nil && $0.follow.phase == .ended }
        #expect(player.screen.text.contains("$4.06 · 812,345 tokens trained · estimated ≈ $4.40 · ≈ 880k tokens"))
        try await player.press("a")
        #expect(player.state.ask.model == "openai/ft:gpt-4.1-mini-2025-04-14:me:jargon:Bx12")
        #expect(player.state.ask.base == "openai/gpt-4.1-mini-2025-04-14")
    }

    @Test func leavingSaysThatTheJobGoesOnThere() async throws {
        let fake = try FakeWorld()
        add(to: fake, .good(at: fake.jobs.start))
        let player = Player(fake.world)
        try await player.start()
        try await player.hear { $0.jobs.jobs.count == 2 }
        try await player.press("q")
        #expect(
            player.state.closing?.farewell
                == Wording("jargon-2 at openai goes on there.", "openai 上的 jargon-2 会继续运行。"))
    }

    private func add(to fake: FakeWorld, _ contact: JobOrigin.Contact) {
        var local = Job(
            id: FakeJobs.id("a"), status: .queued, model: "smollm2-135m", suffix: "jargon-1",
            trainingFile: "/data/jargon_prepared.jsonl", createdAt: fake.jobs.start.addingTimeInterval(-900),
            request: HyperparameterRequest())
        local.hyperparameters = Hyperparameters(local.request, examples: 2305)
        fake.jobs.add(local)
        fake.jobs.report(Course.steps(1...200), of: local.id)
        fake.jobs.change(local.id) {
            $0.status = .succeeded
            $0.finishedAt = fake.jobs.start.addingTimeInterval(-300)
        }
        var job = Job(
            id: FakeJobs.id("r"), status: .running, model: "gpt-4.1-mini-2025-04-14", suffix: "jargon-2",
            trainingFile: "/data/jargon_prepared.jsonl", createdAt: fake.jobs.start.addingTimeInterval(-600),
            request: HyperparameterRequest())
        job.origin = JobOrigin(
            service: FakeServices.openai, id: "ftjob-x9Y8z7", contact: contact, trainingFile: "file-Ab12",
            validationFile: "file-Cd34",
            cost: JobCost(price: Price(training: 5), estimated: TokenReckoning(tokens: 880_000, isExact: false)),
            preparation: [Wording("separator “ ->”", "分隔符“ ->”"), Wording("a space before answers", "回答前加空格")],
            extras: [
                RemoteField(name: "organization_id", value: "org-1"),
                RemoteField(name: "service_tier", value: "\u{1b}[31mpriority"),
            ])
        fake.jobs.add(job)
        // A service tells less than the worker here.
        let steps = Course.steps(1...120).map { step in
            StepMetrics(
                step: step.step, totalSteps: 200, trainingLoss: step.trainingLoss,
                trainingTokenAccuracy: step.trainingTokenAccuracy)
        }
        fake.jobs.say(Wording("Fine-tuning job started", "Fine-tuning job started"), of: job.id)
        fake.jobs.report(steps, of: job.id)
    }
}

import Foundation
import Testing
import TuneControl
import TuneModel

@testable import TuneViews

/// Screens of sweeps, comparisons, samples and losses, each as a golden one.
@MainActor
struct SweepScreenTests {
    private let group = GroupID("sweep-abcdefgh")!

    private func player(_ fake: FakeWorld, _ look: ScreenTests.Look) -> Player {
        Player(fake.world, width: look.width, height: look.height, language: look.language)
    }

    @Test(arguments: ScreenTests.looks)
    func aSweepIsShownTogetherAndCompared(look: ScreenTests.Look) async throws {
        let fake = try FakeWorld()
        addSweep(to: fake)
        let player = player(fake, look)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 5 && $0.follow.loss.points.count > 1 }
        player.check("sweep-\(look.testDescription)")
        try await player.press("c")
        player.check("compare-\(look.testDescription)")
        try await player.press("j<enter>")
        #expect(player.state.dialogs.isEmpty && player.state.jobs.selected?.suffix == "jargon-2")
        try await player.hear { $0.follow.loss.points.count == 60 }
        try await player.press("X")
        player.check("cancel-sweep-\(look.testDescription)")
    }

    @Test func aQueuedJobChangesItsTurnByAKey() async throws {
        let fake = try FakeWorld()
        addSweep(to: fake)
        let player = player(fake, ScreenTests.looks[0])
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 5 }
        try await player.press("jjj")
        #expect(player.state.jobs.selected?.suffix == "jargon-4")
        try await player.press("K")
        try await player.hear { $0.jobs.selected?.turn == 1 }
        #expect(player.state.jobs.jobs.map(\.suffix) == ["jargon-1", "jargon-2", "jargon-4", "jargon-3", "tang-1"])
        #expect(player.state.jobs.selected?.suffix == "jargon-4")
    }

    @Test(arguments: ScreenTests.looks)
    func aFollowedJobShowsItsAnswersAndWhatItMeans(look: ScreenTests.Look) async throws {
        let fake = try FakeWorld()
        addSweep(to: fake)
        let id = FakeJobs.id("c")
        let answers = [
            "n. A thing that hacks.", "/kluhj/ n. [MIT] A clever\nprogramming trick that works but is not clean.",
        ]
        for (step, answer) in zip([20, 40], answers) {
            fake.jobs.report(SampleAnswer(step: step, prompt: "What is a kludge? ->", answer: answer), of: id)
            fake.jobs.report(SampleAnswer(step: step, prompt: "什么是 foo？ ->", answer: "一个例子。"), of: id)
        }
        let player = player(fake, look)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 5 }
        try await player.press("j")
        try await player.hear { $0.follow.job == id && $0.follow.samples.count == 4 }
        player.check("samples-\(look.testDescription)")
        try await player.press("f")
        player.check("samples-zoomed-\(look.testDescription)")
        try await player.press("k")
        player.check("keep-\(look.testDescription)")
        try await player.press("y")
        #expect(fake.jobs.kept == [id])
    }

    @Test(arguments: ScreenTests.looks)
    func recordsAreSortedByTheirLoss(look: ScreenTests.Look) async throws {
        let fake = try FakeWorld()
        var world = fake.world
        world.losses = { _ in
            LossColumn(job: "jargon-1", losses: (0..<120).map { $0 == 3 ? .nan : Float($0 * 37 % 120) / 20 })
        }
        let player = Player(world, width: look.width, height: look.height, language: look.language)
        try await player.start()
        try await player.press("sl")
        player.check("by-loss-\(look.testDescription)")
        let first = try #require(player.state.browse.current?.row)
        #expect(first * 37 % 120 == 119)
        try await player.press("l")
        #expect(player.state.browse.current?.list.cursor == first)
    }

    @Test func aFileThatNoJobHasLearnedFromSaysSo() async throws {
        let fake = try FakeWorld()
        let player = player(fake, ScreenTests.looks[0])
        try await player.start()
        try await player.press("sl")
        #expect(player.state.notices.shown?.level == .failure)
        #expect(player.screen.text.contains("No finished job has told the losses"))
    }

    @Test(arguments: ScreenTests.looks)
    func theOtherSettingsScroll(look: ScreenTests.Look) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        let player = player(fake, look)
        try await player.start()
        try await player.press("st<c-t>")
        player.check("launch-more-\(look.testDescription)")
        try await player.press("<s-tab><s-tab>")
        try await player.type("0.9")
        player.check("launch-fault-\(look.testDescription)")
        try await player.press("<c-u><c-t>")
        #expect(player.state.dialogs.count == 1)
    }

    // MARK: -

    private func addSweep(to fake: FakeWorld) {
        func add(_ letter: Character, _ suffix: String, _ status: JobStatus, rate: Double?, turn: Int? = nil) {
            var job = Job(
                id: FakeJobs.id(letter), status: .queued, model: "smollm2-135m", suffix: suffix,
                trainingFile: "/data/jargon_prepared.jsonl",
                createdAt: fake.jobs.start.addingTimeInterval(Double(letter.asciiValue ?? 0)),
                request: HyperparameterRequest { $0.learningRate = rate })
            job.hyperparameters = Hyperparameters(job.request, examples: 2305)
            job.group = rate == nil ? nil : group
            job.turn = turn
            fake.jobs.add(job)
            let steps = status == .succeeded ? 200 : status == .running ? 60 : 0
            if steps > 0 { fake.jobs.report(Course.steps(1...steps), of: job.id) }
            fake.jobs.change(job.id) {
                $0.status = status
                $0.startedAt = steps > 0 ? fake.jobs.start.addingTimeInterval(-400) : nil
                $0.finishedAt = status == .succeeded ? fake.jobs.start.addingTimeInterval(-100) : nil
            }
        }
        add("a", "tang-1", .failed, rate: nil)
        add("b", "jargon-1", .succeeded, rate: 1e-4)
        add("c", "jargon-2", .running, rate: 2e-4)
        add("d", "jargon-3", .queued, rate: 4e-4, turn: 1)
        add("e", "jargon-4", .queued, rate: 8e-4, turn: 2)
    }
}

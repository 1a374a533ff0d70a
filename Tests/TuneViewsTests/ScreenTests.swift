import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

/// Screens that the first five minutes do not pass, each as a golden one.
@MainActor
struct ScreenTests {
    nonisolated static let looks = [
        Look(80, 24, .english), Look(80, 24, .chinese), Look(120, 40, .english), Look(120, 40, .chinese),
    ]

    nonisolated struct Look: CustomTestStringConvertible, Sendable {
        let width: Int
        let height: Int
        let language: Language

        init(_ width: Int, _ height: Int, _ language: Language) {
            self.width = width
            self.height = height
            self.language = language
        }

        var testDescription: String { "\(width)-\(language.rawValue)" }
    }

    private func player(_ fake: FakeWorld, _ look: Look) -> Player {
        Player(fake.world, width: look.width, height: look.height, language: look.language)
    }

    @Test(arguments: looks)
    func aBrokenLineIsShownWithItsReason(look: Look) async throws {
        let fake = try FakeWorld()
        let path = try fake.write(
            "mixed.jsonl",
            [
                #"{"prompt":"静夜思 ->","completion":" 床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n"}"#,
                #"{"prompt":"broken", "completion":"#, #"{"prompt":"👨‍👩‍👧 family\t?","completion":""}"#,
            ])
        let player = player(fake, look)
        try await player.start(opening: [path])
        try await player.press("w")
        player.check("whitespace-\(look.testDescription)")
        try await player.press("j")
        player.check("broken-line-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func theSidePaneHasTheFocus(look: Look) async throws {
        let fake = try FakeWorld()
        let player = player(fake, look)
        let poems = try fake.write("poems.jsonl", FakeWorld.glossary(3))
        try await player.start(opening: [try fake.write("jargon.jsonl", FakeWorld.glossary(120)), poems])
        try await player.press("[")
        player.check("datasets-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func aSearchIsTypedBelow(look: Look) async throws {
        let fake = try FakeWorld()
        let player = player(fake, look)
        try await player.start()
        try await player.press("s/")
        try await player.type("moof 48")
        #expect(player.screen.cursor != nil)
        player.check("search-\(look.testDescription)")
        try await player.press("<enter>")
        #expect(player.state.browse.current?.list.cursor == 47)
    }

    @Test(arguments: looks)
    func jobsAreListedWithTheirStateAndCurve(look: Look) async throws {
        let fake = try FakeWorld()
        try await prepareJobs(fake)
        let player = player(fake, look)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 4 && $0.follow.events.count >= 1 }
        player.check("jobs-\(look.testDescription)")
        try await player.press("x")
        player.check("cancel-job-\(look.testDescription)")
        try await player.press("nr")
        player.check("results-\(look.testDescription)")
        try await player.press("<esc>G")
        try await player.hear { $0.follow.phase == .ended }
        player.check("failed-job-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func modelsAreListedWithSizeAndOrigin(look: Look) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        fake.models.addTuned("ft:smollm2-135m:personal:jargon-1:2026-11-22-14-03-20", job: FakeJobs.id("a"))
        let player = player(fake, look)
        try await player.start()
        try await player.press("6j")
        player.check("models-\(look.testDescription)")
        try await player.press("4<esc>m")
        player.check("choose-model-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func aMissingBaseIsOffered(look: Look) async throws {
        let fake = try FakeWorld()
        let player = player(fake, look)
        try await player.start()
        try await player.press("6")
        player.check("no-base-\(look.testDescription)")
        try await player.press("f")
        #expect(player.state.models.missingBase == nil)
        #expect(player.state.models.cards.map(\.name) == ["smollm2-135m"])
    }

    @Test(arguments: looks)
    func helpPaletteAndLogComeFromTheSameTable(look: Look) async throws {
        let fake = try FakeWorld()
        let player = player(fake, look)
        try await player.start()
        try await player.press("s?")
        player.check("help-\(look.testDescription)")
        try await player.press("<esc>:")
        player.check("palette-\(look.testDescription)")
        try await player.press("<esc>o")
        try await player.type("/nowhere/gone.jsonl")
        try await player.press("<enter>")
        player.check("not-found-\(look.testDescription)")
        try await player.press("<esc><esc><f12>")
        player.check("log-\(look.testDescription)")
    }

    @Test func aTerminalThatIsTooSmallIsToldSo() async throws {
        let player = Player(try FakeWorld().world, width: 50, height: 12)
        try await player.start()
        player.check("too-small")
        try player.resize(80, 24)
        #expect(player.screen.text.contains("Welcome"))
    }

    private func prepareJobs(_ fake: FakeWorld) async throws {
        func job(_ letter: Character, _ suffix: String, _ status: JobStatus, _ steps: ClosedRange<Int>?) {
            var job = Job(
                id: FakeJobs.id(letter), status: .queued, model: "smollm2-135m", suffix: suffix,
                trainingFile: "/data/jargon_prepared.jsonl", createdAt: fake.jobs.start,
                request: HyperparameterRequest())
            job.hyperparameters = Hyperparameters(job.request, examples: 2305)
            fake.jobs.add(job)
            fake.jobs.say(Wording("The training file has 2,305 examples.", "训练文件有 2,305 个样本。"), of: job.id)
            if let steps { fake.jobs.report(Course.steps(steps), of: job.id) }
            fake.jobs.change(job.id) { $0.status = status }
        }
        job("a", "tang-1", .failed, 1...3)
        fake.jobs.change(FakeJobs.id("a")) {
            $0.finishedAt = fake.jobs.start.addingTimeInterval(20)
            $0.failure = JobFailure(
                code: "loss_not_finite",
                explanation: Explanation(
                    Wording("The loss was not a number at step 212.", "第 212 步的损失不是数字。"),
                    next: Wording(
                        "Try a smaller learning rate; the checkpoint of step 200 is kept.", "请降低学习率；第 200 步的检查点已保留。")))
        }
        job("b", "jargon-2", .succeeded, 1...200)
        fake.jobs.change(FakeJobs.id("b")) {
            $0.finishedAt = fake.jobs.start.addingTimeInterval(300)
            $0.fineTunedModel = "ft:smollm2-135m:personal:jargon-2:2026-11-22-14-03-20"
        }
        job("c", "jargon-4", .queued, nil)
        job("d", "jargon-3", .running, 1...124)
    }
}

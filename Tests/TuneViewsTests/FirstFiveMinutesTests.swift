import Testing
import TuneCanvas
import TuneControl
import TuneData
import TuneModel

@testable import TuneViews

/// The way of a newcomer from nothing to a fine-tuned model and back into the data, by keys alone.
@MainActor
struct FirstFiveMinutesTests {
    @Test(arguments: [(80, 24, Language.english), (120, 40, .chinese)])
    func walksFromTheWelcomeToACorrectedRecord(width: Int, height: Int, language: Language) async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        let player = Player(fake.world, width: width, height: height, language: language)
        let golden = "walk-\(width)-\(language.rawValue)"

        // 1. A welcome that offers the sample and a file.
        try await player.start()
        #expect(player.state.pane == .welcome)
        player.check("\(golden)-1-welcome")

        // 2. The sample; findings fill in.
        try await player.press("s")
        #expect(player.state.browse.current?.facts.records == 120)
        #expect(player.state.browse.current?.inspection.findings.isEmpty == false)
        player.check("\(golden)-2-data")

        // 3. The questions, all accepted.
        try await player.press("p")
        #expect(player.state.prepare.question != nil)
        player.check("\(golden)-3-prepare")
        try await player.press("a")
        #expect(player.state.prepare.trainable?.training == fake.path("jargon_prepared.jsonl"))
        #expect(try fake.lines("jargon_prepared.jsonl").count == 120)
        player.check("\(golden)-4-prepared")

        // 4. A form with everything filled in; enter starts.
        try await player.press("t")
        player.check("\(golden)-5-launch")
        try await player.press("<enter>")
        let request = try #require(fake.jobs.requests.first)
        #expect(request.trainingFile == fake.path("jargon_prepared.jsonl"))
        #expect(request.model == "smollm2-135m")
        #expect(request.suffix == "jargon-1")
        #expect(request.hyperparameters.maxSteps == 200)

        // 5. The curve is drawn at once.
        let job = FakeJobs.id("a")
        #expect(player.state.tab == .jobs)
        fake.jobs.say(Wording("The worker has taken the job.", "后台进程已接手任务。"), of: job)
        fake.jobs.report(Course.steps(1...120), of: job)
        try await player.hear { $0.follow.latest?.step == 120 && $0.jobs.running?.latest?.step == 120 }
        player.check("\(golden)-6-follow")

        // It ends; the new model is the one to ask, and its base beside it.
        let model = "ft:smollm2-135m:personal:jargon-1:2026-11-22-14-03-20"
        fake.models.addTuned(model, job: job)
        fake.models.answer("smollm2-135m", "A kludge is a type of musical instrument.")
        fake.models.answer(model, " A clumsy thing.")
        fake.jobs.finish(job, model: model)
        try await player.hear { $0.ask.model == model && $0.ask.hints != nil }
        try await player.press("4")
        try await player.type("What is a kludge?")
        try await player.press("<enter>")
        #expect(fake.models.requests.map(\.model) == ["smollm2-135m", model])
        #expect(fake.models.requests.allSatisfy { $0.input == .prompt("What is a kludge? ->") && $0.stop == ["\n"] })
        #expect(
            player.state.ask.sides.map(\.text) == ["A kludge is a type of musical instrument.", " A clumsy thing."])
        player.check("\(golden)-7-ask")

        // A bad answer becomes a record.
        try await player.press("e")
        player.check("\(golden)-8-correct")
        try await player.press("<c-home><right><right>")
        try await player.type(" quick,")
        try await player.press("<c-s>")
        let last = try #require(try fake.lines("jargon_prepared.jsonl").last)
        #expect(last.contains(#"{"prompt":"What is a kludge? ->","completion":" A quick, clumsy thing.\n"}"#))

        // 6. Leaving while another job runs says so.
        fake.jobs.add(
            Job(
                id: FakeJobs.id("b"), status: .running, model: "smollm2-135m", suffix: "jargon-2", trainingFile: "x",
                createdAt: fake.jobs.start, request: HyperparameterRequest()))
        try await player.hear { $0.jobs.running != nil }
        try await player.press("q")
        #expect(!player.isRunning)
        #expect(
            player.state.closing?.farewell
                == Wording(
                    "jargon-2 goes on in the background; `tunedeck` shows it again.",
                    "jargon-2 会在后台继续运行；再次运行 `tunedeck` 即可查看。"))
    }

    @Test func whatWasOpenComesBackAtTheNextStart() async throws {
        let fake = try FakeWorld()
        let first = Player(fake.world)
        try await first.start()
        try await first.press("sjjjjjq")
        await first.loop.store.close()

        let second = Player(fake.world)
        try await second.start()
        #expect(second.state.browse.current?.facts.path == fake.path("jargon.jsonl"))
        #expect(second.state.browse.current?.list.cursor == 5)
    }
}

import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

/// The page of charts, as golden screens and by keys.
@MainActor
struct ChartsScreenTests {
    nonisolated static let looks = [
        ScreenTests.Look(80, 24, .english), ScreenTests.Look(80, 24, .chinese), ScreenTests.Look(160, 48, .english),
        ScreenTests.Look(160, 48, .chinese),
    ]

    private let start = Date(timeIntervalSince1970: 1_790_000_000)

    private func add(_ letter: Character, _ name: String, steps: Int, rate: Double, to fake: FakeWorld) {
        let id = FakeJobs.id(letter)
        var job = Job(
            id: id, status: .running, model: "smollm2-135m", suffix: name, trainingFile: "/data/jargon_prepared.jsonl",
            createdAt: start.addingTimeInterval(letter == "a" ? 10 : 0),
            request: HyperparameterRequest { $0.learningRate = rate })
        job.startedAt = start
        job.hyperparameters = Hyperparameters(job.request, examples: 2305)
        fake.jobs.add(job)
        fake.jobs.report(
            (1...steps).map { step in
                let noise = Double((step * 7919) % 97) / 97 - 0.5
                let loss = 1.6 + 2.6 / (1 + Double(step) * rate * 120) + noise * 0.35 + (step == 140 ? 3 : 0)
                return StepMetrics(
                    step: step, totalSteps: steps, epoch: Double(step) / 100, elapsedTokens: step * 900,
                    elapsedExamples: step * 8, trainingLoss: loss,
                    trainingTokenAccuracy: 0.6 - 0.4 / (1 + Double(step) / 40) + noise * 0.05,
                    trainingSequenceAccuracy: max(0, noise * 0.1 + Double(step) / 4000),
                    validation: step % 25 == 0
                        ? Evaluation(
                            loss: 1.9 + 2.2 / (1 + Double(step) * rate * 120), tokenAccuracy: 0.55,
                            sequenceAccuracy: 0.05, tokens: 900, examples: 200) : nil,
                    learningRate: rate * (1 - Double(step) / Double(steps + 1)), gradientNorm: 1.2 + noise,
                    tokensPerSecond: 400 + noise * 40)
            }, of: id)
    }

    private func opened(_ look: ScreenTests.Look, marking: Bool = false) async throws -> Player {
        let fake = try FakeWorld()
        add("b", "jargon-2", steps: 180, rate: 4e-4, to: fake)
        add("a", "jargon-1", steps: 240, rate: 2e-4, to: fake)
        var world = fake.world
        world.charts = .files
        let player = Player(world, width: look.width, height: look.height, language: look.language)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 2 && $0.follow.loss.points.count == 240 }
        if marking { try await player.press("j<space>k<space>") }
        try await player.hear { $0.follow.loss.points.count == 240 }
        try await player.press("v")
        try await player.hear { state in state.charts.runs.allSatisfy { !$0.course.isEmpty } }
        return player
    }

    @Test(arguments: looks)
    func everyMeasureHasItsChart(look: ScreenTests.Look) async throws {
        let player = try await opened(look)
        player.check("charts-\(look.testDescription)")
        try await player.press("<right>+s")
        for _ in 0..<6 { try await player.press("h") }
        player.check("charts-zoomed-\(look.testDescription)")
        try await player.press("<enter>y")
        player.check("chart-alone-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func markedRunsAreLaidOverEachOther(look: ScreenTests.Look) async throws {
        let player = try await opened(look, marking: true)
        #expect(player.state.charts.runs.count == 2)
        try await player.press("<right>hhhhhxx")
        player.check("charts-marked-\(look.testDescription)")
    }

    @Test func whatIsZoomedIsTheSameAgainAfterwards() async throws {
        let player = try await opened(Self.looks[0])
        let before = player.screen.text
        try await player.press("+++---")
        #expect(player.screen.text == before)
        try await player.press("+++yLs0")
        #expect(player.state.charts.shown == player.state.charts.whole)
    }

    @Test func theCrosshairTellsTheValuesOfItsStep() async throws {
        let player = try await opened(Self.looks[2])
        try await player.press("<right>hhhhhhh")
        let step = try #require(player.state.charts.cursor)
        let course = player.state.charts.runs[0].course
        for measure in [RunMeasure.loss, .validationLoss, .tokenAccuracy, .gradientNorm] {
            let value = try #require(course[measure].value(at: step))
            #expect(player.screen.text.contains(Figures.precise(value)), "\(measure)")
        }
        #expect(player.screen.text.contains("at step \(step)"))
    }

    @Test(arguments: ["svg", "png", "csv"])
    func aChartIsWrittenToAFile(ending: String) async throws {
        let player = try await opened(Self.looks[0])
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).\(ending)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await player.press("w<c-a><c-k>")
        try await player.type(path)
        try await player.press("<enter>")
        try await player.settle()
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        switch ending {
        case "svg": #expect(String(decoding: data, as: UTF8.self).contains("jargon-1 · loss"))
        case "png": #expect(data.starts(with: [0x89, 0x50, 0x4e, 0x47]))
        default: #expect(String(decoding: data, as: UTF8.self).split(separator: "\r\n").count == 1 + 240 + 9)
        }
        #expect(player.state.dialogs == [.charts])
    }

    @Test func aNameWithoutAFormIsExplained() async throws {
        let player = try await opened(Self.looks[0])
        try await player.press("w<c-a><c-k>")
        try await player.type("chart.gif")
        try await player.press("<enter>")
        #expect(player.screen.text.contains("The ending says the form of a chart."))
    }

    @Test func oneSpikeAmongManyPointsIsSeenWhereverItIs() {
        for place in stride(from: 1, through: 50_000, by: 1237) {
            var series = Series()
            for step in 1...50_000 { series.append(step == place ? 9 : 1, at: step) }
            let points = CoursePoints(series: series, course: RunCourse(), unit: .steps)
            var surface = Surface(size: Size(width: 70, height: 10))
            LineChart([ChartLine("", points: points)], hasLegend: false).draw(in: surface.bounds, on: &surface)
            let top = surface.row(0).filter { ("\u{2801}"..."\u{28FF}").contains($0.glyph) }
            #expect((1...2).contains(top.count))
        }
    }
}

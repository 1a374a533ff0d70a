import Foundation
import Synchronization
import Testing
import TuneCanvas
import TuneControl
import TuneData
import TuneModel

@testable import TuneViews

/// Evaluations as the dashboard shows them, each as a golden screen.
@MainActor
struct EvaluationScreenTests {
    nonisolated static let looks = [
        ScreenTests.Look(80, 24, .english), .init(80, 24, .chinese), .init(160, 48, .english), .init(160, 48, .chinese),
    ]

    private func player(_ world: World, _ look: ScreenTests.Look) -> Player {
        Player(world, width: look.width, height: look.height, language: look.language)
    }

    @Test(arguments: looks)
    func anEvaluationIsStartedFromTheData(look: ScreenTests.Look) async throws {
        let scene = try EvaluationScene()
        let player = player(scene.world, look)
        try await player.start(opening: [scene.dataset])
        try await player.press("m")
        player.check("evaluation-form-\(look.testDescription)")
        try await player.press("<enter>")
        #expect(scene.requests.map(\.models) == [["smollm2-135m", EvaluationScene.tuned]])
        #expect(scene.requests.map(\.dataset) == [scene.dataset])
        player.check("evaluation-\(look.testDescription)")
        try await player.press("sm")
        #expect(player.state.evaluations.opened?.model == 0)
        try await player.press("<esc>")
        player.check("evaluations-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func classesAreDrawnAsAPicture(look: ScreenTests.Look) async throws {
        let scene = try EvaluationScene(isClassified: true)
        let player = player(scene.world, look)
        try await player.start(opening: [scene.dataset])
        try await player.press("m<enter>")
        player.check("evaluation-classes-\(look.testDescription)")
        try await player.press("c")
        #expect(player.state.evaluations.opened?.showsClasses == false)
    }

    @Test func anEvaluationUnderWayShowsItsProgress() async throws {
        for look in Self.looks {
            let scene = try EvaluationScene()
            scene.holds.withLock { $0 = true }
            let player = player(scene.world, look)
            try await player.start(opening: [scene.dataset])
            try player.strike("m<enter>")
            try await player.hear(until: { $0.evaluations.running?.progress != nil }, settling: false)
            player.loop.paint()
            player.check("evaluation-running-\(look.testDescription)")
            try player.strike("x")
            #expect(player.state.evaluations.running?.isCancelled == true)
            try await player.settle()
            #expect(player.state.evaluations.running == nil)
            #expect(player.state.evaluations.opened?.report.isComplete == false)
        }
    }

    @Test func aRecordIsMendedWhereItWasMeasured() async throws {
        let scene = try EvaluationScene()
        let player = player(scene.world, Self.looks[0])
        try await player.start(opening: [scene.dataset])
        try await player.press("m<enter>e")
        guard case .editor(let editor)? = player.state.dialogs.last else {
            Issue.record("no editor")
            return
        }
        let worst = try #require(player.state.evaluations.opened?.selected)
        #expect(editor.target == .replace(path: scene.dataset, row: worst))
        #expect(editor.record == scene.records[worst])
        try await player.press("<esc>a")
        guard case .editor(let correction)? = player.state.dialogs.last else {
            Issue.record("no editor for the answer")
            return
        }
        #expect(correction.target == .append(paths: [scene.dataset], chosen: 0))
        try await player.press("<c-s>")
        #expect(try Data(contentsOf: URL(filePath: scene.dataset)).split(separator: UInt8(ascii: "\n")).count == 13)
        #expect(player.state.dialogs.last == .evaluation)
    }

    @Test func aReportIsWrittenWhereItIsWanted() async throws {
        let scene = try EvaluationScene()
        let player = player(scene.world, Self.looks[0])
        try await player.start(opening: [scene.dataset])
        try await player.press("m<enter>w<c-u>")
        try await player.type("/tmp/report.txt")
        try await player.press("<enter>")
        #expect(scene.exports.isEmpty)
        try await player.press("<bs><bs><bs>")
        try await player.type("md")
        try await player.press("<enter>")
        #expect(scene.exports == ["/tmp/report.md"])
    }

    @Test func theListIsReachedFromTheModels() async throws {
        let scene = try EvaluationScene()
        let player = player(scene.world, Self.looks[0])
        try await player.start(opening: [scene.dataset])
        try await player.press("6E")
        #expect(player.state.dialogs == [.evaluations])
        try await player.press("<esc>e")
        guard case .evaluationForm? = player.state.dialogs.last else {
            Issue.record("no form")
            return
        }
    }
}

/// A workspace with two models and a dataset, in which evaluations end at once.
final class EvaluationScene: Sendable {
    static let tuned = "ft:smollm2-135m:personal:jargon-1:2026-09-21-10-40-00"

    let fake: FakeWorld
    let dataset: String
    let records: [Record]
    /// Evaluations that do not end before they are cancelled.
    let holds = Mutex(false)
    private let isClassified: Bool
    private let kept = Mutex<(requests: [EvaluationRequest], reports: [EvaluationReport], exports: [String])>(
        ([], [], []))
    private let stop = Mutex<AsyncThrowingStream<EvaluationClient.News, any Error>.Continuation?>(nil)

    var requests: [EvaluationRequest] { kept.withLock { $0.requests } }
    var exports: [String] { kept.withLock { $0.exports } }

    init(isClassified: Bool = false) throws {
        self.isClassified = isClassified
        fake = try FakeWorld()
        fake.models.addBase()
        fake.models.addTuned(Self.tuned, job: FakeJobs.id("a"))
        let lines =
            isClassified
            ? (0..<12).map { #"{"prompt":"Film \#($0): how was it? ->","completion":" \#(Self.labels[$0 % 3])\n"}"# }
            : FakeWorld.glossary(12)
        dataset = try fake.write("test.jsonl", lines)
        records = try lines.map { line in
            let object = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
            return .completion(prompt: object["prompt"] ?? "", completion: object["completion"] ?? "")
        }
    }

    private static let labels = ["positive", "negative", "neutral"]

    var world: World {
        var world = fake.world
        world.evaluations = EvaluationClient(
            list: { [self] in kept.withLock { $0.reports.map(EvaluationCard.init) } },
            load: { [self] id in
                guard let report = kept.withLock({ $0.reports.first { $0.id == id } }) else {
                    throw FakeFault.missing(id)
                }
                return (report, EvaluationSummary(report))
            },
            delete: { [self] id in kept.withLock { $0.reports.removeAll { $0.id == id } } },
            run: { [self] request in
                let (stream, tap) = AsyncThrowingStream<EvaluationClient.News, any Error>.makeStream()
                kept.withLock { $0.requests.append(request) }
                let model = request.models[0]
                tap.yield(
                    .progressed(
                        EvaluationProgress(
                            stage: .answers, model: model, done: 5, total: 12, share: 0.35, secondsLeft: 130)))
                if holds.withLock({ $0 }) {
                    stop.withLock { $0 = tap }
                } else {
                    end(request, isComplete: true, tap)
                }
                return stream
            },
            cancel: { [self] in
                guard let tap = stop.withLock({ $0 }), let request = requests.last else { return }
                end(request, isComplete: false, tap)
            },
            estimate: { _ in EvaluationEstimate(records: 12, seconds: 95) },
            export: { [self] _, path, _ in kept.withLock { $0.exports.append(path) } })
        return world
    }

    private func end(
        _ request: EvaluationRequest, isComplete: Bool,
        _ tap: AsyncThrowingStream<EvaluationClient.News, any Error>.Continuation
    ) {
        let report = report(request, isComplete: isComplete)
        kept.withLock { $0.reports.insert(report, at: 0) }
        tap.yield(.ended(report, EvaluationSummary(report)))
        tap.finish()
    }

    /// The base answers badly, the other one better the further down.
    private func report(_ request: EvaluationRequest, isComplete: Bool) -> EvaluationReport {
        let sides = records.map { record -> (prompt: String, expected: String) in
            guard case .completion(let prompt, let completion) = record else { return ("", "") }
            return (prompt, AnswerText.trimmed(completion))
        }
        var report = EvaluationReport(
            id: "eval-abcdefghijklmnopqrstuvwx", createdAt: Date(timeIntervalSince1970: 1_790_000_000),
            request: request, name: "test.jsonl",
            records: sides.enumerated().map { EvaluatedRecord(row: $0, prompt: $1.prompt, expected: $1.expected) },
            models: request.models.map { ModelOutcomes(model: $0, count: sides.count) }, segmentation: .western,
            labels: Labels(recognizedIn: sides.map(\.expected)), judgePrompt: nil, isComplete: isComplete, seconds: 75)
        for model in report.models.indices {
            for (record, side) in sides.enumerated() {
                let text = answer(to: record, side.expected, model: model)
                report.models[model].outcomes[record] = RecordOutcome(
                    loss: RecordLoss(
                        record: record, loss: 4.2 - Double(model) * 1.7 - Double(record) * 0.05, tokens: 20,
                        right: 6 + 5 * model, step: 0),
                    answer: WrittenAnswer(
                        text: text, finish: model == 0 ? .length : .stop, tokens: 24,
                        score: AnswerScore(text, expected: side.expected, .western)))
            }
        }
        return report
    }

    private func answer(to record: Int, _ expected: String, model: Int) -> String {
        guard isClassified else {
            let words = expected.split(separator: " ")
            return model == 0
                ? "It is a kind of musical instrument, 一种乐器, that was played in the 17th century."
                : words.prefix(record + 2).joined(separator: " ")
        }
        return model == 0
            ? (record % 4 == 0 ? "I liked it" : Self.labels[record % 2]) : record == 7 ? "neutral" : expected
    }
}

extension Player {
    /// Presses keys without waiting for what they set off.
    fileprivate func strike(_ notation: String) throws {
        for key in try KeyNotation.keys(in: notation) {
            screen.press([key])
            _ = try loop.handle(.input)
        }
    }
}

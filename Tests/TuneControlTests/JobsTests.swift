import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct JobsTests {
    static func job(_ letter: Character, _ status: JobStatus = .running, suffix: String? = nil) -> Job {
        Job(
            id: JobID("ftjob-" + String(repeating: letter, count: 24))!, status: status, model: "base", suffix: suffix,
            trainingFile: "/a.jsonl", createdAt: Date(timeIntervalSince1970: 0), request: HyperparameterRequest())
    }

    static func step(_ number: Int, loss: Double = 2) -> StepMetrics {
        StepMetrics(
            step: number, totalSteps: 10, epoch: 0, elapsedTokens: 0, elapsedExamples: 0, trainingLoss: loss,
            trainingTokenAccuracy: 0, trainingSequenceAccuracy: 0, learningRate: 0, gradientNorm: 0, tokensPerSecond: 0,
            secondsLeft: 0, peakMemoryMB: 0)
    }

    @Test func theCursorStaysOnItsJobWhenANewOneComes() {
        var state = Jobs.State()
        _ = Jobs.update(&state, .arrived([Self.job("a"), Self.job("b")]))
        _ = Jobs.update(&state, .moved(.lines(1), rows: 5))
        _ = Jobs.update(&state, .arrived([Self.job("c"), Self.job("a"), Self.job("b")]))
        #expect(state.selected?.id == Self.job("b").id)
    }

    @Test func aJobJustStartedIsSelectedEvenBeforeTheListHasIt() {
        var state = Jobs.State()
        _ = Jobs.update(&state, .arrived([Self.job("a")]))
        _ = Jobs.update(&state, .created(Self.job("b", .queued)))
        _ = Jobs.update(&state, .arrived([Self.job("b", .queued), Self.job("a")]))
        #expect(state.selected?.id == Self.job("b").id)
    }

    @Test func aCurveIsReadOnceAndThenGrows() {
        var state = Jobs.State()
        var job = Self.job("a")
        job.latest = Self.step(5)
        #expect(Jobs.update(&state, .arrived([job])) == [.loadCurves([job.id])])
        job.latest = Self.step(6, loss: 1.5)
        #expect(Jobs.update(&state, .arrived([job])) == [])
        #expect(state.curves[job.id]?.last == 1.5)
    }

    @Test(arguments: [
        ("/x/jargon_prepared.jsonl", "jargon-3"), ("/x/a_prepared_train.jsonl", "a-1"), ("", "model-1"),
        ("/x/唐诗.jsonl", "唐诗-1"),
    ])
    func aNewJobGetsAFreeName(path: String, name: String) {
        var state = Jobs.State()
        state.jobs = [Self.job("a", suffix: "jargon-1"), Self.job("b", suffix: "jargon-2")]
        #expect(state.freeName(for: path) == name)
    }

    @Test func followersKeepTheStepsOfAResumedRunInOrder() {
        var state = Follow.State()
        let id = Self.job("a").id
        #expect(Follow.update(&state, .opened(id)) == [.follow(id)])
        #expect(Follow.update(&state, .opened(id)) == [])
        let events = [1, 2, 3, 2].enumerated().map { index, step in
            JobEvent(
                id: index + 1, createdAt: Date(timeIntervalSince1970: 0), message: Wording("s", "s"),
                kind: .metrics(Self.step(step)))
        }
        _ = Follow.update(&state, .arrived(id, events))
        #expect(state.loss.points.map(\.step) == [1, 2])
        _ = Follow.update(&state, .arrived(Self.job("b").id, events))
        #expect(state.loss.points.count == 2)
    }
}

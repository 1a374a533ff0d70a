import Foundation
import Testing
import TuneModel

@testable import TuneControl

@Suite struct ChartsTests {
    private let start = Date(timeIntervalSince1970: 1_790_000_000)
    private let first = JobID("ftjob-aaaaaaaaaaaaaaaaaaaaaaaa")!
    private let second = JobID("ftjob-bbbbbbbbbbbbbbbbbbbbbbbb")!

    private func event(_ step: Int, loss: Double) -> JobEvent {
        let metrics = StepMetrics(step: step, totalSteps: 0, elapsedExamples: step * 4, trainingLoss: loss)
        return JobEvent(
            id: step, createdAt: start.addingTimeInterval(Double(step) * 2), message: Wording(verbatim: ""),
            kind: .metrics(metrics))
    }

    private func course(_ count: Int) -> RunCourse {
        RunCourse((1...count).map { event($0, loss: 5 - Double($0) / 100) })
    }

    private func opened(_ count: Int = 200) -> Charts.State {
        var state = Charts.State()
        _ = Charts.update(&state, .opened([first], first: course(count)))
        return state
    }

    @Test func markedRunsAreReadAndLaidOver() {
        var state = Charts.State()
        let effects = Charts.update(&state, .opened([first, second], first: course(50)))
        #expect(effects == [.loadCourses([second])])
        _ = Charts.update(&state, .loaded(second, course(300)))
        #expect(state.whole == 1...300)
    }

    @Test func theCrosshairIsAtTheSameStepInEveryUnit() {
        var state = opened()
        for _ in 0..<3 { _ = Charts.update(&state, .cursorMoved(-1)) }
        let step = state.cursor
        #expect(step != nil && step != 200)
        _ = Charts.update(&state, .unitChanged)
        #expect(state.unit == .examples && state.cursor == step)
        #expect(state.cursorPlace == Double(step! * 4))
        _ = Charts.update(&state, .unitChanged)
        #expect(state.unit == .time && state.cursorPlace == Double(step! - 1) * 2)
    }

    @Test func theCrosshairMovesByAtLeastAStepAndStopsAtTheEnds() {
        var state = opened(10)
        _ = Charts.update(&state, .cursorMoved(-1))
        #expect(state.cursor == 10)
        for step in stride(from: 9, through: 1, by: -1) {
            _ = Charts.update(&state, .cursorMoved(-1))
            #expect(state.cursor == step)
        }
        _ = Charts.update(&state, .cursorMoved(-1))
        #expect(state.cursor == 1)
        _ = Charts.update(&state, .cursorSent(toEnd: true))
        #expect(state.cursor == 10)
    }

    @Test func theWindowFollowsTheCrosshair() {
        var state = opened()
        _ = Charts.update(&state, .cursorMoved(1))
        for _ in 0..<3 { _ = Charts.update(&state, .zoomed(inward: true)) }
        #expect(state.shown?.upperBound == 200)
        _ = Charts.update(&state, .cursorSent(toEnd: false))
        #expect(state.shown?.lowerBound == 1)
    }

    @Test func anotherUnitShowsTheSameSteps() {
        var state = opened()
        _ = Charts.update(&state, .zoomed(inward: true))
        let steps = state.shown!
        _ = Charts.update(&state, .unitChanged)
        #expect(abs(state.shown!.lowerBound - steps.lowerBound * 4) <= 4)
        #expect(abs(state.shown!.upperBound - steps.upperBound * 4) <= 4)
    }

    @Test func whatArrivesIsSmoothedToo() {
        var state = opened()
        #expect(state.runs[0].smoothed(.loss) == nil)
        _ = Charts.update(&state, .smoothingChanged)
        #expect(state.weight == 0.6)
        _ = Charts.update(&state, .arrived(first, [event(201, loss: 1)]))
        var anew = SmoothedSeries(weight: 0.6)
        anew.follow(state.runs[0].course[.loss])
        #expect(state.runs[0].smoothed(.loss) == anew.series)
        for _ in 1..<Charts.State.weights.count { _ = Charts.update(&state, .smoothingChanged) }
        #expect(state.weight == 0 && state.runs[0].smoothed(.loss) == nil)
    }

    @Test func resetShowsAll() {
        var state = opened()
        _ = Charts.update(&state, .cursorMoved(-1))
        _ = Charts.update(&state, .zoomed(inward: true))
        _ = Charts.update(&state, .reset)
        #expect(state.shown == state.whole && state.cursor == nil)
    }

    @Test func chartsWithoutFiguresAreNotOffered() {
        #expect(opened().topics == [.loss])
    }
}

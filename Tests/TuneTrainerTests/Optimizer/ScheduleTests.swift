import Testing
import TuneModel

@testable import TuneTrainer

struct ScheduleTests {
    private func schedule(_ kind: LearningRateSchedule, warmupShare: Double = 0.1) -> Schedule {
        Schedule(kind, peak: 1, warmupShare: warmupShare, totalSteps: 100)
    }

    @Test(arguments: LearningRateSchedule.allCases) func theRateRisesToItsPeak(_ kind: LearningRateSchedule) {
        #expect(schedule(kind).rate(at: 0) == 0.1)
        #expect(schedule(kind).rate(at: 9) == 1)
        #expect(schedule(kind).rate(at: 10) == 1)
        #expect(schedule(kind, warmupShare: 0).rate(at: 0) == 1)
    }

    @Test func aCosineFallsSlowlyAtBothEnds() {
        #expect(abs(schedule(.cosine).rate(at: 55) - 0.5) < 1e-9)
        #expect(schedule(.cosine).rate(at: 20) > 0.95)
        #expect(schedule(.cosine).rate(at: 99) < 1e-3)
    }

    @Test func aLineFallsEvenly() {
        #expect(abs(schedule(.linear).rate(at: 55) - 0.5) < 1e-9)
        #expect(abs(schedule(.linear).rate(at: 20) - 8.0 / 9) < 1e-9)
        #expect(abs(schedule(.linear).rate(at: 99) - 1.0 / 90) < 1e-9)
    }

    @Test func aConstantStaysUp() {
        #expect((10..<100).allSatisfy { schedule(.constant).rate(at: $0) == 1 })
    }
}

import Foundation
import Testing
import TuneModel

@Suite struct RunCourseTests {
    private let start = Date(timeIntervalSince1970: 1_790_000_000)

    private func course(_ steps: Range<Int>) -> RunCourse {
        var course = RunCourse()
        for step in steps { tell(step, to: &course) }
        return course
    }

    private func tell(_ step: Int, loss: Double = 1, to course: inout RunCourse) {
        let metrics = StepMetrics(
            step: step, totalSteps: 0, elapsedExamples: step * 8, trainingLoss: loss,
            validation: step % 10 == 0
                ? Evaluation(loss: 2, tokenAccuracy: 0.5, sequenceAccuracy: 0.1, tokens: 1, examples: 1) : nil)
        course.absorb(metrics, at: start.addingTimeInterval(Double(step) * 1.5))
    }

    @Test func aStepHasItsPlaceOnEveryAxis() {
        let course = course(1..<101)
        #expect(course.position(of: 40, in: .steps) == 40)
        #expect(course.position(of: 40, in: .examples) == 320)
        #expect(course.position(of: 41, in: .time) == 60)
        #expect(course.span(in: .time) == 0...148.5)
    }

    @Test(arguments: ChartUnit.allCases)
    func aPlaceLeadsBackToItsStep(unit: ChartUnit) {
        let course = course(1..<200)
        for step in 1..<200 { #expect(course.step(at: course.position(of: step, in: unit), in: unit) == step) }
        #expect(course.step(at: -1e9, in: unit) == 1 && course.step(at: 1e9, in: unit) == 199)
    }

    @Test func aResumedRunForgetsWhatItDoesAgain() {
        var course = course(1..<101)
        tell(50, loss: 9, to: &course)
        #expect(course[.loss].last == 9 && course[.loss].points.count == 50)
        // The validation of step 60 is no longer one of this run.
        #expect(course[.validationLoss].points.last?.step == 50)
        #expect(course.span(in: .examples) == 8...400)
    }

    @Test func whatIsNotToldIsNotThere() {
        var course = RunCourse()
        course.absorb(StepMetrics(step: 1, totalSteps: 0, trainingLoss: 1), at: nil)
        #expect(course[.gradientNorm].isEmpty && !course.knows(.examples) && !course.knows(.time))
    }
}

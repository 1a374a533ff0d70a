import Testing
import TuneModel

@testable import TuneStore

struct StepMetricsFillingTests {
    @Test func everyFigureThatIsMissingIsFilledIn() {
        var full = StepMetrics.example(3)
        full.trainingEndingAccuracy = 0.1
        full.validationLoss = 0.2
        full.validationTokenAccuracy = 0.3
        full.validationSequenceAccuracy = 0.4
        full.fullValidationLoss = 0.5
        full.fullValidationTokenAccuracy = 0.6
        // A figure that is added to the type and forgotten here or there shows up as nil.
        for child in Mirror(reflecting: full).children {
            let value = Mirror(reflecting: child.value)
            #expect(value.displayStyle != .optional || value.children.count == 1, "\(child.label ?? "")")
        }
        #expect(StepMetrics(step: 3, totalSteps: 0, trainingLoss: .nan).filled(from: full) == full)
    }

    @Test func whatIsKnownStays() {
        let known = StepMetrics(step: 3, totalSteps: 5, trainingLoss: 7, trainingTokenAccuracy: 0.9)
        let filled = known.filled(from: .example(3))
        #expect(filled.totalSteps == 5)
        #expect(filled.trainingLoss == 7)
        #expect(filled.trainingTokenAccuracy == 0.9)
        #expect(filled.learningRate == 1e-4)
    }
}

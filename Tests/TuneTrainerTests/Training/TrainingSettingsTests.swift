import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// What each setting does to a whole run.
@Suite(.serialized) struct TrainingSettingsTests {
    @Test func accumulatedBatchesAreOneBatch() throws {
        let (one, many) = (TinyRun(), TinyRun())
        func run(_ tiny: TinyRun, _ settle: (inout Hyperparameters) -> Void) throws -> [StepMetrics] {
            var plan = tiny.plan(settle)
            plan.arithmetic = .float32
            return try tiny.run(plan).steps
        }
        let whole = try run(one) { ($0.batchSize, $0.epochs) = (6, 4) }
        let parts = try run(many) { ($0.batchSize, $0.accumulation, $0.epochs) = (2, 3, 4) }
        #expect(whole.count == 8 && parts.count == 8)
        for (a, b) in zip(whole, parts) {
            // Rounding is all that differs at first; updates then spread it.
            let tolerance = a.step == 1 ? 1e-6 : 2e-3
            #expect(abs(a.trainingLoss / b.trainingLoss - 1) < tolerance)
            let (norm, other) = (try #require(a.gradientNorm), try #require(b.gradientNorm))
            #expect(abs(norm / other - 1) < 10 * tolerance)
            #expect(a.elapsedTokens == b.elapsedTokens && a.elapsedExamples == b.elapsedExamples)
        }
    }

    @Test func aStepWithNothingToLearnChangesNothingAndGoesOn() throws {
        let tiny = TinyRun()
        var plan = tiny.plan { ($0.batchSize, $0.epochs) = (1, 1) }
        plan.training[4] = .completion(prompt: "What?", completion: "")
        let story = try tiny.run(plan)
        #expect(story.end == .finished && story.steps.count == 10)
        #expect(story.steps.count { $0.trainingLoss == 0 } == 1)
        #expect(story.losses.count == 9 && !story.losses.contains { $0.record == 4 })
    }

    @Test func aClipOfZeroIsNone() throws {
        func adapter(_ clip: Double) throws -> Data {
            let tiny = TinyRun()
            _ = try tiny.run(tiny.plan { $0.gradientClip = clip })
            return try tiny.adapter()
        }
        #expect(try adapter(0) == adapter(1e30))
        #expect(try adapter(0) != adapter(1e-3))
    }

    @Test func theScheduleIsFollowed() throws {
        let tiny = TinyRun()
        let story = try tiny.run(tiny.plan { ($0.schedule, $0.warmupShare) = (.linear, 0.25) })
        #expect(story.steps.count == 8)
        let expected: [Double] = [3, 6, 6, 5, 4, 3, 2, 1].map { $0 / 600 }
        #expect(zip(story.steps, expected).allSatisfy { abs(($0.learningRate ?? .nan) - $1) < 1e-12 })
    }

    @Test func validationComesAtEveryIntervalAndAtTheEnd() throws {
        let tiny = TinyRun()
        let story = try tiny.run(tiny.plan(validation: TinyRun.contradictions) { $0.evalInterval = 3 })
        #expect(story.steps.filter { $0.validationLoss != nil }.map(\.step) == [3, 6, 8])
    }

    @Test func manyHeldOutRecordsAreCutAndThatIsSaid() throws {
        let tiny = TinyRun()
        let story = try tiny.run(tiny.plan(validation: TinyRun.records(300)) { $0.maxSteps = 1 })
        #expect(story.said("first 256 of 300 held-out records"))
        #expect(story.messages.contains { $0.chinese.contains("前 256 条") })
    }

    @Test func heldOutRecordsWithNothingToLearnAreNoValidation() throws {
        let tiny = TinyRun()
        let story = try tiny.run(tiny.plan(validation: [.completion(prompt: "What?", completion: "")]))
        #expect(story.steps.allSatisfy { $0.validationLoss == nil })
        #expect(story.warnings.contains { $0.english.contains("without validation") })
    }

    @Test func patienceWithoutValidationIsSaidToBeIdle() throws {
        let tiny = TinyRun()
        let story = try tiny.run(tiny.plan { $0.patience = 1 })
        #expect(story.steps.count == 8)
        #expect(story.warnings.contains { $0.english.contains("Patience needs validation records") })
    }

    @Test func anEarlierAdapterKeepsItsRankAndScale() throws {
        let (first, second) = (TinyRun(), TinyRun())
        _ = try first.run(first.plan { ($0.loraRank, $0.loraAlpha, $0.loraTargets) = (2, 6, [.q, .v]) })
        var plan = second.plan { ($0.maxSteps, $0.learningRate) = (1, 0) }
        plan.startingAdapter = first.folder + "/adapter"
        let story = try second.run(plan)
        #expect(story.said("rank 2, alpha 6 and targets q_proj, v_proj"))
        // A rate of nothing hands the adapter through.
        #expect(try second.adapter() == first.adapter())
        plan.startingAdapter = second.folder + "/adapter"
        let third = TinyRun()
        plan.folder = third.folder
        (plan.hyperparameters.loraRank, plan.hyperparameters.loraAlpha) = (2, 6)
        plan.hyperparameters.loraTargets = [.q, .v]
        #expect(try !third.run(plan).said("earlier adapter"))
    }

    @Test func anEarlierAdapterOfAnotherModelIsRefused() throws {
        let tiny = TinyRun()
        var plan = tiny.plan()
        plan.startingAdapter = tiny.folder + "/other"
        let config = try TinyLlama("tiny_untied").weights.config.first(1)
        let layout = AdapterLayout(config: config, rank: 2, alpha: 4, targets: [.q, .down])
        try AdapterFile.write(Adapter(layout, seed: 1), baseModel: "other", to: plan.startingAdapter!)
        #expect {
            try tiny.run(plan)
        } throws: { error in
            guard case .adapterLacks(_, let tensor) = error as? TrainerError else { return false }
            return tensor.contains("layers.1.")
        }
    }
}

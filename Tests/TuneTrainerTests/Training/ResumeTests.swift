import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// A run that was killed after any step, before the step was saved, ends in the same bits.
@Suite(.serialized) struct ResumeTests {
    /// What is switched on.
    enum Option: CaseIterable {
        case plain, accumulation, validation, patience, samples, decay, chance, everything
    }

    private func plan(_ option: Option, _ tiny: TinyRun) -> TrainingPlan {
        let isValidated = [.validation, .patience, .everything].contains(option)
        return tiny.plan(validation: isValidated ? TinyRun.contradictions : []) {
            $0.epochs = 3
            if [.accumulation, .everything].contains(option) { ($0.batchSize, $0.accumulation) = (2, 2) }
            if isValidated { ($0.evalInterval, $0.learningRate) = (2, 3e-2) }
            if [.patience, .everything].contains(option) { ($0.patience, $0.epochs) = (2, 8) }
            if [.samples, .everything].contains(option) {
                ($0.samplePrompts, $0.evalInterval) = (["What is 3?"], 2)
            }
            if [.chance, .everything].contains(option) { ($0.loraDropout, $0.noise) = (0.2, 5) }
            if [.decay, .everything].contains(option) {
                ($0.weightDecay, $0.gradientClip, $0.schedule, $0.promptLossWeight) = (0.1, 0.5, .linear, 0.1)
            }
        }
    }

    @Test(arguments: Option.allCases) func killedAfterAnyStepItEndsInTheSameBits(_ option: Option) throws {
        var whole = TinyRun()
        whole.rhythm = CheckpointRhythm(steps: 3, share: .infinity)
        let expected = try whole.run(plan(option, whole))
        let hasLast = FileManager.default.fileExists(atPath: whole.folder + "/adapter-last")
        #expect(expected.steps.count > 4)
        for step in 1...expected.steps.count {
            var tiny = TinyRun()
            tiny.rhythm = whole.rhythm
            try tiny.killed(plan(option, tiny), after: step)
            let story = try tiny.run(plan(option, tiny))
            // Saved after every third step; the step of the kill itself was not saved.
            let saved = (step - 1) / 3 * 3
            #expect(story.steps.map(\.step) == Array(saved + 1...expected.steps.count), "killed after \(step)")
            let rest = expected.steps.dropFirst(saved)
            #expect(story.steps.map(\.trainingLoss) == rest.map(\.trainingLoss), "killed after \(step)")
            #expect(story.steps.map(\.validationLoss) == rest.map(\.validationLoss), "killed after \(step)")
            #expect(story.losses == expected.losses && story.trainedTokens == expected.trainedTokens)
            #expect(story.samples == expected.samples.filter { $0.step > saved || saved == 0 })
            #expect(try tiny.adapter() == whole.adapter(), "killed after \(step)")
            if hasLast { #expect(try tiny.adapter("adapter-last") == whole.adapter("adapter-last")) }
            try FileManager.default.removeItem(atPath: tiny.folder)
        }
    }

    @Test func killedBetweenTheLastCheckpointAndTheDeliveryItDelivers() throws {
        let (tiny, whole) = (TinyRun(), TinyRun())
        let expected = try whole.run(plan(.everything, whole))
        let session = try TrainingSession(plan(.everything, tiny), rhythm: .everyStep)
        while !session.isOver {
            _ = try session.makeStep()
            try session.writeCheckpointIfDue()
        }
        let story = try tiny.run(plan(.everything, tiny))
        #expect(story.steps.isEmpty && story.losses == expected.losses)
        #expect(try tiny.adapter() == whole.adapter())
    }

    @Test func aChangedEarlierAdapterStartsAnew() throws {
        let (first, second) = (TinyRun(), TinyRun())
        _ = try first.run(first.plan { $0.maxSteps = 1 })
        var plan = second.plan()
        plan.startingAdapter = first.folder + "/adapter"
        #expect(try second.run(plan, after: 3).steps.count == 3)
        _ = try first.run(first.plan { $0.maxSteps = 2 })
        #expect(try second.run(plan).steps.first?.step == 1)
    }
}

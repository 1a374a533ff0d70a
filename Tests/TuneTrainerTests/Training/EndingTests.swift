import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// The ways in which a run ends, and what it leaves.
@Suite(.serialized) struct EndingTests {
    private func overfitting(_ tiny: TinyRun, patience: Int?) -> TrainingPlan {
        tiny.plan(validation: TinyRun.contradictions) {
            ($0.epochs, $0.batchSize, $0.learningRate, $0.evalInterval, $0.patience) = (40, 10, 2e-2, 2, patience)
        }
    }

    @Test func outOfPatienceItStopsAndDeliversTheBest() throws {
        let tiny = TinyRun()
        let story = try tiny.run(overfitting(tiny, patience: 3))
        let validated = story.steps.compactMap { step in step.validationLoss.map { (step: step.step, loss: $0) } }
        let best = validated.min { $0.loss < $1.loss }!
        #expect(story.end == .finished)
        #expect(story.steps.count == best.step + 6 && story.steps.count < 40)
        #expect(story.said("Stopped early after step \(story.steps.count): the last 3 validations"))
        #expect(story.messages.contains { $0.chinese.contains("提前停止") })
        #expect(story.said("Delivered the adapter of step \(best.step), which had the best validation loss"))
        let engine = try AnswerEngine(
            modelPath: Fixture.path("tiny_tied.gguf"), adapterFolder: tiny.folder + "/adapter", threads: 2)
        #expect(abs(try engine.evaluate(TinyRun.contradictions).loss - best.loss) < 1e-5)
        #expect(try tiny.adapter("adapter-last") != tiny.adapter())
        #expect(story.losses.count == 10 && story.losses.allSatisfy { $0.step == story.steps.count })
    }

    @Test func keepingDeliversTheLastWithoutValidation() throws {
        let (kept, whole) = (TinyRun(), TinyRun())
        let story = try kept.run(kept.plan { ($0.epochs, $0.schedule) = (4, .constant) }, .keep, after: 3)
        #expect(story.end == .finished && story.steps.count == 3)
        #expect(story.said("Stopped after step 3 of 16, as asked") && story.said("adapter of the last step, 3"))
        #expect(story.losses.count == 9 && story.losses.allSatisfy { $0.step <= 3 })
        #expect(story.trainedTokens == story.losses.reduce(0) { $0 + $1.tokens })
        #expect(!FileManager.default.fileExists(atPath: kept.folder + "/adapter-last"))
        // The same as a run that was planned so; the warm-up of one step is the same for both.
        _ = try whole.run(whole.plan { ($0.maxSteps, $0.schedule) = (3, .constant) })
        #expect(try whole.adapter() == kept.adapter())
    }

    @Test func keepingValidatesWhatItKeeps() throws {
        let tiny = TinyRun()
        let plan = tiny.plan(validation: TinyRun.contradictions) { ($0.epochs, $0.evalInterval) = (4, 4) }
        let story = try tiny.run(plan, .keep, after: 2)
        #expect(story.steps.map(\.step) == [1, 2, 2])
        #expect(story.steps.map { $0.validationLoss != nil } == [false, false, true])
        #expect(story.said("last step, 2, which also had the best validation loss"))
    }

    @Test func keepingAfterTheBestDeliversTheBestAndTheLastBesideIt() throws {
        let (tiny, whole) = (TinyRun(), TinyRun())
        let story = try tiny.run(overfitting(tiny, patience: nil), .keep, after: 29)
        let best = story.steps.min { $0.validationLoss ?? .infinity < $1.validationLoss ?? .infinity }!
        #expect(best.step < 29 && story.steps.last?.step == 29 && story.steps.last?.validationLoss != nil)
        #expect(story.said("Delivered the adapter of step \(best.step)") && story.said("of step 29, is kept beside it"))
        _ = try whole.run(overfitting(whole, patience: nil), .keep, after: best.step)
        #expect(try tiny.adapter() == whole.adapter())
    }

    @Test func whatWasToBeKeptIsKeptAlsoAfterAKill() throws {
        let tiny = TinyRun()
        let plan = tiny.plan()
        let session = try TrainingSession(plan, rhythm: .everyStep)
        let metrics = try session.makeStep()
        #expect(try session.keep(metrics) == nil)
        try session.writeCheckpoint()
        let story = try tiny.run(plan)
        #expect(story.end == .finished && story.steps.isEmpty)
        #expect(story.said("Stopped after step 1 of 8") && story.losses.count == 3)
    }

    @Test func aDamagedBestIsNotDelivered() throws {
        let tiny = TinyRun()
        let plan = overfitting(tiny, patience: 2)
        let session = try TrainingSession(plan, rhythm: .everyStep)
        while !session.isOver {
            _ = try session.makeStep()
            try session.writeCheckpointIfDue()
        }
        let best = session.state.validation.best!.step
        try tiny.damage("best-\(best).safetensors")
        try session.deliver()
        let told = session.takeNews().compactMap { news in
            if case .message(let words, .warn) = news { words.english } else { nil }
        }
        #expect(told.contains { $0.contains("is damaged on disk; delivered that of the last step") })
        #expect(try tiny.adapter() == tiny.adapter("adapter-last"))
    }

    @Test func aBrokenLossNamesItsBatchAndLeavesTheCheckpointBefore() throws {
        let tiny = TinyRun()
        let plan = tiny.plan {
            ($0.batchSize, $0.accumulation, $0.epochs, $0.learningRate, $0.gradientClip) = (2, 3, 40, 1e30, 0)
        }
        var broken: (step: Int, rows: [Int])?
        do {
            _ = try tiny.run(plan)
        } catch TrainerError.notFiniteLoss(let step, let rows) {
            broken = (step, rows)
        }
        let found = try #require(broken)
        #expect(found.step > 1 && found.rows.count == 2)
        var cache = BatchOrder.Cache()
        let order = BatchOrder(examples: 10, batchSize: 2, accumulation: 3, seed: 5)
        let batches = order.batches(of: found.step - 1, in: &cache).map { $0.sorted() }
        #expect(batches.contains(found.rows))
        #expect(try tiny.checkpoints().contains("step-\(found.step - 1).safetensors"))
        // What is kept can be taken up, and ends in the same way.
        #expect(throws: TrainerError.notFiniteLoss(step: found.step, rows: found.rows)) { try tiny.run(plan) }
    }
}

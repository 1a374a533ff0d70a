import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Whole runs on a tiny model.
@Suite(.serialized) struct TrainingRunTests {
    private let folder = NSTemporaryDirectory() + "run-\(UUID().uuidString)"

    private func plan(
        records: Int = 8, epochs: Int = 2, batch: Int = 3, rate: Double = 1e-2, validation: [Record] = []
    ) -> TrainingPlan {
        let all = (0..<records).map {
            Record.completion(prompt: "What is \($0)? ->", completion: " The fox number \($0 * 7).\n")
        }
        let request = HyperparameterRequest {
            ($0.epochs, $0.batchSize, $0.learningRate, $0.loraRank, $0.seed) = (epochs, batch, rate, 8, 5)
        }
        return TrainingPlan(
            modelPath: Fixture.path("tiny_tied.gguf"), modelName: "tiny", training: all, validation: validation,
            hyperparameters: Hyperparameters(request, examples: records), folder: folder, threads: 2)
    }

    /// Runs, and returns the steps' metrics.
    @discardableResult
    private func run(_ plan: TrainingPlan, stopAfter limit: Int = .max) throws -> (
        end: TrainingEnd, steps: [StepMetrics]
    ) {
        var steps: [StepMetrics] = []
        var run = TrainingRun(plan: plan)
        // By steps alone, however long a step or a checkpoint takes.
        run.rhythm = CheckpointRhythm(steps: 10, seconds: .infinity, share: .infinity)
        let end = try run.run(
            shouldStop: { steps.count >= limit ? .pause : nil },
            report: { if case .step(let metrics) = $0 { steps.append(metrics) } })
        return (end, steps)
    }

    private func delivered() throws -> Data {
        try Data(contentsOf: URL(filePath: folder + "/adapter/adapter_model.safetensors"))
    }

    @Test func aTinyModelLearnsEightRecordsByHeart() throws {
        let plan = plan(epochs: 150, batch: 8, rate: 2e-2)
        let (end, steps) = try run(plan)
        #expect(end == .finished)
        #expect(steps.last?.trainingSequenceAccuracy == 1)
        let engine = try AnswerEngine(modelPath: plan.modelPath, adapterFolder: folder + "/adapter", threads: 2)
        #expect(try engine.evaluate(plan.training).sequenceAccuracy == 1)
    }

    @Test func aRunIsTheSameToTheBit() throws {
        try run(plan())
        let first = try delivered()
        try FileManager.default.removeItem(atPath: folder)
        try run(plan())
        #expect(try delivered() == first)
    }

    @Test(arguments: 1...5) func aStoppedRunGoesOnAsIfItHadNot(_ stop: Int) throws {
        let whole = try run(plan())
        let expected = try delivered()
        try FileManager.default.removeItem(atPath: folder)
        let first = try run(plan(), stopAfter: stop)
        #expect(first.end == .stopped(.pause))
        let second = try run(plan())
        #expect(second.end == .finished)
        #expect(first.steps.map(\.trainingLoss) + second.steps.map(\.trainingLoss) == whole.steps.map(\.trainingLoss))
        #expect(second.steps.map(\.elapsedTokens) == whole.steps.dropFirst(stop).map(\.elapsedTokens))
        #expect(try delivered() == expected)
    }

    @Test func aDamagedCheckpointFallsBackToTheOneBefore() throws {
        let whole = try run(plan(records: 30, epochs: 3))
        let expected = try delivered()
        try FileManager.default.removeItem(atPath: folder)
        let first = try run(plan(records: 30, epochs: 3), stopAfter: 25)
        #expect(first.steps.count == 25)
        let newest = folder + "/checkpoints/step-25.safetensors"
        var bytes = try Data(contentsOf: URL(filePath: newest))
        bytes[bytes.count - 5] ^= 1
        try bytes.write(to: URL(filePath: newest))
        let second = try run(plan(records: 30, epochs: 3))
        #expect(second.steps.first?.step == 21)
        #expect(second.steps.map(\.trainingLoss) == Array(whole.steps.map(\.trainingLoss)[20...]))
        #expect(try delivered() == expected)
    }

    @Test func aCheckpointOfOtherSettingsIsNotTakenUp() throws {
        try run(plan(), stopAfter: 3)
        let other = try run(plan(rate: 2e-2))
        #expect(other.steps.first?.step == 1)
    }

    @Test func theBestAdapterByValidationIsDelivered() throws {
        // Held-out answers that contradict the training data get worse as that is learned by heart.
        let held = (0..<4).map { Record.completion(prompt: "What is \($0)? ->", completion: " A dog, \($0).\n") }
        let plan = plan(epochs: 40, batch: 8, rate: 2e-2, validation: held)
        let (_, steps) = try run(plan)
        let validated = steps.compactMap { step in step.validationLoss.map { (step.step, $0) } }
        #expect(validated.count == 10)
        let best = validated.min { $0.1 < $1.1 }!
        #expect(best.0 < steps.count)
        let engine = try AnswerEngine(modelPath: plan.modelPath, adapterFolder: folder + "/adapter", threads: 2)
        #expect(abs(try engine.evaluate(held).loss - best.1) < 1e-5)
        #expect(FileManager.default.fileExists(atPath: folder + "/adapter-last/adapter_model.safetensors"))
    }

    @Test func aLossThatIsNotFiniteEndsTheRunWithItsStepAndRows() throws {
        var broken = plan(epochs: 40, batch: 8)
        broken.hyperparameters.learningRate = 1e30
        broken.hyperparameters.gradientClip = 1e30
        #expect {
            try run(broken)
        } throws: { error in
            guard case .notFiniteLoss(let step, let rows) = error as? TrainerError else { return false }
            return step > 1 && rows == Array(0..<8)
        }
    }

    @Test func recordsWithoutAnythingToLearnAreRefused() throws {
        var empty = plan()
        empty.training = [.completion(prompt: "What?", completion: "")]
        #expect(throws: TrainerError.nothingToTrain) { try run(empty) }
    }
}

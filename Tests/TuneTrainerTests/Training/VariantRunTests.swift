import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Whole runs of every variant on a tiny model.
@Suite(.serialized) struct VariantRunTests {
    enum Variant: String, CaseIterable {
        case chance, preference, full, fullPreference
    }

    private let folder = NSTemporaryDirectory() + "variant-\(UUID().uuidString)"
    private var validation: [Record] { (20..<24).map(PreferenceTests.record) }

    private func plan(
        _ variant: Variant, epochs: Int = 2, rate: Double = 1e-3, validated: Bool = false
    ) -> TrainingPlan {
        let request = HyperparameterRequest {
            ($0.epochs, $0.batchSize, $0.learningRate, $0.loraRank, $0.seed) = (epochs, 3, rate, 4, 5)
            switch variant {
            case .chance: ($0.loraDropout, $0.noise, $0.isRankStabilized, $0.loraTargets) = (0.2, 5, true, [.q, .down])
            case .preference: $0.method = .dpo(beta: 0.1)
            case .full: $0.tuning = .full
            case .fullPreference: ($0.tuning, $0.method) = (.full, .dpo(beta: 0.1))
            }
        }
        let records = (0..<8).map { number in
            variant == .preference || variant == .fullPreference
                ? PreferenceTests.record(number)
                : .completion(prompt: "What is \(number)? ->", completion: " The fox number \(number * 7).\n")
        }
        return TrainingPlan(
            modelPath: Fixture.path("tiny_tied.gguf"), modelName: "tiny", training: records,
            validation: validated ? validation : [], hyperparameters: Hyperparameters(request, examples: 8),
            folder: folder, threads: 2)
    }

    private func run(
        _ plan: TrainingPlan, stopAfter limit: Int = .max
    ) throws -> (steps: [StepMetrics], delivery: Delivery?, tokens: Int) {
        var (steps, delivery, tokens): ([StepMetrics], Delivery?, Int) = ([], nil, 0)
        _ = try TrainingRun(plan: plan).run(
            shouldStop: { steps.count >= limit ? .pause : nil },
            report: { news in
                if case .step(let metrics) = news { steps.append(metrics) }
                if case .delivered(let found, let count) = news { (delivery, tokens) = (found, count) }
            })
        return (steps, delivery, tokens)
    }

    private func bytes(_ delivery: Delivery?) throws -> Data {
        switch try #require(delivery) {
        case .adapter(let folder): try Data(contentsOf: URL(filePath: folder + "/adapter_model.safetensors"))
        case .model(let path): try Data(contentsOf: URL(filePath: path))
        }
    }

    private func engine(_ delivery: Delivery?) throws -> AnswerEngine {
        switch try #require(delivery) {
        case .adapter(let folder):
            try AnswerEngine(modelPath: Fixture.path("tiny_tied.gguf"), adapterFolder: folder, threads: 2)
        case .model(let path): try AnswerEngine(modelPath: path, adapterFolder: nil, threads: 2)
        }
    }

    @Test(arguments: Variant.allCases, [1, 4])
    func aStoppedRunGoesOnToTheSameBits(_ variant: Variant, _ stop: Int) throws {
        let whole = try run(plan(variant, validated: variant == .preference))
        let expected = try bytes(whole.delivery)
        try FileManager.default.removeItem(atPath: folder)
        let first = try run(plan(variant, validated: variant == .preference), stopAfter: stop)
        let second = try run(plan(variant, validated: variant == .preference))
        #expect((first.steps + second.steps).map(\.trainingLoss) == whole.steps.map(\.trainingLoss))
        #expect((first.steps + second.steps).map(\.validationLoss) == whole.steps.map(\.validationLoss))
        #expect(try bytes(second.delivery) == expected)
    }

    @Test func wholeWeightsLearnEightRecordsByHeart() throws {
        let plan = plan(.full, epochs: 60, rate: 4e-3)
        let (steps, delivery, _) = try run(plan)
        #expect(steps.last?.trainingSequenceAccuracy == 1)
        guard case .model(let path) = delivery else { throw TestFailure() }
        #expect(path == folder + "/model/model.gguf")
        let found = try engine(delivery).evaluate(plan.training)
        #expect(found.sequenceAccuracy == 1)
        // Half precision of the delivered weights shows little.
        let last = try #require(steps.last)
        #expect(abs(found.loss - last.trainingLoss) < 0.05)
    }

    @Test func aTinyModelLearnsWhatIsPreferred() throws {
        let (steps, delivery, tokens) = try run(plan(.preference, epochs: 30, rate: 5e-3, validated: true))
        let (first, last) = (try #require(steps.first), try #require(steps.last))
        // It starts as its reference.
        #expect(abs(first.trainingLoss - log(2)) < 1e-3)
        #expect(last.trainingLoss < 0.1)
        #expect(last.trainingSequenceAccuracy == 1)
        #expect(last.validationLoss ?? 1 < 0.1)
        #expect(last.validationSequenceAccuracy == 1)
        // Both answers count as learned from.
        let encoder = try ExampleEncoder(PretrainedModel(path: Fixture.path("tiny_tied.gguf")), contextLength: 128)
        let examples = try encoder.encode(plan(.preference).training, for: .dpo(beta: 0.1))
        #expect(tokens == 30 * examples.reduce(0) { $0 + $1.trainedTokens })
        // The better answers have become likelier than the worse ones by more than they were.
        func lead(_ engine: AnswerEngine) throws -> Double {
            let sides = try validation.map { record in
                guard case .preference(let input, let better, let worse) = record else { throw TestFailure() }
                let asked = input.map { Message(role: $0.role, content: $0.content, weight: 0) }
                return (Record.chat(asked + better), Record.chat(asked + worse))
            }
            func sum(_ records: [Record]) throws -> Double {
                let found = try engine.evaluate(records)
                return found.loss * Double(found.tokens)
            }
            return try sum(sides.map(\.1)) - sum(sides.map(\.0))
        }
        let base = try AnswerEngine(modelPath: Fixture.path("tiny_tied.gguf"), adapterFolder: nil, threads: 2)
        #expect(try lead(engine(delivery)) > lead(base) + 4)
    }

    @Test func goingOnFromAnAdapterTakesItForTheReference() throws {
        let (_, delivery, _) = try run(plan(.preference, epochs: 10, rate: 5e-3))
        guard case .adapter(let adapter) = delivery else { throw TestFailure() }
        var second = plan(.preference, epochs: 1, rate: 5e-3)
        second.startingAdapter = adapter
        second.folder += "-second"
        let steps = try run(second).steps
        #expect(abs(try #require(steps.first).trainingLoss - log(2)) < 1e-3)
    }

    @Test func aFullTuningCannotStartFromAnAdapter() throws {
        var plan = plan(.full)
        plan.startingAdapter = "/somewhere/adapter"
        #expect(throws: TrainerError.fullTuningOfAdapter(path: "/somewhere/adapter")) { try run(plan) }
    }

    @Test func aFullTuningThatDoesNotFitIsRefusedBeforeItBegins() throws {
        var plan = plan(.full)
        plan.hyperparameters.memoryLimitMB = 1
        #expect {
            try run(plan)
        } throws: { error in
            guard case .memoryLimit(let needed, 1) = error as? TrainerError else { return false }
            return needed > 20
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func theBestWholeModelByValidationIsDelivered() throws {
        let held = (0..<4).map { Record.completion(prompt: "What is \($0)? ->", completion: " A dog, \($0).\n") }
        var plan = plan(.full, epochs: 20, rate: 4e-3)
        plan.validation = held
        let (steps, delivery, _) = try run(plan)
        let best = try #require(
            steps.compactMap { step in step.validationLoss.map { (step.step, $0) } }.min { $0.1 < $1.1 })
        #expect(best.0 < steps.count)
        #expect(abs(try engine(delivery).evaluate(held).loss - best.1) < 0.05)
        #expect(FileManager.default.fileExists(atPath: folder + "/model-last/model.gguf"))
    }

    @Test func anEstimateKnowsTheVariant() throws {
        let estimates = try Variant.allCases.map { variant in
            try TrainingEstimate(of: plan(variant))
        }
        #expect(estimates[1].trainedTokens > estimates[0].trainedTokens)
        #expect(estimates[2].diskMB > estimates[0].diskMB)
        #expect(estimates[2].memoryMB > estimates[0].memoryMB - 1)
    }

    private struct TestFailure: Error {}
}

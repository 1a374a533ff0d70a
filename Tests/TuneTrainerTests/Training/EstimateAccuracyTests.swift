import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// What is promised before a run against what the run takes, with the real base model on the Jargon File.
///
/// `TUNEDECK_SHOW_ESTIMATES=1` prints both. Times and memory are compared in the long form only (`make torture`), which
/// has the machine to itself.
@Suite(.serialized) struct EstimateAccuracyTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var records = 64
        var validation = 0
        var arithmetic = TrainingArithmetic.fastest
        var settle: @Sendable (inout HyperparameterRequest) -> Void = { _ in }
    }

    static let cases = [
        Case(testDescription: "all linear layers, batch 8") { ($0.batchSize, $0.maxSteps) = (8, 6) },
        Case(testDescription: "q and v, batch 4 × 2, f32", arithmetic: .float32) {
            ($0.batchSize, $0.accumulation, $0.maxSteps, $0.loraTargets) = (4, 2, 4, [.q, .v])
        },
        Case(testDescription: "validation and samples", records: 16, validation: 16) {
            ($0.batchSize, $0.epochs, $0.evalInterval) = (4, 1, 2)
            $0.samplePrompts = ["What is a hacker?", "What is foo?"]
        },
    ]

    @Test(.enabled(if: TestModel.isTortured)) func checkpointsTakeLittleOfTheTime() throws {
        let folder = NSTemporaryDirectory() + "rhythm-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let request = HyperparameterRequest { $0.batchSize = 4 }
        let plan = TrainingPlan(
            modelPath: try TestModel.path, modelName: "smollm2-135m",
            training: try Samples.records("jargon", limit: 256),
            hyperparameters: Hyperparameters(request, examples: 256), folder: folder, threads: 2)
        let session = try TrainingSession(plan, rhythm: CheckpointRhythm())
        var writing = Duration.zero
        let start = ContinuousClock.now
        for _ in 0..<40 {
            _ = try session.makeStep()
            let before = ContinuousClock.now
            try session.writeCheckpointIfDue()
            writing += before.duration(to: .now)
        }
        let share = writing / start.duration(to: .now)
        if ProcessInfo.processInfo.environment["TUNEDECK_SHOW_ESTIMATES"] != nil {
            print("checkpoints found in \(share) of the time, \(writing) in all")
        }
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder + "/checkpoints").isEmpty)
        // The disk may be in a worse mood than at the checkpoint before.
        #expect(share < 2 * CheckpointRhythm().share)
    }

    @Test(arguments: cases) func theRunTakesWhatWasPromised(_ settings: Case) throws {
        let records = try Samples.records("jargon", limit: settings.records + settings.validation)
        let folder = NSTemporaryDirectory() + "promise-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let request = HyperparameterRequest(settings.settle)
        let plan = TrainingPlan(
            modelPath: try TestModel.path, modelName: "smollm2-135m",
            training: Array(records.prefix(settings.records)),
            validation: Array(records.dropFirst(settings.records)),
            hyperparameters: Hyperparameters(request, examples: settings.records), folder: folder, threads: 2,
            arithmetic: settings.arithmetic)

        let start = ContinuousClock.now
        let estimate = try TrainingEstimate(of: plan)
        let looked = start.duration(to: .now) / .seconds(1)
        // The peak is counted from here on.
        try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
        let begin = ContinuousClock.now
        var tokens = 0
        _ = try TrainingRun(plan: plan).run(
            shouldStop: { nil }, report: { if case .step(let metrics) = $0 { tokens = metrics.elapsedTokens ?? 0 } })
        let seconds = begin.duration(to: .now) / .seconds(1)
        let memory = ProcessMemory.peakMB
        if ProcessInfo.processInfo.environment["TUNEDECK_SHOW_ESTIMATES"] != nil {
            print(
                "\(settings.testDescription): found in \(looked) s; time \(estimate.seconds) of \(seconds) s,",
                "validation \(estimate.validationSeconds), samples \(estimate.sampleSeconds),",
                "memory \(estimate.memoryMB) of \(memory) MB, tokens \(estimate.tokens) of \(tokens)")
        }
        #expect(estimate.tokens == tokens)
        if TestModel.isTortured {
            #expect(abs(estimate.seconds / seconds - 1) < 0.2, "\(estimate.seconds) of \(seconds) s")
            #expect(abs(estimate.memoryMB / memory - 1) < 0.2, "\(estimate.memoryMB) of \(memory) MB")
        }
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

@Suite(.serialized) struct TrainingEstimateTests {
    @Test func countsAreThoseOfTheRun() throws {
        for settle in [
            { _ in }, { ($0.batchSize, $0.accumulation) = (2, 2) }, { $0.maxSteps = 3 },
            { ($0.maxSteps, $0.accumulation) = (3, 2) },
        ] as [(inout Hyperparameters) -> Void] {
            let tiny = TinyRun()
            let plan = tiny.plan(records: 11, settle)
            let estimate = try TrainingEstimate(of: plan)
            let story = try tiny.run(plan)
            #expect(estimate.steps == story.steps.count)
            #expect(estimate.tokens == story.steps.last?.elapsedTokens)
            #expect(estimate.trainedTokens == story.trainedTokens)
            #expect(estimate.examples == 11 && estimate.cutExamples == 0)
        }
    }

    @Test(arguments: [true, false]) func theDiskIsThatOfTheRun(_ isValidated: Bool) throws {
        let tiny = TinyRun()
        let plan = tiny.plan(validation: isValidated ? TinyRun.contradictions : []) {
            ($0.epochs, $0.learningRate, $0.loraRank) = (12, 2e-2, 32)
        }
        let estimate = try TrainingEstimate(of: plan)
        _ = try tiny.run(plan)
        let files = FileManager.default.enumerator(atPath: tiny.folder)!
        let bytes = files.allObjects.reduce(0) { sum, name in
            let path = "\(tiny.folder)/\(name)"
            let facts = try? FileManager.default.attributesOfItem(atPath: path)
            return facts?[.type] as? FileAttributeType == .typeRegular ? sum + (facts?[.size] as? Int ?? 0) : sum
        }
        #expect(abs(estimate.diskMB * 1e6 / Double(bytes) - 1) < 0.2)
    }

    @Test func looksAtTheModelTakeTheirTime() throws {
        let tiny = TinyRun()
        let plain = try TrainingEstimate(of: tiny.plan { $0.evalInterval = 1 })
        #expect(plain.validationSeconds == 0 && plain.sampleSeconds == 0)
        let held = try TrainingEstimate(of: tiny.plan(validation: TinyRun.contradictions) { $0.evalInterval = 1 })
        #expect(held.validationSeconds > 0 && held.seconds > held.validationSeconds)
        let asked = try TrainingEstimate(of: tiny.plan { $0.samplePrompts = ["What is 3?"] })
        #expect(asked.sampleSeconds > 0)
    }

    @Test func memoryIsLaidOutByTheCodeThatRuns() throws {
        let tiny = TinyRun()
        let plan = tiny.plan()
        let material = try TrainingMaterial(plan)
        let adapter = try material.adapter(plan)
        let probe = try TrainingProbe(plan, material, adapter.layout)
        let before = Memory.inUse
        let shape = try material.shape(plan, adapter.layout)
        let rig = try TrainingRig(
            plan, material, shape, weights: material.weights, adapter: adapter, team: Team(size: 2))
        _ = rig.step.update(with: Array(material.examples), rate: 0)
        #expect(probe.whole.bytes == Double(Memory.inUse - before + adapter.values.count * 4))
    }
}

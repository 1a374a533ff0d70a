import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Training of whole weights against PyTorch.
struct FullTuningTests {
    private static let settings = Hyperparameters(HyperparameterRequest { $0.tuning = .full }, examples: 8)

    private func whole(_ tiny: TinyLlama) -> Adapter {
        Adapter(
            AdapterLayout(config: tiny.weights.config, Self.settings), from: tiny.weights, on: Team(size: 2))
    }

    @Test func itStartsAsTheBase() throws {
        let tiny = try TinyLlama("tiny_untied")
        let pass = BatchPass(tiny.model(whole(tiny)), keptRows: 128, longest: 64)
        #expect(
            abs(pass.outcome(of: PackedBatch(tiny.examples, promptLossWeight: 0)).loss - tiny.facts.loss) < 1e-4)
    }

    @Test(arguments: [128, 1]) func gradientsOfAllWeightsAreTheReferences(_ keptRows: Int) throws {
        let variants = try Variants()
        let weights = whole(variants.tiny)
        let gradient = Adapter(weights.layout)
        let batch = PackedBatch(variants.tiny.examples, promptLossWeight: 0)
        _ = variants.pass(weights, keptRows: keptRows).outcome(
            of: batch, scale: 1 / batch.weights.reduce(0, +), addingGradientTo: gradient)
        #expect(gradient.layout.sites.count == 14)
        #expect(try variants.worstError(of: gradient, "full") < 1e-3)
    }

    @Test func tenLossesAreTheReferencesWithinOnePercent() throws {
        let variants = try Variants()
        let weights = whole(variants.tiny)
        let pass = variants.pass(weights)
        let step = TrainingStep(
            pass.model, adapter: weights, pass: pass, promptLossWeight: 0, gradientClip: .infinity)
        for expected in variants.facts.full.losses {
            let found = step.update(with: variants.tiny.examples, rate: variants.facts.full.rate).batch.loss
            #expect(abs(found / expected - 1) < 0.01, "\(found), the reference \(expected)")
        }
    }

    /// Few rows take the way past the product, as when tokens come one by one.
    @Test func tokenByTokenIsTheSameAsAtOnce() throws {
        let tiny = try TinyLlama("tiny_tied")
        let weights = whole(tiny)
        for i in 0..<weights.values.count { weights.values.base[i] *= 1.1 }
        let tokens = tiny.examples[0].tokens
        let slow = SequenceDecoder(tiny.model(weights), capacity: 64)
        let last = tokens.map { slow.advance([$0]).values }.last!
        let whole = SequenceDecoder(tiny.model(weights), capacity: 64).advance(tokens).values
        #expect(worstDifference(last, whole) < 1e-4)
    }

    @Test func moreMemoryThanThereIsEndsItBeforeItBegins() throws {
        let config = try TinyLlama("tiny_tied").weights.config
        let layout = AdapterLayout(config: config, Self.settings)
        let memory = TrainingMemory(
            config: config, layout: layout, modelBytes: 150_000_000, arithmetic: .float32, threads: 2, longest: 100,
            largestBatch: 640)
        let needed = memory.megabytes(BatchShape(rows: 1, isKept: false))
        // Program and file, and some megabytes for weights, gradient, moments and a batch.
        #expect((180..<220).contains(needed))
        _ = try memory.shape(limitMB: nil, availableMB: 220)
        _ = try memory.shape(limitMB: 220, availableMB: nil)
        #expect(throws: TrainerError.memoryLimit(neededMB: needed, limitMB: 100)) {
            try memory.shape(limitMB: 100, availableMB: 220)
        }
        #expect(throws: TrainerError.notEnoughMemory(neededMB: needed, availableMB: 160)) {
            try memory.shape(limitMB: 220, availableMB: 160)
        }
        let text = "MemTotal:       24689764 kB\nMemFree:          1000 kB\nMemAvailable:   22000000 kB\n"
        #expect(MachineMemory.available(meminfo: text) == 22_528_000_000)
        #expect(MachineMemory.availableMB ?? 0 > 0)
    }
}

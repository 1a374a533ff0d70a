import Foundation
public import TuneModel

/// What a run will take, found by encoding its data and a short look at how fast this machine multiplies.
public struct TrainingEstimate: Hashable, Sendable {
    public let examples: Int
    public let steps: Int
    /// Tokens in one pass over the data, prompts included.
    public let tokensPerEpoch: Int
    /// Tokens with a loss over the whole run, repeats included.
    public let trainedTokens: Int
    /// Records that are longer than the model's context and will be cut.
    public let cutExamples: Int
    /// At the speed of `tokensPerSecond`, without validation.
    public let seconds: Double
    /// Tokens a second, prompts included: as told by the caller, or measured.
    public let tokensPerSecond: Double
    /// Peak memory of the process, in MB (10⁶ bytes).
    public let memoryMB: Double
    /// What the job will leave on disk: checkpoints and adapter, in MB.
    public let diskMB: Double

    /// Share of the machine's bare f32 matrix products that a training step reaches; more with products in bytes.
    private static func efficiency(_ isInt8: Bool) -> Double { isInt8 ? 1.3 : 0.7 }

    /// `tokensPerSecond` is the speed of an earlier run of this model on this machine; nil measures for a moment.
    public init(
        modelPath: String, records: [Record], hyperparameters: Hyperparameters, tokensPerSecond: Double? = nil
    ) throws(TrainerError) {
        let base = try PretrainedModel(path: modelPath)
        let config = try LlamaWeights(base).config
        let examples = try ExampleEncoder(base, contextLength: config.contextLength)
            .encode(records, for: hyperparameters.method)
        let steps = hyperparameters.totalSteps(examples: examples.count)
        let tokens = examples.reduce(0) { $0 + $1.size }
        let trained = examples.reduce(0) { $0 + $1.trainedTokens }
        let perEpoch = max(1, hyperparameters.stepsPerEpoch(examples: examples.count))
        let epochs = Double(steps) / Double(perEpoch)
        let layout = AdapterLayout(config: config, hyperparameters)
        let isInt8 = TrainingArithmetic.fastest == .int8 && layout.tuning == .lora

        self.examples = examples.count
        self.steps = steps
        tokensPerEpoch = tokens
        trainedTokens = Int((Double(trained) * epochs).rounded())
        cutExamples = examples.count { $0.cutTokens > 0 }
        let speed =
            tokensPerSecond
            ?? Self.efficiency(isInt8) * MachineSpeed.measured()
            / config.flops(hyperparameters, trainedShare: Double(trained) / Double(max(1, tokens)), epochs: epochs)
        self.tokensPerSecond = speed
        seconds = Double(tokens) * epochs / speed
        let longest = examples.map(\.size).max() ?? 1
        let largest = examples.map(\.size).sorted(by: >).prefix(hyperparameters.batchSize).reduce(0, +)
        let kept = min(TrainingRun.keptRows, largest)
        memoryMB =
            MemoryNeed(
                config, layout, fileBytes: base.byteCount,
                int8Bytes: isInt8 ? config.layers * config.blockParameters : 0,
                keptRows: kept, longest: longest
            ).bytes / 1e6
        // Two checkpoints of what is trained and its moments, a third while it is written, and what is delivered, best and
        // last; whole models carry the rest of the base with them.
        let rest = layout.tuning == .full ? 2 * base.byteCount : 0
        diskMB = (4 * Double(layout.count) * (3 * 3 + 3) + Double(rest)) / 1e6
    }
}

extension LlamaConfig {
    /// Numbers in the linear layers of one block.
    fileprivate var blockParameters: Int {
        LoRATarget.allCases.reduce(0) { sum, target in
            let (outputs, inputs) = target.shape(in: self)
            return sum + outputs * inputs
        }
    }

    /// Floating-point operations of one token, forward and back: two for each weight each way, the head's for trained
    /// tokens only; two more for each weight that is trained itself. A preference run also takes each token through the
    /// reference, once, and goes over the head once more.
    fileprivate func flops(_ settings: Hyperparameters, trainedShare: Double, epochs: Double) -> Double {
        let (blocks, head) = (Double(layers * blockParameters), Double(hidden * vocabulary) * trainedShare)
        let learning = (settings.tuning == .full ? 6 : 4) * blocks + 4 * head
        guard case .dpo = settings.method else { return learning }
        return learning + 2 * head + 2 * (blocks + head) / max(1, epochs)
    }

    /// Numbers that a run keeps in memory at once, besides the mapped weights and the adapter.
    func floats(keptRows: Int, longest: Int) -> Int {
        let heads = hasHeadNorms ? queryWidth + keyValueWidth : 0
        let block = 2 * queryWidth + 2 * keyValueWidth + heads + hidden + 2 * feedForward
        let passing = 4 * hidden + 2 * queryWidth + 2 * keyValueWidth + 2 * feedForward
        let streams = (layers + 1) * hidden
        let rows = max(keptRows, longest)
        return keptRows * layers * block + rows * (streams + passing) + (longest > keptRows ? longest * block : 0)
            + vocabulary * hidden + HeadScratch.rows * (vocabulary + 4 * hidden)
    }
}

/// How fast this machine multiplies matrices of the sizes that training has.
enum MachineSpeed {
    /// Floating-point operations a second on all cores; takes about a tenth of a second.
    static func measured() -> Double {
        let team = Team(size: ProcessInfo.processInfo.activeProcessorCount)
        let (rows, inner, columns) = (512, 576, 1_536)
        let (a, b, c) = (Matrix(zeros: rows, inner), Matrix(zeros: inner, columns), Matrix(zeros: rows, columns))
        func multiply() {
            team.split(columns, grain: 16) { range in
                product(into: Window(c, columns: range), Window(a), Window(b, columns: range))
            }
        }
        // The first products set up code and pages.
        for _ in 0..<3 { multiply() }
        var count = 0
        let start = ContinuousClock.now
        var elapsed = 0.0
        while elapsed < 0.1 {
            multiply()
            count += 1
            elapsed = start.duration(to: .now) / .seconds(1)
        }
        return 2 * Double(rows * inner * columns * count) / elapsed
    }
}

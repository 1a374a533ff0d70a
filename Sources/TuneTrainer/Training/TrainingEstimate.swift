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

    /// Share of the machine's bare matrix products of the kind that a training step reaches.
    private static func efficiency(_ isInt8: Bool) -> Double { isInt8 ? 0.45 : 0.7 }

    /// `tokensPerSecond` is the speed of an earlier run of this model on this machine; nil measures for a moment.
    public init(
        modelPath: String, records: [Record], hyperparameters: Hyperparameters, tokensPerSecond: Double? = nil
    ) throws(TrainerError) {
        let base = try PretrainedModel(path: modelPath)
        let config = try LlamaWeights(base).config
        let encoder = try ExampleEncoder(base, contextLength: config.contextLength)
        let examples = try ExampleStore(
            records, encoder, for: hyperparameters.method, folder: NSTemporaryDirectory())
        let steps = hyperparameters.totalSteps(examples: examples.count)
        let (tokens, trained) = (examples.tokenCount, examples.trainedTokens)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let perEpoch = max(1, hyperparameters.stepsPerEpoch(examples: examples.count))
        let epochs = Double(steps) / Double(perEpoch)
        let layout = AdapterLayout(config: config, hyperparameters)
        let isInt8 = TrainingArithmetic.fastest == .int8 && layout.tuning == .lora

        self.examples = examples.count
        self.steps = steps
        tokensPerEpoch = tokens
        trainedTokens = Int((Double(trained) * epochs).rounded())
        cutExamples = examples.cutCount
        let speed =
            tokensPerSecond
            ?? Self.efficiency(isInt8) * MachineSpeed.measured(isInt8 ? .int8 : .float32, on: Team(size: threads))
            / config.operations(
                hyperparameters, trainedShare: Double(trained) / Double(max(1, tokens)), epochs: epochs)
        self.tokensPerSecond = speed
        seconds = Double(tokens) * epochs / speed
        let memory = TrainingMemory(
            config: config, layout: layout, modelBytes: base.byteCount, arithmetic: isInt8 ? .int8 : .float32,
            threads: threads, longest: examples.longest,
            largestBatch: examples.tokensOfLongest(hyperparameters.batchSize))
        memoryMB = Double(memory.megabytes(try memory.shape(limitMB: hyperparameters.memoryLimitMB)))
        // Two checkpoints of what is trained and its moments, a third while it is written, and what is delivered, best and
        // last; whole models carry the rest of the base with them.
        let rest = layout.tuning == .full ? 2 * base.byteCount : 0
        diskMB = (4 * Double(layout.count) * (3 * 3 + 3) + Double(rest)) / 1e6
    }
}

public import TuneModel

/// How fast this machine trains: the steps of a run, without validation, checkpoints or a job around them.
public struct TrainingBenchmark {
    /// What was measured.
    public struct Figures: Hashable, Codable, Sendable {
        /// Tokens a second from the third step on, prompts included; there is no padding to count.
        public var tokensPerSecond: Double
        /// Steps that were counted.
        public var steps: Int
        public var losses: [Double]
        /// Peak resident memory of the process, in MB (10⁶ bytes).
        public var peakMemoryMB: Double

        private enum CodingKeys: String, CodingKey {
            case tokensPerSecond = "tokens_per_s"
            case steps
            case losses = "loss"
            case peakMemoryMB = "peak_rss_mb"
        }
    }

    private static let warmUp = 2

    /// Trains on the records in their order, one batch a step, at a constant rate; the adapter is thrown away.
    ///
    /// `longest` cuts records at the end, so that rivals that do so can be compared.
    public static func run(
        modelPath: String, records: [Record], hyperparameters: Hyperparameters, steps: Int, longest: Int,
        threads: Int, arithmetic: TrainingArithmetic = .fastest, progress: (Int) -> Void
    ) throws(TrainerError) -> Figures {
        let base = try PretrainedModel(path: modelPath)
        let weights = try LlamaWeights(base)
        let encoder = try ExampleEncoder(base, contextLength: weights.config.contextLength)
        let batchSize = hyperparameters.batchSize
        let examples = try encoder.encode(Array(records.prefix(batchSize * steps))).map {
            Example(row: $0.row, tokens: $0.tokens.prefix(longest), isCompletion: $0.isCompletion.prefix(longest))
        }
        guard examples.count >= batchSize * (warmUp + 1) else { throw .nothingToTrain }
        let layout = AdapterLayout(
            config: weights.config, rank: hyperparameters.loraRank, alpha: hyperparameters.loraAlpha,
            targets: hyperparameters.loraTargets)
        let adapter = Adapter(layout, seed: hyperparameters.seed)
        let rows = max(TrainingRun.keptRows, longest)
        let team = Team(size: threads)
        let bytes = LlamaBytes(weights, for: arithmetic, examples: examples, on: team)
        let model = Llama(weights, adapter: adapter, capacity: rows, team: team, bytes: bytes)
        let step = TrainingStep(
            model, adapter: adapter, pass: BatchPass(model, keptRows: TrainingRun.keptRows, longest: longest),
            promptLossWeight: hyperparameters.promptLossWeight, gradientClip: .infinity)

        var losses: [Double] = []
        var tokens = 0
        var start = ContinuousClock.now
        for index in 0..<examples.count / batchSize {
            if index == warmUp { (tokens, start) = (0, .now) }
            let batch = examples[index * batchSize..<(index + 1) * batchSize]
            let outcome = step.update(with: Array(batch), rate: hyperparameters.learningRate)
            tokens += outcome.batch.tokens
            losses.append(outcome.batch.loss)
            progress(index + 1)
        }
        return Figures(
            tokensPerSecond: Double(tokens) / (start.duration(to: .now) / .seconds(1)),
            steps: losses.count - warmUp, losses: losses, peakMemoryMB: ProcessMemory.peakMB)
    }
}

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
        /// What the products with frozen weights take, in 10⁹ operations a second.
        public var productGOPs: Double
        /// What bare products of that kind reach on this machine, measured on the spot. In 10⁹ operations a second.
        public var machineGOPs: Double
        /// Of the machine's bare products: 1 would be a run that does nothing else, at full speed.
        public var machineShare: Double

        private enum CodingKeys: String, CodingKey {
            case tokensPerSecond = "tokens_per_s"
            case steps
            case losses = "loss"
            case peakMemoryMB = "peak_rss_mb"
            case productGOPs = "product_gops"
            case machineGOPs = "machine_gops"
            case machineShare = "machine_share"
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
        let team = Team(size: threads)
        let memory = TrainingMemory(
            config: weights.config, layout: layout, modelBytes: base.byteCount, arithmetic: arithmetic,
            threads: team.size, longest: examples.map(\.tokens.count).max() ?? 1,
            largestBatch: examples.map(\.tokens.count).sorted(by: >).prefix(batchSize).reduce(0, +))
        let shape = try memory.shape(limitMB: hyperparameters.memoryLimitMB)
        let bytes = LlamaBytes(weights, for: arithmetic, examples: examples, on: team)
        let capacity = max(shape.rows, memory.longest)
        let model = Llama(weights, adapter: adapter, capacity: capacity, team: team, bytes: bytes)
        let step = TrainingStep(
            model, adapter: adapter, pass: BatchPass(model, shape, longest: memory.longest),
            promptLossWeight: hyperparameters.promptLossWeight, gradientClip: .infinity)

        var losses: [Double] = []
        var (tokens, trained) = (0, 0)
        var start = ContinuousClock.now
        for index in 0..<examples.count / batchSize {
            if index == warmUp { (tokens, trained, start) = (0, 0, .now) }
            let batch = examples[index * batchSize..<(index + 1) * batchSize]
            let outcome = step.update(with: Array(batch), rate: hyperparameters.learningRate)
            tokens += outcome.batch.tokens
            trained += outcome.batch.completionTokens
            losses.append(outcome.batch.loss)
            progress(index + 1)
        }
        let speed = Double(tokens) / (start.duration(to: .now) / .seconds(1))
        let peakMemoryMB = ProcessMemory.peakMB
        let product =
            speed
            * weights.config.operations(
                hyperparameters, trainedShare: Double(trained) / Double(tokens))
        let machine = MachineSpeed.measured(arithmetic, on: team)
        return Figures(
            tokensPerSecond: speed, steps: losses.count - warmUp, losses: losses, peakMemoryMB: peakMemoryMB,
            productGOPs: product / 1e9, machineGOPs: machine / 1e9, machineShare: product / machine)
    }
}

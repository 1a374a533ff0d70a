import TuneModel

/// What a run is made from, opened and encoded: the base model, and the records as it sees them.
struct TrainingMaterial {
    let base: PretrainedModel
    let weights: LlamaWeights
    let encoder: ExampleEncoder
    let examples: [Example]
    /// Held-out examples that one validation looks at.
    let validation: [Example]
    /// Which of them each step learns from.
    let order: BatchOrder
    /// Updates in the whole run.
    let steps: Int
    /// Tokens of the largest group of examples that goes through the model at once, and that activations are kept for.
    let keptRows: Int
    /// Longest example in tokens that goes through the model.
    let longest: Int

    init(_ plan: TrainingPlan) throws(TrainerError) {
        base = try PretrainedModel(path: plan.modelPath)
        weights = try LlamaWeights(base)
        encoder = try ExampleEncoder(base, contextLength: weights.config.contextLength)
        examples = try encoder.encode(plan.training)
        guard examples.contains(where: { $0.trainedTokens > 0 }) else { throw .nothingToTrain }
        let held = try encoder.encode(Array(plan.validation.prefix(Validation.limit)))
        // A loss over nothing would be the best there is.
        validation = held.contains { $0.trainedTokens > 0 } ? held : []
        let hyperparameters = plan.hyperparameters
        order = BatchOrder(
            examples: examples.count, batchSize: hyperparameters.batchSize,
            accumulation: hyperparameters.accumulation, seed: hyperparameters.seed)
        steps = hyperparameters.totalSteps(examples: examples.count)
        let largest = Self.largest(examples, order, steps: steps)
        keptRows = largest.group
        longest = validation.reduce(largest.example) { max($0, $1.tokens.count) }
    }

    /// The adapter that a run starts with: an earlier one with its own rank and scale, or a fresh one.
    func adapter(_ plan: TrainingPlan) throws(TrainerError) -> Adapter {
        if let folder = plan.startingAdapter { return try AdapterFile.read(folder, for: weights.config) }
        return Adapter(
            AdapterLayout(config: weights.config, plan.hyperparameters), seed: plan.hyperparameters.seed)
    }

    /// Tells apart work that a checkpoint may not be moved between.
    func fingerprint(_ plan: TrainingPlan, _ start: Adapter) throws(TrainerError) -> String {
        var hash = Fingerprint()
        hash.combine(json: plan.hyperparameters)
        hash.combine(plan.arithmetic.rawValue)
        if plan.startingAdapter != nil {
            hash.combine(UnsafeRawBufferPointer(start: start.values.base, count: start.values.count * 4))
        }
        hash.combine(try base.fingerprint())
        for example in examples + validation {
            example.tokens.withUnsafeBytes { hash.combine($0) }
            hash.combine(UInt64(example.trainedTokens))
        }
        return hash.text
    }

    /// Tokens of the longest example that the run's steps meet, and of their largest group, when batches are packed into
    /// what is kept at most: memory for more would never be used.
    private static func largest(
        _ examples: [Example], _ order: BatchOrder, steps: Int
    ) -> (example: Int, group: Int) {
        var cache = BatchOrder.Cache()
        var (longest, largest) = (1, 1)
        for step in 0..<steps {
            for batch in order.batches(of: step, in: &cache) {
                var tokens = 0
                for row in batch {
                    let count = examples[row].tokens.count
                    longest = max(longest, count)
                    tokens = tokens + count > TrainingRun.keptRows ? count : tokens + count
                    if tokens <= TrainingRun.keptRows { largest = max(largest, tokens) }
                }
            }
        }
        return (longest, largest)
    }
}

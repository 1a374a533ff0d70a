import Foundation
import TuneModel

/// What a run is made from, opened and encoded: the base model, and the records as it sees them.
struct TrainingMaterial {
    let base: PretrainedModel
    let weights: LlamaWeights
    let encoder: ExampleEncoder
    let examples: ExampleStore
    /// Held-out examples that one validation looks at.
    let validation: [Example]
    /// Which of them each step learns from.
    let order: BatchOrder
    /// Updates in the whole run.
    let steps: Int
    /// Tokens of the largest group of examples that goes through the model at once, where memory allows it.
    let largestGroup: Int
    /// Longest example in tokens that goes through the model.
    let longest: Int

    init(_ plan: TrainingPlan) throws(TrainerError) {
        base = try PretrainedModel(path: plan.modelPath)
        weights = try LlamaWeights(base)
        encoder = try ExampleEncoder(base, contextLength: weights.config.contextLength)
        let hyperparameters = plan.hyperparameters
        // A plan without a folder is one that only asks what it would take.
        examples = try ExampleStore(
            plan.training, encoder, for: hyperparameters.method,
            folder: plan.folder.isEmpty ? NSTemporaryDirectory() : plan.folder)
        guard examples.trainedTokens > 0 else { throw .nothingToTrain }
        let held = try encoder.encode(Array(plan.validation.prefix(Validation.limit)), for: hyperparameters.method)
        // A loss over nothing would be the best there is.
        validation = held.contains { $0.trainedTokens > 0 } ? held : []
        order = BatchOrder(
            examples: examples.count, batchSize: hyperparameters.batchSize,
            accumulation: hyperparameters.accumulation, seed: hyperparameters.seed)
        steps = hyperparameters.totalSteps(examples: examples.count)
        let largest = Self.largest(examples, order, steps: steps)
        largestGroup = largest.group
        longest = validation.reduce(largest.example) { max($0, $1.size) }
    }

    /// Where the numbers lie that a run trains: an earlier adapter's pairs with their own rank and scale, or what the
    /// settings ask for.
    func layout(_ plan: TrainingPlan) throws(TrainerError) -> AdapterLayout {
        if plan.startingAdapter != nil { return try adapter(plan).layout }
        return AdapterLayout(config: weights.config, plan.hyperparameters)
    }

    /// What a run starts with: an earlier adapter, a fresh one, or the base's own weights. Whole weights are only taken
    /// into memory where there is room for them.
    func adapter(_ plan: TrainingPlan) throws(TrainerError) -> Adapter {
        let settings = plan.hyperparameters
        switch (settings.tuning, plan.startingAdapter) {
        case (.full, let folder?): throw .fullTuningOfAdapter(path: folder)
        case (.full, nil):
            let layout = AdapterLayout(config: weights.config, settings)
            _ = try memory(plan, layout).shape(
                limitMB: settings.memoryLimitMB, availableMB: MachineMemory.availableMB)
            return Adapter(layout, from: weights, on: Team(size: plan.teamSize))
        case (.lora, let folder?):
            return try AdapterFile.read(folder, for: weights.config).withDropout(settings.loraDropout)
        case (.lora, nil):
            return Adapter(AdapterLayout(config: weights.config, settings), seed: settings.seed)
        }
    }

    /// How many tokens go through the model at once, by the memory that a run with this layout may take.
    func shape(_ plan: TrainingPlan, _ layout: AdapterLayout) throws(TrainerError) -> BatchShape {
        try memory(plan, layout).shape(limitMB: plan.hyperparameters.memoryLimitMB)
    }

    func memory(_ plan: TrainingPlan, _ layout: AdapterLayout) -> TrainingMemory {
        TrainingMemory(
            config: weights.config, layout: layout, modelBytes: base.byteCount,
            arithmetic: plan.arithmetic.fitting(layout.tuning), threads: plan.teamSize, longest: longest,
            largestBatch: largestGroup,
            readsFiles: !validation.isEmpty || !plan.hyperparameters.samplePrompts.isEmpty)
    }

    /// Tells apart work that a checkpoint may not be moved between.
    func fingerprint(_ plan: TrainingPlan, _ start: Adapter) throws(TrainerError) -> String {
        var hash = Fingerprint()
        hash.combine(json: plan.hyperparameters)
        hash.combine(plan.arithmetic.rawValue)
        if plan.startingAdapter != nil {
            hash.combine(start.values.bytes)
        }
        hash.combine(try base.fingerprint())
        func combine(_ example: Example) {
            for side in example.sides { side.tokens.withUnsafeBytes { hash.combine($0) } }
            hash.combine(UInt64(example.trainedTokens))
        }
        examples.forEach(combine)
        validation.forEach(combine)
        return hash.text
    }

    /// Tokens of the longest example that the run's steps meet, and of their largest group, when batches are packed into
    /// what is kept at most: memory for more would never be used.
    private static func largest(
        _ examples: ExampleStore, _ order: BatchOrder, steps: Int
    ) -> (example: Int, group: Int) {
        var cache = BatchOrder.Cache()
        var (longest, largest) = (1, 1)
        for step in 0..<steps {
            for batch in order.batches(of: step, in: &cache) {
                var tokens = 0
                for row in batch {
                    let count = examples.tokenCount(of: row)
                    longest = max(longest, count)
                    tokens = tokens + count > TrainingMemory.mostRows ? count : tokens + count
                    if tokens <= TrainingMemory.mostRows { largest = max(largest, tokens) }
                }
            }
        }
        return (longest, largest)
    }
}

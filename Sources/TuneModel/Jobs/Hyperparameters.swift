/// Every setting of a training run, nothing left open.
public struct Hyperparameters: Hashable, Codable, Sendable {
    public var method: TrainingMethod = .supervised
    public var tuning: TuningKind = .lora
    /// Passes over the training file.
    public var epochs: Int
    /// Examples whose gradients are summed before the next ones are read.
    public var batchSize: Int
    /// Batches in one optimizer update.
    public var accumulation: Int = 1
    /// Peak learning rate, the multiplier already applied.
    public var learningRate: Double
    public var schedule: LearningRateSchedule = .cosine
    /// Share of the steps over which the learning rate rises from 0.
    public var warmupShare: Double = 0.03
    /// Of AdamW: the share of each weight that an update of learning rate 1 would take away.
    public var weightDecay: Double = 0
    /// Gradients are scaled so that their norm is at most this; 0 leaves them as they are.
    public var gradientClip: Double = 1
    /// Weight of prompt tokens in the loss; completion tokens weigh 1.
    public var promptLossWeight: Double = 0
    /// NEFTune (Jain et al., 2023): uniform noise of ±noise / √(tokens · channels) on the embeddings; 0 for none.
    public var noise: Double = 0
    public var loraRank: Int
    /// The adapter's product is scaled by alpha / rank, or by alpha / √rank when it is rank-stabilized.
    public var loraAlpha: Double
    /// Share of the adapter's inputs that each update leaves out, 0 to below 1.
    public var loraDropout: Double = 0
    public var loraTargets: [LoRATarget]
    /// rsLoRA (Kalajdzievski, 2023).
    public var isRankStabilized: Bool = false
    /// Stop after this many updates even if epochs remain; nil runs them all.
    public var maxSteps: Int?
    /// Steps between two validations; nil for ten in a run.
    public var evalInterval: Int?
    /// Validations without a better loss after which the run stops; nil never stops early.
    public var patience: Int?
    /// Prompts that the model answers at every validation, or ten times in a run without one.
    public var samplePrompts: [String] = []
    /// Share of the training file's records that are held out for validation; nil takes none away.
    public var validationShare: Double?
    /// What the process may take, in MB (10⁶ bytes); nil leaves it to the program.
    public var memoryLimitMB: Int?
    public var seed: UInt64

    /// Fills what the request leaves open with the defaults for `examples` training examples.
    public init(_ request: HyperparameterRequest, examples: Int) {
        // The legacy API's rule of thumb: about 0.2 % of the examples.
        let ruleOfThumb = min(256, max(4, Int((Double(examples) * 0.002).rounded())))
        method = request.method ?? .supervised
        tuning = request.tuning ?? .lora
        epochs = request.epochs ?? 4
        batchSize = request.batchSize ?? ruleOfThumb
        accumulation = request.accumulation ?? 1
        learningRate = Self.peak(of: request)
        schedule = request.schedule ?? .cosine
        warmupShare = request.warmupShare ?? 0.03
        weightDecay = request.weightDecay ?? 0
        gradientClip = request.gradientClip ?? 1
        promptLossWeight = request.promptLossWeight ?? 0
        noise = request.noise ?? 0
        loraRank = request.loraRank ?? 8
        loraAlpha = request.loraAlpha ?? Double(2 * (request.loraRank ?? 8))
        loraDropout = request.loraDropout ?? 0
        loraTargets = request.loraTargets ?? LoRATarget.allCases
        isRankStabilized = request.isRankStabilized ?? false
        maxSteps = request.maxSteps
        evalInterval = request.evalInterval
        patience = request.patience
        samplePrompts = request.samplePrompts ?? []
        validationShare = request.validationShare
        memoryLimitMB = request.memoryLimitMB
        seed = request.seed ?? HyperparameterRequest.defaultSeed
    }

    /// Preferences and whole models break at a rate that adapters need.
    private static func peak(of request: HyperparameterRequest) -> Double {
        let usual =
            switch (request.method, request.tuning) {
            case (.dpo, _): 5e-5
            case (_, .full): 2e-5
            default: 2e-4
            }
        return (request.learningRate ?? usual) * (request.learningRateMultiplier ?? 1)
    }

    /// What an adapter's product is multiplied by.
    public var loraScale: Double {
        loraAlpha / (isRankStabilized ? Double(loraRank).squareRoot() : Double(loraRank))
    }

    /// Examples in one optimizer update.
    public var examplesPerStep: Int { batchSize * accumulation }

    /// Updates in one pass; the last one of a pass may be smaller.
    public func stepsPerEpoch(examples: Int) -> Int {
        examples == 0 ? 0 : (examples + examplesPerStep - 1) / examplesPerStep
    }

    /// Updates in the whole run.
    public func totalSteps(examples: Int) -> Int {
        min(stepsPerEpoch(examples: examples) * epochs, maxSteps ?? .max)
    }

    /// Steps between two validations of a run of `totalSteps`.
    public func evalInterval(totalSteps: Int) -> Int { evalInterval ?? max(1, totalSteps / 10) }
}

extension Hyperparameters {
    /// Settings that an earlier version did not know keep their defaults.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        func read<T: Decodable>(_ key: CodingKeys, into value: inout T) throws {
            if let found = try box.decodeIfPresent(T.self, forKey: key) { value = found }
        }
        epochs = try box.decode(Int.self, forKey: .epochs)
        batchSize = try box.decode(Int.self, forKey: .batchSize)
        learningRate = try box.decode(Double.self, forKey: .learningRate)
        loraRank = try box.decode(Int.self, forKey: .loraRank)
        loraAlpha = try box.decode(Double.self, forKey: .loraAlpha)
        loraTargets = try box.decode([LoRATarget].self, forKey: .loraTargets)
        seed = try box.decode(UInt64.self, forKey: .seed)
        maxSteps = try box.decodeIfPresent(Int.self, forKey: .maxSteps)
        evalInterval = try box.decodeIfPresent(Int.self, forKey: .evalInterval)
        patience = try box.decodeIfPresent(Int.self, forKey: .patience)
        validationShare = try box.decodeIfPresent(Double.self, forKey: .validationShare)
        memoryLimitMB = try box.decodeIfPresent(Int.self, forKey: .memoryLimitMB)
        try read(.method, into: &method)
        try read(.tuning, into: &tuning)
        try read(.accumulation, into: &accumulation)
        try read(.schedule, into: &schedule)
        try read(.warmupShare, into: &warmupShare)
        try read(.weightDecay, into: &weightDecay)
        try read(.gradientClip, into: &gradientClip)
        try read(.promptLossWeight, into: &promptLossWeight)
        try read(.noise, into: &noise)
        try read(.loraDropout, into: &loraDropout)
        try read(.isRankStabilized, into: &isRankStabilized)
        try read(.samplePrompts, into: &samplePrompts)
    }
}

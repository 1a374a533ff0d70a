/// Settings of a training run as a person gives them; nil means "choose for me".
public struct HyperparameterRequest: Hashable, Codable, Sendable {
    public var epochs: Int?
    public var batchSize: Int?
    public var learningRate: Double?
    public var learningRateMultiplier: Double?
    public var promptLossWeight: Double?
    public var loraRank: Int?
    public var loraAlpha: Double?
    public var loraTargets: [LoRATarget]?
    public var maxSteps: Int?
    public var seed: UInt64?

    public init(
        epochs: Int? = nil, batchSize: Int? = nil, learningRate: Double? = nil, learningRateMultiplier: Double? = nil,
        promptLossWeight: Double? = nil, loraRank: Int? = nil, loraAlpha: Double? = nil,
        loraTargets: [LoRATarget]? = nil, maxSteps: Int? = nil, seed: UInt64? = nil
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.learningRate = learningRate
        self.learningRateMultiplier = learningRateMultiplier
        self.promptLossWeight = promptLossWeight
        self.loraRank = loraRank
        self.loraAlpha = loraAlpha
        self.loraTargets = loraTargets
        self.maxSteps = maxSteps
        self.seed = seed
    }
}

/// A linear layer of a Llama block that can carry an adapter, by its checkpoint name.
public enum LoRATarget: String, CaseIterable, Codable, Sendable {
    case q = "q_proj"
    case k = "k_proj"
    case v = "v_proj"
    case o = "o_proj"
    case gate = "gate_proj"
    case up = "up_proj"
    case down = "down_proj"
}

/// Every setting of a training run, nothing left open.
public struct Hyperparameters: Hashable, Codable, Sendable {
    /// Passes over the training file.
    public var epochs: Int
    /// Examples in one optimizer update.
    public var batchSize: Int
    /// Peak learning rate, the multiplier already applied.
    public var learningRate: Double
    /// Weight of prompt tokens in the loss; completion tokens weigh 1.
    public var promptLossWeight: Double
    public var loraRank: Int
    /// The adapter's product is scaled by alpha / rank.
    public var loraAlpha: Double
    public var loraTargets: [LoRATarget]
    /// Stop after this many updates even if epochs remain; nil runs them all.
    public var maxSteps: Int?
    public var seed: UInt64
    /// Share of the steps over which the learning rate rises from 0.
    public var warmupShare: Double
    /// Gradients are scaled so that their norm is at most this.
    public var gradientClip: Double

    /// Fills what the request leaves open with the defaults for `examples` training examples.
    public init(_ request: HyperparameterRequest, examples: Int) {
        epochs = request.epochs ?? 4
        // The legacy API's rule of thumb: about 0.2 % of the examples.
        batchSize = request.batchSize ?? min(256, max(4, Int((Double(examples) * 0.002).rounded())))
        learningRate = (request.learningRate ?? 2e-4) * (request.learningRateMultiplier ?? 1)
        promptLossWeight = request.promptLossWeight ?? 0
        loraRank = request.loraRank ?? 8
        loraAlpha = request.loraAlpha ?? Double(2 * (request.loraRank ?? 8))
        loraTargets = request.loraTargets ?? LoRATarget.allCases
        maxSteps = request.maxSteps
        seed = request.seed ?? 42
        warmupShare = 0.03
        gradientClip = 1
    }

    /// Updates in one pass; the last batch of a pass may be smaller.
    public func stepsPerEpoch(examples: Int) -> Int {
        examples == 0 ? 0 : (examples + batchSize - 1) / batchSize
    }

    /// Updates in the whole run.
    public func totalSteps(examples: Int) -> Int {
        min(stepsPerEpoch(examples: examples) * epochs, maxSteps ?? .max)
    }
}

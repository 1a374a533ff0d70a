/// Settings of a training run as a person gives them; nil means "choose for me".
///
/// `Hyperparameters` says what each of them is.
public struct HyperparameterRequest: Hashable, Codable, Sendable {
    public var method: TrainingMethod?
    public var tuning: TuningKind?
    public var epochs: Int?
    public var batchSize: Int?
    public var accumulation: Int?
    public var learningRate: Double?
    public var learningRateMultiplier: Double?
    public var schedule: LearningRateSchedule?
    public var warmupShare: Double?
    public var weightDecay: Double?
    public var gradientClip: Double?
    public var promptLossWeight: Double?
    public var noise: Double?
    public var loraRank: Int?
    public var loraAlpha: Double?
    public var loraDropout: Double?
    public var loraTargets: [LoRATarget]?
    public var isRankStabilized: Bool?
    public var maxSteps: Int?
    public var evalInterval: Int?
    public var patience: Int?
    public var samplePrompts: [String]?
    public var validationShare: Double?
    public var memoryLimitMB: Int?
    public var seed: UInt64?

    /// Of everything random, when no other is given.
    public static let defaultSeed: UInt64 = 42

    /// Everything left open but what `settle` sets.
    public init(_ settle: (inout HyperparameterRequest) -> Void = { _ in }) { settle(&self) }
}

public import ArgumentParser
public import TuneModel

/// The settings of a training run; what is left out is chosen by the program.
struct HyperparameterOptions: ParsableArguments {
    @Option(name: .customLong("n-epochs"), help: help("Passes over the training file.", "训练文件的遍数。", name: "n"))
    var epochs: Int?
    @Option(help: help("Examples in one batch.", "每批的样本数。", name: "n"))
    var batchSize: Int?
    @Option(help: help("Batches in one update.", "每次更新的批数（梯度累积）。", name: "n"))
    var accumulation: Int?
    @Option(help: help("Peak learning rate.", "学习率峰值。", name: "x"))
    var learningRate: Double?
    @Option(help: help("Multiplies the learning rate.", "学习率的倍数。", name: "x"))
    var learningRateMultiplier: Double?
    @Option(
        help: help(
            "How the learning rate goes on: `cosine`, `linear` or `constant`.",
            "学习率的变化方式：`cosine`、`linear` 或 `constant`。", name: "schedule"))
    var schedule: LearningRateSchedule?
    @Option(help: help("Share of the steps that warm up, 0 to 1.", "预热所占步数的比例，0 到 1。", name: "x"))
    var warmupShare: Double?
    @Option(help: help("Weight decay of AdamW.", "AdamW 的权重衰减。", name: "x"))
    var weightDecay: Double?
    @Option(help: help("Largest gradient norm; 0 does not clip.", "梯度范数上限；0 表示不裁剪。", name: "x"))
    var gradientClip: Double?
    @Option(help: help("Weight of prompt tokens in the loss; completions weigh 1.", "提示词元在损失中的权重；补全的权重为 1。", name: "x"))
    var promptLossWeight: Double?
    @Option(
        name: .customLong("neftune"),
        help: help("NEFTune's noise on the embeddings.", "NEFTune 在嵌入上的噪声。", name: "x"))
    var noise: Double?
    @Option(help: help("Rank of the adapter.", "适配器的秩。", name: "n"))
    var loraRank: Int?
    @Option(help: help("The adapter is scaled by alpha / rank.", "适配器按 alpha / 秩 缩放。", name: "x"))
    var loraAlpha: Double?
    @Option(help: help("Share of the adapter's inputs left out in each update.", "每次更新中丢弃的适配器输入比例。", name: "x"))
    var loraDropout: Double?
    @Option(
        help: help(
            "Layers with an adapter, with commas: `q,k,v,o,gate,up,down`, or `all`.",
            "带适配器的层，以逗号分隔：`q,k,v,o,gate,up,down`，或 `all`。", name: "layers"))
    var loraTargets: LoRATargetList?
    @Flag(name: .customLong("rslora"), help: help("Scale by alpha / √rank.", "按 alpha / √秩 缩放。"))
    var isRankStabilized = false
    @Flag(
        name: .customLong("full"),
        help: help("Train every weight of the blocks instead of an adapter.", "训练各层的全部权重，而不是适配器。"))
    var isFull = false
    @Option(name: .customLong("dpo-beta"), help: help("Beta of preference training.", "偏好训练的 beta。", name: "x"))
    var beta: Double?
    @Option(help: help("Stop after this many updates.", "达到这个更新次数后停止。", name: "n"))
    var maxSteps: Int?
    @Option(name: .customLong("eval-steps"), help: help("Steps between validations.", "两次验证之间的步数。", name: "n"))
    var evalInterval: Int?
    @Option(
        help: help(
            "Stop after this many validations without a better loss.", "连续这么多次验证都没有改善时停止。", name: "n"))
    var patience: Int?
    @Option(
        name: .customLong("sample"),
        help: help("A prompt to answer while training; may be repeated.", "训练期间要回答的提示，可重复。", name: "prompt"))
    var samplePrompts: [String] = []
    @Option(
        name: .customLong("validation-split"),
        help: help(
            "Share of the records held out for validation, by their content and the seed.",
            "留作验证的记录比例，按内容和种子选取。", name: "x"))
    var validationShare: Double?
    @Option(
        name: .customLong("memory-limit"),
        help: help("Memory that the run may take, in MB.", "训练可用的内存，以 MB 计。", name: "MB"))
    var memoryLimitMB: Int?
    @Option(help: help("Seed of everything random.", "所有随机过程的种子。", name: "n"))
    var seed: UInt64?

    func validate() throws {
        let counts = [
            ("--n-epochs", epochs), ("--batch-size", batchSize), ("--accumulation", accumulation),
            ("--lora-rank", loraRank), ("--max-steps", maxSteps), ("--eval-steps", evalInterval),
            ("--patience", patience), ("--memory-limit", memoryLimitMB),
        ]
        for case (let name, let count?) in counts where count < 1 {
            throw usage("\(name) has to be at least 1.", "\(name) 至少为 1。")
        }
        let sizes = [
            ("--learning-rate", learningRate), ("--learning-rate-multiplier", learningRateMultiplier),
            ("--lora-alpha", loraAlpha), ("--dpo-beta", beta),
        ]
        for case (let name, let size?) in sizes where !(size.isFinite && size > 0) {
            throw usage("\(name) has to be more than 0.", "\(name) 必须大于 0。")
        }
        let amounts = [
            ("--prompt-loss-weight", promptLossWeight), ("--weight-decay", weightDecay),
            ("--gradient-clip", gradientClip), ("--neftune", noise), ("--warmup-share", warmupShare),
            ("--lora-dropout", loraDropout),
        ]
        for case (let name, let amount?) in amounts where !(amount.isFinite && amount >= 0) {
            throw usage("\(name) cannot be less than 0.", "\(name) 不能小于 0。")
        }
        if let warmupShare, warmupShare > 1 {
            throw usage("--warmup-share cannot be more than 1.", "--warmup-share 不能大于 1。")
        }
        if let validationShare, !(validationShare > 0 && validationShare <= 0.5) {
            throw usage(
                "--validation-split has to be more than 0 and at most 0.5.", "--validation-split 必须大于 0 且不超过 0.5。")
        }
        if let loraDropout, loraDropout >= 1 {
            throw usage("--lora-dropout has to be less than 1.", "--lora-dropout 必须小于 1。")
        }
    }

    var request: HyperparameterRequest {
        HyperparameterRequest {
            $0.method = beta.map(TrainingMethod.dpo)
            $0.tuning = isFull ? .full : nil
            $0.epochs = epochs
            $0.batchSize = batchSize
            $0.accumulation = accumulation
            $0.learningRate = learningRate
            $0.learningRateMultiplier = learningRateMultiplier
            $0.schedule = schedule
            $0.warmupShare = warmupShare
            $0.weightDecay = weightDecay
            $0.gradientClip = gradientClip
            $0.promptLossWeight = promptLossWeight
            $0.noise = noise
            $0.loraRank = loraRank
            $0.loraAlpha = loraAlpha
            $0.loraDropout = loraDropout
            $0.loraTargets = loraTargets?.targets
            $0.isRankStabilized = isRankStabilized ? true : nil
            $0.maxSteps = maxSteps
            $0.evalInterval = evalInterval
            $0.patience = patience
            $0.samplePrompts = samplePrompts.isEmpty ? nil : samplePrompts
            $0.validationShare = validationShare
            $0.memoryLimitMB = memoryLimitMB
            $0.seed = seed
        }
    }
}

extension LearningRateSchedule: ExpressibleByArgument {}

/// Layers by their short names (`q,v`), by their names in checkpoints (`q_proj`), or `all`.
struct LoRATargetList: ExpressibleByArgument {
    let targets: [LoRATarget]

    init?(argument: String) {
        guard let list = LoRATarget.list(argument) else { return nil }
        targets = list
    }
}

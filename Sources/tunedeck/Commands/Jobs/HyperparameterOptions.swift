import ArgumentParser
import TuneModel

/// The settings of a training run; what is left out is chosen by the program.
struct HyperparameterOptions: ParsableArguments {
    @Option(name: .customLong("n-epochs"), help: help("Passes over the training file.", "训练文件的遍数。", name: "n"))
    var epochs: Int?
    @Option(help: help("Examples in one update.", "每次更新的样本数。", name: "n"))
    var batchSize: Int?
    @Option(help: help("Peak learning rate.", "学习率峰值。", name: "x"))
    var learningRate: Double?
    @Option(help: help("Multiplies the learning rate.", "学习率的倍数。", name: "x"))
    var learningRateMultiplier: Double?
    @Option(help: help("Weight of prompt tokens in the loss; completions weigh 1.", "提示词元在损失中的权重；补全的权重为 1。", name: "x"))
    var promptLossWeight: Double?
    @Option(help: help("Rank of the adapter.", "适配器的秩。", name: "n"))
    var loraRank: Int?
    @Option(help: help("The adapter is scaled by alpha / rank.", "适配器按 alpha / 秩 缩放。", name: "x"))
    var loraAlpha: Double?
    @Option(help: help("Stop after this many updates.", "达到这个更新次数后停止。", name: "n"))
    var maxSteps: Int?
    @Option(help: help("Seed of everything random.", "所有随机过程的种子。", name: "n"))
    var seed: UInt64?

    func validate() throws {
        let counts = [
            ("--n-epochs", epochs), ("--batch-size", batchSize), ("--lora-rank", loraRank), ("--max-steps", maxSteps),
        ]
        for case (let name, let count?) in counts where count < 1 {
            throw usage("\(name) has to be at least 1.", "\(name) 至少为 1。")
        }
        let sizes = [
            ("--learning-rate", learningRate), ("--learning-rate-multiplier", learningRateMultiplier),
            ("--lora-alpha", loraAlpha),
        ]
        for case (let name, let size?) in sizes where !(size.isFinite && size > 0) {
            throw usage("\(name) has to be more than 0.", "\(name) 必须大于 0。")
        }
        if let promptLossWeight, !(promptLossWeight.isFinite && promptLossWeight >= 0) {
            throw usage("--prompt-loss-weight cannot be less than 0.", "--prompt-loss-weight 不能小于 0。")
        }
    }

    var request: HyperparameterRequest {
        HyperparameterRequest(
            epochs: epochs, batchSize: batchSize, learningRate: learningRate,
            learningRateMultiplier: learningRateMultiplier, promptLossWeight: promptLossWeight, loraRank: loraRank,
            loraAlpha: loraAlpha, maxSteps: maxSteps, seed: seed)
    }
}

import Foundation
import TuneData
import TuneModel

extension PrepareCost {
    /// What training takes here.
    var training: Wording {
        let about = isExact ? "" : "≈ "
        let tokens = trainedTokens.grouped
        let time = StepLine.clock(seconds)
        let speed = Int(tokensPerSecond).grouped
        return Wording(
            "Training: \(about)\(tokens) trained tokens in \(epochs) epochs, ≈ \(time) on this machine with \(shown(model)) (≈ \(speed) tokens/s, measured).",
            "训练：\(about)\(tokens) 个参与训练的词元（\(epochs) 轮），在本机用 \(shown(model)) 约需 \(time)（实测约 \(speed) 词元/秒）。")
    }

    /// What it costs with others; nil where no prices are known.
    var elsewhere: Wording? {
        guard !prices.isEmpty else { return nil }
        let list = prices.map { "\(shown($0.model)) ≈ $\(Self.dollars($0.dollars))" }
        return Wording(
            "Elsewhere, by the prices in config.toml: \(list.joined(separator: ", ")).",
            "其他服务（按 config.toml 中的价格表）：\(list.joined(separator: "，"))。")
    }

    static func dollars(_ amount: Double) -> String { String(format: amount < 0.095 ? "%.3f" : "%.2f", amount) }
}

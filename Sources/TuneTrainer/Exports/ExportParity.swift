import Foundation
public import TuneModel

/// How far a written model's answers are from those of the model that it was made from.
///
/// Both continue the same prompts with the tokens that the original likes best; at each of these places their logits
/// are compared.
public struct ExportParity: Hashable, Sendable {
    public let prompts: Int
    /// Places compared.
    public let tokens: Int
    /// Places at which both like the same token best.
    public let equalTokens: Int
    /// The largest difference of two logits.
    public let worstDifference: Double
    /// Mean Kullback–Leibler divergence of the written model's predictions from the original's, in nats.
    public let divergence: Double
    /// What the written numbers were stored as.
    public let type: TensorType

    /// As a phrase: `largest difference of logits 0.0001, …`.
    public var wording: Wording {
        let (worst, mean) = (Self.short(worstDifference), Self.short(divergence))
        return Wording(
            "largest difference of logits \(worst), mean KL \(mean) nats, greedy tokens equal \(equalTokens)/\(tokens)",
            "logits 最大差 \(worst)，平均 KL \(mean) 奈特，贪心词元一致 \(equalTokens)/\(tokens)")
    }

    /// Whether the differences are what storing numbers in this type explains.
    ///
    /// Full precision has to give the same logits to `1e-3`. A shorter type loses something, the more the fewer its
    /// bits: what is allowed is about ten times what models of this size show.
    public var isAsExpected: Bool {
        guard isFinite else { return false }
        return type == .f32 ? worstDifference <= Self.exactDifference : divergence <= Self.expectedDivergence(of: type)
    }

    /// Whether a difference means that the export is wrong, rather than coarse.
    public var mustBeExact: Bool { type == .f32 || type == .f16 }

    var isFinite: Bool { worstDifference.isFinite && divergence.isFinite }

    static let exactDifference = 1e-3

    static func expectedDivergence(of type: TensorType) -> Double {
        switch type {
        case .f32: 1e-6
        case .f16: 1e-3
        case .bf16, .q80: 1e-2
        case .q51, .q50: 0.1
        default: 0.5
        }
    }

    /// Two digits that count.
    static func short(_ value: Double) -> String { String(format: "%.2g", value) }
}

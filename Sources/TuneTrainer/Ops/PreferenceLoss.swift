import Foundation

/// ln p of a preference pair's two answers, summed over their tokens.
struct PairLogProbabilities: Hashable, Sendable {
    var preferred: Double
    var rejected: Double
}

/// Direct preference optimization of one pair (Rafailov et al., 2023):
/// loss = ln(1 + e^−m),  m = β·((p − p₀) − (r − r₀)) with p, r of the model and p₀, r₀ of the reference.
func preferenceLoss(_ model: PairLogProbabilities, reference: PairLogProbabilities, beta: Double) -> Double {
    let m = preferenceMargin(model, reference: reference, beta: beta)
    // Neither form overflows on its side.
    return m > 0 ? log1p(exp(-m)) : log1p(exp(m)) - m
}

/// dp = −β/(1 + e^m),  dr = −dp. The reference is frozen.
func preferenceLossBackward(
    _ model: PairLogProbabilities, reference: PairLogProbabilities, beta: Double
) -> PairLogProbabilities {
    let slope = -beta / (1 + exp(preferenceMargin(model, reference: reference, beta: beta)))
    return PairLogProbabilities(preferred: slope, rejected: -slope)
}

/// How much further than the reference the model prefers the better answer, β-fold: its reward's lead.
func preferenceMargin(_ model: PairLogProbabilities, reference: PairLogProbabilities, beta: Double) -> Double {
    beta * ((model.preferred - reference.preferred) - (model.rejected - reference.rejected))
}

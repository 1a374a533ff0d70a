import Foundation
import TuneModel

/// Chooses the next token from logits.
struct Sampler {
    /// 0 takes the likeliest.
    let temperature: Double
    /// Only the likeliest tokens that together have this probability can be chosen.
    let topP: Double
    private var source: SplitMix64

    init(_ sampling: Sampling) {
        temperature = sampling.temperature
        topP = sampling.topP
        source = SplitMix64(seed: sampling.seed ?? UInt64.random(in: 0 ... .max))
    }

    /// logits: (1, V)
    mutating func choose(_ logits: Matrix) -> Int32 {
        let logits = UnsafeBufferPointer(start: logits.base, count: logits.count)
        let best = likeliest(logits)
        guard temperature > 0, topP > 0 else { return Int32(best) }
        let top = Double(logits[best])
        // The likeliest are looked at first and few matter: tokens under e^−20 of the best cannot change a draw
        // by more than one part in ten million.
        var candidates: [(token: Int, weight: Double)] = []
        let threshold = top - 20 * max(temperature, 1e-6)
        for (token, logit) in logits.enumerated() where Double(logit) >= threshold {
            candidates.append((token, exp((Double(logit) - top) / temperature)))
        }
        // Logits that are not numbers, of a damaged model.
        guard !candidates.isEmpty else { return Int32(best) }
        candidates.sort { $0.weight == $1.weight ? $0.token < $1.token : $0.weight > $1.weight }
        let total = candidates.reduce(0) { $0 + $1.weight }
        var kept = 0.0
        var count = 0
        while count < candidates.count, count == 0 || kept < topP * total {
            kept += candidates[count].weight
            count += 1
        }
        var draw = source.unitDouble() * kept
        for candidate in candidates.prefix(count) {
            draw -= candidate.weight
            if draw < 0 { return Int32(candidate.token) }
        }
        return Int32(candidates[count - 1].token)
    }

    private func likeliest(_ logits: UnsafeBufferPointer<Float>) -> Int {
        var best = 0
        for i in 1..<logits.count where logits[i] > logits[best] { best = i }
        return best
    }
}

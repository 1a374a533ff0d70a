import TuneModel

/// Tells how likely tokens were, from the model's own logits.
struct TokenChances {
    let tokenizer: Tokenizer
    /// The likeliest that are told besides the chosen one.
    let alternatives: Int

    /// The least that is told, as services do; JSON has no infinity.
    static let least = -9_999.0

    /// logits: (1, V), before temperature, penalties and form. `bytes` are what the text has of the token.
    func chosen(_ token: Int32, _ bytes: some Sequence<UInt8>, from logits: Matrix) -> ChosenToken {
        let logits = Logits(logits)
        let top = logits.highest()?.logit ?? 0
        let sum = top < .infinity ? logits.logSum(top: top) : .infinity
        func logProbability(_ id: Int) -> Double {
            guard id >= 0, id < logits.count else { return Self.least }
            let logit = Double(logits[id])
            // An infinite logit has all of the probability.
            if logit == .infinity { return 0 }
            return logit.isFinite && sum.isFinite ? max(Self.least, min(0, logit - sum)) : Self.least
        }
        return ChosenToken(
            chosen: ChosenToken.Chance(
                id: token, bytes: Array(bytes), logProbability: logProbability(Int(token))),
            alternatives: logits.likeliest(alternatives).map { id in
                ChosenToken.Chance(
                    id: Int32(id), bytes: Array(tokenizer.bytes(of: Int32(id))), logProbability: logProbability(id))
            })
    }
}

extension Logits {
    /// The tokens with the highest logits, the highest first, then by number.
    func likeliest(_ limit: Int) -> [Int] {
        guard limit > 0 else { return [] }
        var found: [(logit: Float, token: Int)] = []
        var floor = -Float.infinity
        forEachBlock { start, block in
            guard found.count < limit || Self.holdsAny(block .> floor) else { return }
            for token in start..<min(start + 16, count) {
                let logit = base[token].isNaN ? -Float.infinity : base[token]
                guard found.count < limit || logit > floor else { continue }
                let place = found.firstIndex { $0.logit < logit } ?? found.count
                found.insert((logit, token), at: place)
                if found.count > limit { found.removeLast() }
                if found.count == limit { floor = found[limit - 1].logit }
            }
        }
        return found.map(\.token)
    }
}

import TuneModel

/// Chooses the next token from logits, as services and transformers do:
///
/// 1. `logitBias` is added to the logits.
/// 2. `repetitionPenalty` divides the logits above 0 of tokens that the prompt or the answer has, and multiplies those
///    below.
/// 3. For each token of the answer, `frequencyPenalty` times its count and `presencePenalty` are taken away.
/// 4. What the answer's form does not allow falls away.
/// 5. Logits are divided by `temperature`; at 0 the likeliest token is taken.
/// 6. `topK` of the likeliest remain.
/// 7. Of those, the fewest that together have the probability `topP`.
/// 8. Of those, what is at least `minP` times as likely as the likeliest.
///
/// Equal tokens go by their numbers, the lowest first. Parameters that mean nothing, and logits that are no numbers,
/// never trap: such a token is impossible, and where all are, the first allowed one is taken.
struct Sampler {
    private let sampling: Sampling
    private var edits: LogitEdits
    private var source: SplitMix64
    /// Work space for a vocabulary, made at the first choice that needs it.
    private var edited: Matrix?
    private var weights: TokenWeights?

    init(_ sampling: Sampling, prompt: [Int32] = []) {
        self.sampling = sampling
        edits = LogitEdits(sampling, prompt: prompt)
        source = SplitMix64(seed: sampling.seed ?? UInt64.random(in: 0 ... .max))
    }

    /// logits: (1, V); `allowed` nil for all, and otherwise not empty.
    mutating func choose(_ logits: Matrix, allowed: TokenMask? = nil) -> Int32 {
        let token = draw(from: candidates(logits, allowed: allowed)).map(Int32.init) ?? allowed?.first ?? 0
        count(token)
        return token
    }

    /// Remembers a token of the answer, for the penalties.
    mutating func count(_ token: Int32) { edits.count(token) }

    /// The tokens that the next choice is made from, and how much they weigh.
    mutating func candidates(_ logits: Matrix, allowed: TokenMask? = nil) -> Candidates {
        weigh(edit(logits, allowed))
    }

    // MARK: -

    private mutating func edit(_ logits: Matrix, _ allowed: TokenMask?) -> Logits {
        guard !edits.isNothing || allowed != nil else { return Logits(logits) }
        let copy = edited.flatMap { $0.count == logits.count ? $0 : nil } ?? Matrix(zeros: 1, logits.count)
        edited = copy
        copy.copy(from: logits)
        edits.apply(to: copy)
        allowed?.apply(to: copy)
        return Logits(copy)
    }

    private mutating func draw(from candidates: Candidates) -> Int? {
        switch candidates {
        case .none: nil
        case .one(let token): token
        case .several(let weights): weights.draw(source.unitDouble())
        }
    }

    enum Candidates {
        /// No logit is a number.
        case none
        case one(Int)
        case several(TokenWeights)
    }

    private mutating func weigh(_ logits: Logits) -> Candidates {
        guard let best = logits.highest() else { return .none }
        let scale = Float(1 / sampling.temperature)
        // Also where the temperature is no number, and where it is so low that only the likeliest could be drawn.
        guard sampling.temperature > 0, scale < 1e30, best.logit < .infinity else { return .one(best.token) }
        let weights = self.weights.flatMap { $0.count == logits.count ? $0 : nil } ?? TokenWeights(logits.count)
        self.weights = weights
        logits.weigh(into: weights.base, top: best.logit, scale: scale)
        weights.keep(topK: sampling.topK, topP: sampling.topP, minP: sampling.minP)
        return .several(weights)
    }
}

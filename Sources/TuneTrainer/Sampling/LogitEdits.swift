import TuneModel

/// What changes logits before they become probabilities: biases, and penalties for what has been said.
struct LogitEdits {
    private let bias: [(token: Int, bias: Float)]
    private let repetition: Float
    private let frequency: Float
    private let presence: Float
    /// Tokens of the prompt and the answer, each once, and how often the answer has it.
    private var counts: [Int32: Float] = [:]

    init(_ sampling: Sampling, prompt: [Int32]) {
        bias = sampling.logitBias.filter { $0.value != 0 }.map { (Int($0.key), Float($0.value)) }
        repetition = Float(sampling.repetitionPenalty)
        frequency = Float(sampling.frequencyPenalty)
        presence = Float(sampling.presencePenalty)
        if repetition != 1 { for token in prompt { counts[token] = 0 } }
    }

    private var hasPenalties: Bool { repetition != 1 || frequency != 0 || presence != 0 }

    /// Whether logits stay as they are.
    var isNothing: Bool { bias.isEmpty && (!hasPenalties || counts.isEmpty) }

    /// Remembers a token of the answer.
    mutating func count(_ token: Int32) {
        if hasPenalties { counts[token, default: 0] += 1 }
    }

    /// logits: (1, V). Numbers that the vocabulary does not have change nothing.
    func apply(to logits: Matrix) {
        for (token, bias) in bias where token >= 0 && token < logits.count { logits.base[token] += bias }
        guard hasPenalties else { return }
        for (token, count) in counts where token >= 0 && Int(token) < logits.count {
            var logit = logits.base[Int(token)]
            logit = logit < 0 ? logit * repetition : logit / repetition
            if count > 0 { logit -= count * frequency + presence }
            logits.base[Int(token)] = logit
        }
    }
}

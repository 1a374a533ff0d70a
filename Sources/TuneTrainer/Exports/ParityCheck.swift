import Foundation

/// Compares two models on the same prompts: the one that was exported, and what was written.
struct ParityCheck {
    /// Prompts that are looked at, at most.
    private static let prompts = 4
    /// Of a prompt's tokens, at most.
    private static let promptTokens = 64
    /// Places after each prompt.
    private static let places = 16

    /// For a model whose training file is not at hand.
    static let usualPrompts = [
        "The quick brown fox jumps over", "What is the capital of France?", "def add(a, b):\n    return",
        "床前明月光，",
    ]

    /// Prompts with their tokens, of which there is at least one.
    private let sequences: [(text: String, tokens: [Int32])]

    init(_ prompts: [String], tokenizer: Tokenizer, contextLength: Int) {
        let start = tokenizer.addsBOS ? [tokenizer.bosID].compactMap { $0 } : []
        let limit = max(1, min(Self.promptTokens, contextLength - Self.places))
        let texts = prompts.contains { !$0.isEmpty } ? prompts : Self.usualPrompts
        sequences = texts.map { ($0, Array((start + tokenizer.encode($0)).prefix(limit))) }
            .filter { !$0.1.isEmpty }.prefix(Self.prompts).map { $0 }
    }

    /// Rows that a model has to be laid out for.
    var capacity: Int { Self.promptTokens + Self.places }

    /// Continues every prompt with the original's likeliest tokens in both models.
    ///
    /// `progress` gets the prompts done; when it returns true, the result is nil.
    func compare(
        _ original: Llama, with written: Llama, type: TensorType, progress: (_ done: Int, _ of: Int) -> Bool
    ) -> (parity: ExportParity, probes: [ExportProbe])? {
        var sum = Sum()
        var probes: [ExportProbe] = []
        for (index, sequence) in sequences.enumerated() {
            if progress(index, sequences.count) { return nil }
            let decoders = (SequenceDecoder(original, capacity: capacity), SequenceDecoder(written, capacity: capacity))
            var probe = ExportProbe(prompt: sequence.text, promptTokens: sequence.tokens)
            var next = sequence.tokens
            for _ in 0..<Self.places {
                let logits = (decoders.0.advance(next), decoders.1.advance(next))
                sum.add(logits.0, logits.1)
                probe.append(logits.0)
                next = [probe.places.last!.tokens[0]]
            }
            probes.append(probe)
        }
        _ = progress(sequences.count, sequences.count)
        let parity = ExportParity(
            prompts: sequences.count, tokens: sum.places, equalTokens: sum.equal, worstDifference: sum.worst,
            divergence: sum.places > 0 ? sum.divergence / Double(sum.places) : 0, type: type)
        return (parity, probes)
    }

    // MARK: -

    private struct Sum {
        var places = 0
        var equal = 0
        var worst = 0.0
        var divergence = 0.0

        /// Compares two predictions, (1, V) each.
        mutating func add(_ p: Matrix, _ q: Matrix) {
            let (best, logSumP) = Self.summary(p)
            let (other, logSumQ) = Self.summary(q)
            var distance = 0.0
            for i in 0..<p.count {
                let (x, y) = (Double(p.base[i]), Double(q.base[i]))
                // A difference that is no number has to stay one.
                worst = abs(x - y) <= worst ? worst : abs(x - y)
                let (logP, logQ) = (x - logSumP, y - logSumQ)
                distance += exp(logP) * (logP - logQ)
            }
            places += 1
            equal += best == other ? 1 : 0
            // Rounding can make the sum of equal distributions a little negative.
            divergence += distance < 0 ? 0 : distance
        }

        /// The likeliest token, and log Σ exp.
        private static func summary(_ logits: Matrix) -> (best: Int, logSum: Double) {
            var best = 0
            for i in 0..<logits.count where logits.base[i] > logits.base[best] { best = i }
            let top = Double(logits.base[best])
            let sum = (0..<logits.count).reduce(0.0) { $0 + exp(Double(logits.base[$1]) - top) }
            return (best, top + log(sum))
        }
    }
}

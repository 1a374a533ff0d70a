import Foundation

/// BLEU as sacrebleu defines it: up to four tokens, one expected answer, exponential smoothing. Counts, so that those of
/// many answers can be added up.
public struct BLEU: Hashable, Codable, Sendable {
    /// Runs of 1 to 4 tokens that were expected, each as often as it was expected at most.
    public private(set) var hits: [Int]
    /// Runs of 1 to 4 tokens.
    public private(set) var totals: [Int]
    /// Tokens of the answer, and of what was expected.
    public private(set) var length: Int
    public private(set) var expectedLength: Int

    static let order = 4

    public init(_ answer: String, expected: String, _ segmentation: Segmentation) {
        var numbering = Numbering()
        let left = numbering.number(segmentation.tokens(of: answer))
        let right = numbering.number(segmentation.tokens(of: expected))
        hits = (1...Self.order).map { Runs(of: left, length: $0).shared(with: Runs(of: right, length: $0)) }
        totals = (1...Self.order).map { max(0, left.count - $0 + 1) }
        length = left.count
        expectedLength = right.count
    }

    /// Of several answers together, 0 to 100.
    public var score: Double { Self.score(numbers, isSentence: false) }

    /// Of one answer, 0 to 100: runs that it is too short for are left out.
    public var sentenceScore: Double { Self.score(numbers, isSentence: true) }

    // MARK: - Sums

    /// Everything that is added up: four hits, four totals, two lengths.
    var numbers: [Double] { (hits + totals + [length, expectedLength]).map(Double.init) }

    static func score(_ sum: [Double], isSentence: Bool) -> Double {
        let hits = sum[0..<order]
        let totals = Array(sum[order..<(2 * order)])
        let (length, expected) = (sum[2 * order], sum[2 * order + 1])
        guard hits.contains(where: { $0 > 0 }) else { return 0 }
        let brevity = length < expected ? exp(1 - expected / length) : 1
        var smoothing = 1.0
        var logarithms = 0.0
        var counted = 0
        for (index, hit) in hits.enumerated() {
            if totals[index] == 0 {
                // Answers that are all shorter than this have no such precision, and a corpus is then worth nothing.
                if !isSentence { return 0 }
                break
            }
            counted += 1
            if hit == 0 {
                smoothing *= 2
                logarithms += log(100 / (smoothing * totals[index]))
            } else {
                logarithms += log(100 * hit / totals[index])
            }
        }
        return brevity * exp(logarithms / Double(counted))
    }
}

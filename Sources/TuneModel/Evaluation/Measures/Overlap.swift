/// How much of an answer was expected and how much of what was expected it has.
public struct Overlap: Hashable, Codable, Sendable {
    /// Share of the answer that was expected, 0 to 1.
    public let precision: Double
    /// Share of what was expected that the answer has, 0 to 1.
    public let recall: Double
    /// Their harmonic mean, 0 to 1.
    public let f1: Double

    /// - Parameters:
    ///   - shared: of `answer` and of `expected`, what is in both.
    init(shared: Int, answer: Int, expected: Int) {
        precision = answer == 0 ? 0 : Double(shared) / Double(answer)
        recall = expected == 0 ? 0 : Double(shared) / Double(expected)
        f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
    }
}

/// ROUGE as `rouge-score` defines it, without stemming; Chinese and Japanese are compared by characters.
public struct ROUGE: Hashable, Codable, Sendable {
    /// Of words.
    public let one: Overlap
    /// Of pairs of neighbouring words.
    public let two: Overlap
    /// Of the longest common subsequence of words.
    public let longest: Overlap

    public init(_ answer: String, expected: String) {
        var numbering = Numbering()
        let left = numbering.number(Words.of(answer))
        let right = numbering.number(Words.of(expected))
        func overlap(_ length: Int) -> Overlap {
            Overlap(
                shared: Runs(of: left, length: length).shared(with: Runs(of: right, length: length)),
                answer: max(0, left.count - length + 1), expected: max(0, right.count - length + 1))
        }
        one = overlap(1)
        two = overlap(2)
        longest = Overlap(
            shared: CommonSubsequence.length(left, right), answer: left.count, expected: right.count)
    }
}

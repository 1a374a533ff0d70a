/// chrF2 as sacrebleu defines it: runs of 1 to 6 characters without spaces, recall counting twice. Counts, so that those
/// of many answers can be added up.
public struct ChrF: Hashable, Codable, Sendable {
    /// For each length: runs of the answer, of what was expected, and in both.
    public private(set) var counts: [Int]

    static let order = 6

    public init(_ answer: String, expected: String) {
        let left = Self.characters(answer)
        let right = Self.characters(expected)
        counts = (1...Self.order).flatMap { length in
            // Runs of a length that what was expected is too short for do not count against an answer.
            [
                right.count < length ? 0 : max(0, left.count - length + 1), max(0, right.count - length + 1),
                Runs(of: left, length: length).shared(with: Runs(of: right, length: length)),
            ]
        }
    }

    /// 0 to 100.
    public var score: Double { Self.score(numbers) }

    // MARK: - Sums

    var numbers: [Double] { counts.map(Double.init) }

    static func score(_ sum: [Double]) -> Double {
        var precision = 0.0
        var recall = 0.0
        var counted = 0.0
        for start in stride(from: 0, to: 3 * order, by: 3) where sum[start] > 0 && sum[start + 1] > 0 {
            precision += sum[start + 2] / sum[start]
            recall += sum[start + 2] / sum[start + 1]
            counted += 1
        }
        guard precision + recall > 0 else { return 0 }
        precision /= counted
        recall /= counted
        return 100 * 5 * precision * recall / (4 * precision + recall)
    }

    /// Characters as code points, which is what the reference compares.
    private static func characters(_ text: String) -> [Int] {
        text.unicodeScalars.filter { !$0.properties.isWhitespace }.map { Int($0.value) }
    }
}

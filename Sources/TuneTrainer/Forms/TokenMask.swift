/// A set of a vocabulary's tokens.
struct TokenMask: Sendable {
    private var words: [UInt64]

    /// Empty, for so many tokens.
    init(_ count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    mutating func insert(_ token: Int32) {
        guard token >= 0, Int(token) >> 6 < words.count else { return }
        words[Int(token) >> 6] |= 1 << UInt64(token & 63)
    }

    func contains(_ token: Int32) -> Bool {
        token >= 0 && Int(token) >> 6 < words.count && words[Int(token) >> 6] >> UInt64(token & 63) & 1 == 1
    }

    /// The lowest.
    var first: Int32? {
        words.firstIndex { $0 != 0 }.map { Int32($0 * 64 + words[$0].trailingZeroBitCount) }
    }

    /// Makes all others impossible. logits: (1, V); what the vocabulary does not have is impossible, too.
    func apply(to logits: Matrix) {
        for start in stride(from: 0, to: logits.count, by: 64) {
            let word = start >> 6 < words.count ? words[start >> 6] : 0
            if word == .max { continue }
            for bit in 0..<min(64, logits.count - start) where word >> UInt64(bit) & 1 == 0 {
                logits.base[start + bit] = -.infinity
            }
        }
    }
}

/// SentencePiece's scores and the merges of `tokenizer.json` say the same in two ways: which two neighbours become one
/// first. These are the ways between them.
struct PieceMerges {
    /// The most urgent first.
    let pairs: [(left: String, right: String)]

    init(pairs: [(left: String, right: String)]) {
        self.pairs = pairs
    }

    /// Every way to cut a token into two others, by the token's score, the highest first.
    init(_ tokens: [String], kinds: [TokenKind], scores: [Double]) {
        let known = Set(tokens)
        var found: [(score: Double, order: Int, left: String, right: String)] = []
        for (id, token) in tokens.enumerated() where kinds[id] == .normal || kinds[id] == .userDefined {
            let scalars = token.unicodeScalars
            for cut in scalars.indices.dropFirst() {
                let (left, right) = (String(scalars[..<cut]), String(scalars[cut...]))
                if known.contains(left), known.contains(right) {
                    found.append((scores[id], found.count, left, right))
                }
            }
        }
        found.sort { ($1.score, $0.order) < ($0.score, $1.order) }
        pairs = found.map { ($0.left, $0.right) }
    }

    /// One score for each token: the rank of the first merge that makes it, negated; below all of them for others.
    func scores(of tokens: [String]) -> [Float] {
        var ranks: [String: Int] = [:]
        for (rank, pair) in pairs.enumerated() {
            let whole = pair.left + pair.right
            if ranks[whole] == nil { ranks[whole] = rank }
        }
        return tokens.map { -Float(ranks[$0] ?? pairs.count) }
    }
}

/// What became of a file's rows: those that stay in their order, and, between them, rows that went and rows that came.
struct Arrangement {
    /// What lies between two runs of rows that stay, and the run behind it.
    struct Stretch {
        /// Rows of the file that do not stand here any more.
        let gone: Range<Int>
        /// What stands here in their place.
        let come: [Piece]
        /// Rows of the file that stay.
        let kept: Range<Int>
        /// Where the first that came stands among the rows as edited.
        let place: Int
    }

    private let pieces: [Piece]
    /// For each piece, whether it stays.
    private let stays: [Bool]
    private let rows: Int
    private var next = 0
    private var end = 0
    private var place = 0
    private var isDone = false

    /// - Parameter rows: those that the file has.
    init(_ rope: Rope, rows: Int) {
        var pieces: [Piece] = []
        rope.forEachPiece { piece, _ in pieces.append(piece) }
        self.pieces = pieces
        self.rows = rows
        stays = Self.staying(pieces)
    }

    /// Pieces of the file that do not stay where they were.
    var moved: [Piece] { zip(pieces, stays).filter { !$0.isLine && !$1 }.map(\.0) }

    mutating func nextStretch() -> Stretch? {
        guard !isDone else { return nil }
        var come: [Piece] = []
        let start = place
        while next < pieces.count, !stays[next] {
            come.append(pieces[next])
            place += pieces[next].count
            next += 1
        }
        // Pieces that follow each other in the file are one, so that a run ends here.
        let kept = next < pieces.count ? pieces[next].rows : rows..<rows
        isDone = next >= pieces.count
        next += 1
        place += kept.count
        defer { end = kept.upperBound }
        return Stretch(gone: end..<kept.lowerBound, come: come, kept: kept, place: start)
    }

    /// As many rows as possible stay: the heaviest rising sequence of pieces.
    private static func staying(_ pieces: [Piece]) -> [Bool] {
        var last = 0
        let isRising = pieces.allSatisfy { piece in
            guard !piece.isLine else { return true }
            defer { last = piece.rows.upperBound }
            return piece.rows.lowerBound >= last
        }
        guard !isRising else { return pieces.map { !$0.isLine } }
        let order = pieces.indices.filter { !pieces[$0].isLine }.sorted {
            pieces[$0].rows.lowerBound < pieces[$1].rows.lowerBound
        }
        var rank = [Int](repeating: 0, count: pieces.count)
        for (place, index) in order.enumerated() { rank[index] = place + 1 }
        // Of each prefix of ranks, the heaviest sequence that ends in it: a tree of maxima.
        var tree = [(weight: Int, index: Int)](repeating: (0, -1), count: order.count + 1)
        var before = [Int](repeating: -1, count: pieces.count)
        for index in pieces.indices where rank[index] > 0 {
            var best = (weight: 0, index: -1)
            var at = rank[index]
            while at > 0 {
                if tree[at].weight > best.weight { best = tree[at] }
                at &= at - 1
            }
            before[index] = best.index
            let own = (weight: best.weight + pieces[index].count, index: index)
            at = rank[index]
            while at < tree.count {
                if own.weight > tree[at].weight { tree[at] = own }
                at += at & -at
            }
        }
        var best = (weight: 0, index: -1)
        var at = order.count
        while at > 0 {
            if tree[at].weight > best.weight { best = tree[at] }
            at &= at - 1
        }
        var stays = [Bool](repeating: false, count: pieces.count)
        var index = best.index
        while index >= 0 {
            stays[index] = true
            index = before[index]
        }
        return stays
    }
}

/// The rows of an edited dataset, in order: a balanced tree of pieces that never changes once it is made.
///
/// A change makes a new rope that shares all but a path with the old one, in logarithmic time; so every earlier state
/// stays at hand for as little.
struct Rope: Sendable {
    let root: RopeNode?

    init(_ root: RopeNode? = nil) {
        var root = root
        while case .inner(let children)? = root?.content, children.count == 1 { root = children[0] }
        self.root = root
    }

    /// The rows of a file, none edited.
    init(rows: Int) { self.init(rows == 0 ? nil : RopeNode([Piece(rows: 0..<rows)])) }

    /// Rows.
    var count: Int { root?.rows ?? 0 }

    /// Rows that lie in the journal.
    var lines: Int { root?.lines ?? 0 }

    /// Whether it shows so many rows of a file, and nothing else.
    func isWhole(_ rows: Int) -> Bool {
        guard let root else { return rows == 0 }
        guard case .leaf(let pieces) = root.content, pieces.count == 1 else { return false }
        return pieces[0] == Piece(rows: 0..<rows)
    }

    /// The rows before a place, and those from it on.
    func split(at row: Int) -> (Rope, Rope) {
        guard let root, row > 0 else { return (Rope(), self) }
        guard row < count else { return (self, Rope()) }
        let (left, right) = root.split(at: row)
        return (Rope(left), Rope(right))
    }

    /// The rows of a range.
    func slice(_ range: Range<Int>) -> Rope { split(at: range.upperBound).0.split(at: range.lowerBound).1 }

    static func + (a: Rope, b: Rope) -> Rope {
        guard let left = a.root else { return b }
        guard let right = b.root else { return a }
        return Rope(RopeNode.concat(left, right))
    }

    /// Calls `body` for every piece in order, with the row that it begins at.
    func forEachPiece(_ body: (Piece, _ row: Int) -> Void) {
        var row = 0
        root?.visit(&row, body)
    }

    /// What the row at a position is.
    func id(at row: Int) -> RowID? { RopeCursor(self, at: row).piece?.id }
}

extension Rope {
    /// Makes a rope of many pieces, one behind the other.
    struct Builder {
        private var leaves: [RopeNode] = []
        private var pieces: [Piece] = []

        mutating func append(_ piece: Piece) {
            guard piece.count > 0 else { return }
            if let last = pieces.last, let joined = last.joined(with: piece) {
                pieces[pieces.count - 1] = joined
                return
            }
            if pieces.count == RopeNode.most { close() }
            pieces.append(piece)
        }

        private mutating func close() {
            leaves.append(RopeNode(pieces))
            pieces = []
            pieces.reserveCapacity(RopeNode.most)
        }

        mutating func finish() -> Rope {
            if !pieces.isEmpty { close() }
            var level = leaves
            leaves = []
            while level.count > 1 {
                level = stride(from: 0, to: level.count, by: RopeNode.mostChildren).map {
                    RopeNode(Array(level[$0..<min($0 + RopeNode.mostChildren, level.count)]))
                }
            }
            return Rope(level.first)
        }
    }
}

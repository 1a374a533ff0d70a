/// A node of a rope: some pieces, or some nodes, all of one height.
final class RopeNode: Sendable {
    /// Pieces of a leaf: few, as each change copies some.
    static let most = 32
    static let mostChildren = 16

    enum Content: Sendable {
        case leaf([Piece])
        case inner([RopeNode])
    }

    let content: Content
    let rows: Int
    /// Rows that lie in the journal.
    let lines: Int
    let height: Int

    init(_ pieces: [Piece]) {
        content = .leaf(pieces)
        rows = pieces.reduce(0) { $0 + $1.count }
        lines = pieces.count { $0.isLine }
        height = 0
    }

    init(_ children: [RopeNode]) {
        content = .inner(children)
        rows = children.reduce(0) { $0 + $1.rows }
        lines = children.reduce(0) { $0 + $1.lines }
        height = children[0].height + 1
    }

    // MARK: - Together

    static func concat(_ a: RopeNode, _ b: RopeNode) -> RopeNode {
        let nodes = join(a, b)
        return nodes.count == 1 ? nodes[0] : RopeNode(nodes)
    }

    /// Both as one node or two, of the greater height.
    private static func join(_ a: RopeNode, _ b: RopeNode) -> [RopeNode] {
        switch (a.content, b.content) {
        case (.leaf(let left), .leaf(let right)):
            if let joined = left[left.count - 1].joined(with: right[0]) {
                return leaves(left.dropLast() + [joined] + right.dropFirst())
            }
            return leaves(left + right)
        case (.inner(let children), _) where a.height > b.height:
            return inner(children.dropLast() + join(children[children.count - 1], b))
        case (_, .inner(let children)) where b.height > a.height:
            return inner(join(a, children[0]) + children.dropFirst())
        case (.inner(let left), .inner(let right)):
            // Where the two meet, pieces may have become one.
            return inner(left.dropLast() + join(left[left.count - 1], right[0]) + right.dropFirst())
        default:
            preconditionFailure("a leaf is lower than any other node")
        }
    }

    private static func leaves(_ pieces: [Piece]) -> [RopeNode] {
        guard pieces.count > most else { return [RopeNode(pieces)] }
        let middle = pieces.count / 2
        return [RopeNode(Array(pieces[..<middle])), RopeNode(Array(pieces[middle...]))]
    }

    private static func inner(_ children: [RopeNode]) -> [RopeNode] {
        guard children.count > mostChildren else { return [RopeNode(children)] }
        let middle = children.count / 2
        return [RopeNode(Array(children[..<middle])), RopeNode(Array(children[middle...]))]
    }

    // MARK: - Apart

    /// The rows before a place that lies inside, and those from it on.
    func split(at row: Int) -> (RopeNode, RopeNode) {
        switch content {
        case .leaf(let pieces):
            var before = 0
            var place = 0
            while before + pieces[place].count <= row {
                before += pieces[place].count
                place += 1
            }
            let inside = row - before
            guard inside > 0 else { return (RopeNode(Array(pieces[..<place])), RopeNode(Array(pieces[place...]))) }
            let piece = pieces[place]
            return (
                RopeNode(pieces[..<place] + [piece.slice(0..<inside)]),
                RopeNode([piece.slice(inside..<piece.count)] + pieces[(place + 1)...])
            )
        case .inner(let children):
            var before = 0
            var place = 0
            while before + children[place].rows <= row {
                before += children[place].rows
                place += 1
            }
            let (left, right) = (Self.whole(children[..<place]), Self.whole(children[(place + 1)...]))
            guard row > before else {
                return (left!, right.map { Self.concat(children[place], $0) } ?? children[place])
            }
            let (head, tail) = children[place].split(at: row - before)
            return (left.map { Self.concat($0, head) } ?? head, right.map { Self.concat(tail, $0) } ?? tail)
        }
    }

    private static func whole(_ children: ArraySlice<RopeNode>) -> RopeNode? {
        children.count > 1 ? RopeNode(Array(children)) : children.first
    }

    // MARK: - One by one

    func visit(_ row: inout Int, _ body: (Piece, _ row: Int) -> Void) {
        switch content {
        case .leaf(let pieces):
            for piece in pieces {
                body(piece, row)
                row += piece.count
            }
        case .inner(let children):
            for child in children { child.visit(&row, body) }
        }
    }
}

/// A place in a rope that moves forward.
struct RopeCursor {
    /// The nodes from the root down, each with the place in it.
    private var path: [(node: RopeNode, index: Int)] = []
    /// What is left of the piece at the place; nil at the end.
    private(set) var piece: Piece?

    init(_ rope: Rope, at row: Int = 0) {
        guard let root = rope.root, row < rope.count else { return }
        var node = root
        var row = row
        while true {
            switch node.content {
            case .inner(let children):
                var index = 0
                while row >= children[index].rows {
                    row -= children[index].rows
                    index += 1
                }
                path.append((node, index))
                node = children[index]
            case .leaf(let pieces):
                var index = 0
                while row >= pieces[index].count {
                    row -= pieces[index].count
                    index += 1
                }
                path.append((node, index))
                piece = pieces[index].slice(row..<pieces[index].count)
                return
            }
        }
    }

    /// Passes rows of the piece.
    mutating func pass(_ count: Int) {
        guard let piece else { return }
        if count < piece.count {
            self.piece = piece.slice(count..<piece.count)
        } else {
            next()
        }
    }

    /// Calls `body` for the next rows, piece by piece, and passes them.
    mutating func take(_ count: Int, _ body: (Piece) -> Void) {
        var left = count
        while left > 0, let piece {
            let part = piece.count <= left ? piece : piece.slice(0..<left)
            body(part)
            pass(part.count)
            left -= part.count
        }
    }

    private mutating func next() {
        piece = nil
        while var (node, index) = path.popLast() {
            index += 1
            switch node.content {
            case .leaf(let pieces):
                guard index < pieces.count else { continue }
                path.append((node, index))
                piece = pieces[index]
                return
            case .inner(let children):
                guard index < children.count else { continue }
                path.append((node, index))
                node = children[index]
                while case .inner(let below) = node.content {
                    path.append((node, 0))
                    node = below[0]
                }
                guard case .leaf(let pieces) = node.content else { return }
                path.append((node, 0))
                piece = pieces[0]
                return
            }
        }
    }
}

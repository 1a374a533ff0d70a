extension Rope {
    /// The rows that a script makes of these; nil where it speaks of rows that are not there. Rows behind its last
    /// step stay.
    func applying(_ script: Script) -> Rope? {
        var steps = 0
        guard (try? script.forEachStep { _ throws(DataError) in steps += 1 }) == true else { return nil }
        var maker = RopeMaker(self, steps: steps)
        _ = try? script.forEachStep { step throws(DataError) in maker.make(step) }
        return maker.finish()
    }
}

/// Makes the new rows step by step: a few where they are, many by going through all pieces.
private struct RopeMaker {
    private static let few = 64

    private let old: Rope
    private let isFew: Bool
    private var new = Rope()
    private var builder = Rope.Builder()
    private var cursor: RopeCursor
    /// Old rows that were spoken of.
    private var row = 0
    private var isSound = true

    init(_ old: Rope, steps: Int) {
        self.old = old
        isFew = steps <= Self.few
        cursor = RopeCursor(old)
    }

    mutating func make(_ step: Script.Step) {
        guard isSound else { return }
        switch step {
        case .keep(let count): pass(count, isKept: true)
        case .drop: pass(1, isKept: false)
        case .line(let range): add(Piece(line: range))
        case .rows(let range): if !range.isEmpty { add(Piece(rows: range)) }
        case .copy(let range): copy(range)
        case .behind: break
        }
    }

    mutating func finish() -> Rope? {
        pass(old.count - row, isKept: true)
        guard isSound else { return nil }
        return isFew ? new : builder.finish()
    }

    private mutating func add(_ piece: Piece) {
        if isFew { new = new + Rope(RopeNode([piece])) } else { builder.append(piece) }
    }

    private mutating func pass(_ count: Int, isKept: Bool) {
        guard count <= old.count - row else {
            isSound = false
            return
        }
        if isFew {
            if isKept { new = new + old.slice(row..<row + count) }
        } else if isKept {
            cursor.take(count) { builder.append($0) }
        } else {
            cursor.take(count) { _ in }
        }
        row += count
    }

    private mutating func copy(_ range: Range<Int>) {
        guard range.upperBound <= old.count else {
            isSound = false
            return
        }
        if isFew {
            new = new + old.slice(range)
        } else {
            var from = RopeCursor(old, at: range.lowerBound)
            from.take(range.count) { builder.append($0) }
        }
    }
}

import TuneModel

/// Sorts rows of a dataset by what they hold. Takes 16 bytes a row.
///
/// Of texts only eight bytes are looked at in the first reading; rows that are alike so far are read again for the next
/// 32, and take about 60 bytes each meanwhile.
struct RowSorter {
    /// Bytes after which texts that are still alike stay in the order of the file.
    static let textLimit = 8 + 4 * SortPiece.length

    let dataset: Dataset
    let order: RowOrder
    let facts: QueryFacts

    /// The keys of some rows come from the reading that found them.
    func sorted(_ keys: consuming [SortKey], work: DataWork) throws(DataError) -> [Int32] {
        var keys = keys
        try Self.sort(&keys, 0..<keys.count, work: work) { a, b in
            if a.isLacking != b.isLacking { return b.isLacking }
            return (a.bits, a.row) < (b.bits, b.row)
        }
        var rows = keys.map(\.row)
        guard order.key == .prompt || order.key == .completion else { return rows }
        var ties = Self.ties(keys.count) { place in
            !keys[place].isLacking && keys[place].bits == keys[place - 1].bits && goesOn(keys[place])
        }
        keys = []
        var start = 8
        while start < Self.textLimit, !ties.isEmpty {
            ties = try settle(&rows, ties, from: start, work: work)
            start += SortPiece.length
        }
        return rows
    }

    /// The key of the row that is looked at.
    func key(of row: Int, _ sight: RowSight, _ folded: ByteBuffer) -> SortKey {
        let value: Double? =
            switch order.key {
            case .row: Double(row)
            case .prompt, .completion: nil
            case .length: sight.length().map(Double.init)
            case .promptLength: sight.length(promptOnly: true).map(Double.init)
            case .tokens: (sight.tokenCount()?.all).map(Double.init)
            case .trained: (sight.tokenCount()?.trained).map(Double.init)
            case .turns: sight.turns.map(Double.init)
            case .loss: facts.loss(of: row).map(Double.init)
            case .language: sight.script().flatMap { TextLanguage.allCases.firstIndex(of: $0) }.map(Double.init)
            }
        if order.key == .prompt || order.key == .completion, let text = sight.sortText(order.key) {
            SortKey.fold(text, upTo: 8, into: folded)
            return key(of: row, SortKey.bits(of: folded, from: 0))
        }
        return key(of: row, value.flatMap(SortKey.bits))
    }

    /// A row's key; rows that lack a value come last whatever the direction.
    func key(of row: Int, _ bits: UInt64?) -> SortKey {
        guard let bits else { return SortKey(row: Int32(row), isLacking: true, bits: 0) }
        return SortKey(row: Int32(row), bits: order.isDescending ? ~bits : bits)
    }

    // MARK: -

    private func goesOn(_ key: SortKey) -> Bool {
        UInt8(truncatingIfNeeded: order.isDescending ? ~key.bits : key.bits) != 0
    }

    /// Runs of places that are each like the one before.
    private static func ties(_ count: Int, _ isLikeLast: (Int) -> Bool) -> [Range<Int>] {
        var ties: [Range<Int>] = []
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, isLikeLast(end) { end += 1 }
            if end - start > 1 { ties.append(start..<end) }
            start = end
        }
        return ties
    }

    private static func sort<Element>(
        _ elements: inout [Element], _ range: Range<Int>, work: DataWork, by isBefore: (Element, Element) -> Bool
    ) throws(DataError) {
        var compared = 0
        do {
            try elements[range].sort { a, b in
                compared &+= 1
                if compared & 0xffff == 0, work.isCancelled() { throw DataError.cancelled }
                return isBefore(a, b)
            }
        } catch {
            throw .cancelled
        }
    }

    /// Puts the rows of ties in order by the bytes of their texts from a place on; gives the ties that are left.
    private func settle(
        _ rows: inout [Int32], _ ties: [Range<Int>], from start: Int, work: DataWork
    ) throws(DataError) -> [Range<Int>] {
        // So that the file is read in its order.
        let inFile = ties.flatMap { rows[$0] }.sorted()
        let sorter = self
        var found: [SortPiece] = []
        found.reserveCapacity(inFile.count)
        try dataset.stretches(of: Int(inFile[0])..<Int(inFile[inFile.count - 1]) + 1, work: work) {
            range, work throws(DataError) -> [SortPiece] in
            try sorter.pieces(of: inFile, in: range, from: start, work: work)
        } _: { pieces throws(DataError) in
            found += pieces
        }
        var left: [Range<Int>] = []
        for tie in ties {
            var pieces: [SortPiece] = []
            if ties.count == 1 {
                // All texts begin alike: there may be many, and once in memory is enough.
                swap(&pieces, &found)
            } else {
                pieces = tie.map { place in found[inFile.partitioningIndex { $0 >= rows[place] }] }
            }
            try Self.sort(&pieces, 0..<pieces.count, work: work) {
                $0.isBefore($1, isDescending: order.isDescending)
            }
            for (place, piece) in zip(tie, pieces) { rows[place] = piece.row }
            let still = Self.ties(pieces.count) { pieces[$0].isLike(pieces[$0 - 1]) && pieces[$0].goesOn }
            left += still.map { tie.lowerBound + $0.lowerBound..<tie.lowerBound + $0.upperBound }
        }
        return left
    }

    /// The pieces of those of some rows, in order, that lie in a range.
    private func pieces(
        of rows: [Int32], in range: Range<Int>, from start: Int, work: DataWork
    ) throws(DataError) -> [SortPiece] {
        var next = rows.partitioningIndex { Int($0) >= range.lowerBound }
        let end = rows.partitioningIndex { Int($0) >= range.upperBound }
        guard next < end else { return [] }
        let sight = RowSight(columns: dataset.columns, tokens: nil)
        let folded = ByteBuffer()
        var pieces: [SortPiece] = []
        pieces.reserveCapacity(end - next)
        try dataset.walk(from: Int(rows[next]), work: work) { line, row throws(DataError) in
            guard row == Int(rows[next]) else { return true }
            sight.look(at: line)
            folded.count = 0
            if let text = sight.sortText(order.key) {
                SortKey.fold(text, upTo: start + SortPiece.length, into: folded)
            }
            pieces.append(SortPiece(row: rows[next], of: folded, from: start))
            next += 1
            return next < end
        }
        guard next == end else { throw .changedMeanwhile(file: dataset.path) }
        return pieces
    }
}

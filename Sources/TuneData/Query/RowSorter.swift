import TuneModel

/// Sorts rows of a dataset by what they hold. Takes 16 bytes a row.
///
/// Of texts only eight bytes are looked at in one reading; rows that are alike so far are read again for the next eight.
struct RowSorter {
    /// Bytes after which texts that are still alike stay in the order of the file.
    static let textLimit = 128

    let dataset: Dataset
    let order: RowOrder
    let facts: QueryFacts

    /// The keys of some rows come from the reading that found them.
    func sorted(_ keys: consuming [SortKey], work: DataWork) throws(DataError) -> [Int32] {
        var keys = keys
        try sort(&keys, 0..<keys.count, work: work)
        guard order.key == .prompt || order.key == .completion else { return keys.map(\.row) }
        var start = 8
        var ties = [0..<keys.count]
        while start < Self.textLimit {
            ties = ties.flatMap { Self.ties(in: keys[$0], isDescending: order.isDescending) }
            guard !ties.isEmpty else { break }
            try read(&keys, ties, from: start, work: work)
            for tie in ties { try sort(&keys, tie, work: work) }
            start += 8
        }
        return keys.map(\.row)
    }

    /// The key of the row that is looked at.
    func key(of row: Int, _ sight: RowSight, from start: Int = 0, _ folded: ByteBuffer) -> SortKey {
        let bits: UInt64? =
            switch order.key {
            case .row: SortKey.bits(of: Double(row))
            case .prompt, .completion: sight.sortText(order.key).map { SortKey.bits(of: $0, from: start, folded) }
            case .length: sight.length().flatMap { SortKey.bits(of: Double($0)) }
            case .promptLength: sight.length(promptOnly: true).flatMap { SortKey.bits(of: Double($0)) }
            case .tokens: (sight.tokenCount()?.all).flatMap { SortKey.bits(of: Double($0)) }
            case .trained: (sight.tokenCount()?.trained).flatMap { SortKey.bits(of: Double($0)) }
            case .turns: sight.turns.flatMap { SortKey.bits(of: Double($0)) }
            case .loss: facts.loss(of: row).flatMap { SortKey.bits(of: Double($0)) }
            case .language:
                sight.script().flatMap { SortKey.bits(of: Double(TextLanguage.allCases.firstIndex(of: $0)!)) }
            }
        return key(of: row, bits)
    }

    /// A row's key; rows that lack a value come last whatever the direction.
    func key(of row: Int, _ bits: UInt64?) -> SortKey {
        guard let bits else { return SortKey(row: Int32(row), isLacking: true, bits: 0) }
        return SortKey(row: Int32(row), bits: order.isDescending ? ~bits : bits)
    }

    // MARK: -

    private func sort(_ keys: inout [SortKey], _ range: Range<Int>, work: DataWork) throws(DataError) {
        var compared = 0
        do {
            try keys[range].sort { a, b in
                compared &+= 1
                if compared & 0xffff == 0, work.isCancelled() { throw DataError.cancelled }
                if a.isLacking != b.isLacking { return b.isLacking }
                return (a.bits, a.row) < (b.bits, b.row)
            }
        } catch {
            throw .cancelled
        }
    }

    /// Stretches of keys that are alike and whose texts go on.
    private static func ties(in keys: ArraySlice<SortKey>, isDescending: Bool) -> [Range<Int>] {
        var ties: [Range<Int>] = []
        var start = keys.startIndex
        while start < keys.endIndex, !keys[start].isLacking {
            var end = start + 1
            while end < keys.endIndex, !keys[end].isLacking, keys[end].bits == keys[start].bits { end += 1 }
            let lastByte = UInt8(truncatingIfNeeded: isDescending ? ~keys[start].bits : keys[start].bits)
            if end - start > 1, lastByte != 0 { ties.append(start..<end) }
            start = end
        }
        return ties
    }

    /// Reads the rows of ties again, for the bytes of their texts from a place on.
    private func read(
        _ keys: inout [SortKey], _ ties: [Range<Int>], from start: Int, work: DataWork
    ) throws(DataError) {
        // The places of the keys by row, so that the file is read in its order.
        var places = ties.joined().map { Int32($0) }
        let rows: [Int32] = keys.withUnsafeBufferPointer { keys in
            places.sort { keys[Int($0)].row < keys[Int($1)].row }
            return places.map { keys[Int($0)].row }
        }
        let sorter = self
        var done = 0
        try dataset.stretches(of: Int(rows[0])..<Int(rows[rows.count - 1]) + 1, work: work) {
            range, work throws(DataError) -> [UInt64] in
            try sorter.bits(of: rows, in: range, from: start, work: work)
        } _: { bits throws(DataError) in
            for (place, bits) in zip(places[done...], bits) {
                keys[Int(place)].bits = order.isDescending ? ~bits : bits
            }
            done += bits.count
        }
    }

    /// The bytes of those of some rows, in order, that lie in a range.
    private func bits(of rows: [Int32], in range: Range<Int>, from start: Int, work: DataWork) throws(DataError)
        -> [UInt64]
    {
        var next = rows.partitioningIndex { Int($0) >= range.lowerBound }
        let end = rows.partitioningIndex { Int($0) >= range.upperBound }
        guard next < end else { return [] }
        let sight = RowSight(columns: dataset.columns, tokens: nil)
        let folded = ByteBuffer()
        var bits: [UInt64] = []
        bits.reserveCapacity(end - next)
        try dataset.walk(from: Int(rows[next]), work: work) { line, row throws(DataError) in
            guard row == Int(rows[next]) else { return true }
            sight.look(at: line)
            bits.append(sight.sortText(order.key).map { SortKey.bits(of: $0, from: start, folded) } ?? 0)
            next += 1
            return next < end
        }
        guard next == end else { throw .changedMeanwhile(file: dataset.path) }
        return bits
    }
}

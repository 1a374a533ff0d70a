/// The tags that rows bear.
struct TagBook: Sendable {
    /// What a row bears, and what it says: so that it is found again where the file has become another.
    struct Entry: Hashable, Sendable {
        let digest: Digest
        /// In order, each once; never empty.
        let names: [String]
    }

    /// What an edit does to the tags of one row.
    struct Change: Hashable, Sendable {
        let id: RowID
        let before: Entry?
        let after: Entry?
    }

    private(set) var entries: [RowID: Entry] = [:]
    /// Tags in use, with how many rows bear each.
    private(set) var counts: [String: Int] = [:]

    func names(of id: RowID) -> [String] { entries[id]?.names ?? [] }

    mutating func make(_ changes: [Change]) {
        for change in changes { put(change.after, for: change.id) }
    }

    mutating func takeBack(_ changes: [Change]) {
        for change in changes.reversed() { put(change.before, for: change.id) }
    }

    private mutating func put(_ entry: Entry?, for id: RowID) {
        for name in entries[id]?.names ?? [] {
            let left = counts[name, default: 1] - 1
            counts[name] = left > 0 ? left : nil
        }
        for name in entry?.names ?? [] { counts[name, default: 0] += 1 }
        entries[id] = entry
    }

    /// Where in a rope rows stand, rising; for those that are in it.
    static func positions(in rope: Rope, of ids: some Sequence<RowID>) -> RangeSet<Int> {
        var lines: Set<UInt64> = []
        var rows: [Int] = []
        for id in ids {
            if id.isLine { lines.insert(id.value) } else { rows.append(Int(id.value)) }
        }
        rows.sort()
        var places: [Range<Int>] = []
        rope.forEachPiece { piece, position in
            guard !piece.isLine else {
                if lines.contains(piece.id.value) { places.append(position..<position + 1) }
                return
            }
            let range = piece.rows
            var at = rows.partitioningIndex { $0 >= range.lowerBound }
            while at < rows.count, rows[at] < range.upperBound {
                let place = position + rows[at] - range.lowerBound
                places.append(place..<place + 1)
                at += 1
            }
        }
        return RangeSet(places)
    }
}

extension TagBook {
    /// Spells what rows bear after a change.
    static func spell(_ changes: some Collection<(id: RowID, after: Entry?)>, into bytes: inout [UInt8]) {
        bytes.append(varint: UInt64(changes.count))
        for (id, after) in changes {
            bytes.append(fixed: id.value)
            bytes.append(varint: UInt64(after?.names.count ?? 0))
            guard let after else { continue }
            bytes.append(fixed: after.digest.high)
            bytes.append(fixed: after.digest.low)
            for name in after.names { bytes.append(text: name) }
        }
    }

    static func read(_ reader: inout FieldReader) -> [(id: RowID, after: Entry?)]? {
        guard let count = reader.count() else { return nil }
        var changes: [(id: RowID, after: Entry?)] = []
        // Many rows bear the same few names, which are then held once.
        var known: [[String]: [String]] = [:]
        for _ in 0..<count {
            guard let id = reader.fixed(), let total = reader.count() else { return nil }
            guard total > 0 else {
                changes.append((RowID(value: id), nil))
                continue
            }
            guard let high = reader.fixed(), let low = reader.fixed() else { return nil }
            var names: [String] = []
            for _ in 0..<total {
                guard let name = reader.text() else { return nil }
                names.append(name)
            }
            if let same = known[names] { names = same } else { known[names] = names }
            changes.append((RowID(value: id), Entry(digest: Digest(high: high, low: low), names: names)))
        }
        return changes
    }
}

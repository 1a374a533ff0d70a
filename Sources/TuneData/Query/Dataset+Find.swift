extension Dataset {
    /// The next row that holds a pattern in one of its texts, from a row on and around the end of the file; nil when none
    /// does. A line that is no record is searched as it stands. The row that the search begins at is looked at first.
    public func find(
        _ pattern: TextPattern, from row: Int = 0, forward: Bool = true, work: DataWork = .quiet
    ) throws(DataError) -> Int? {
        guard count > 0 else { return nil }
        let start = min(max(row, 0), count - 1)
        let search = TextSearch(pattern)
        if forward {
            if let row = try first(search, in: start..<count, work: work.stretch(0...0.5)) { return row }
            return try first(search, in: 0..<start, work: work.stretch(0.5...1))
        }
        if let row = try last(search, in: 0..<start + 1, work: work.stretch(0...0.5)) { return row }
        return try last(search, in: start + 1..<count, work: work.stretch(0.5...1))
    }

    // MARK: -

    /// Rows that are looked at before helpers are called for: mostly the next hit is near.
    private static var nearRows: Int { 1000 }

    private func first(_ search: TextSearch, in rows: Range<Int>, work: DataWork) throws(DataError) -> Int? {
        guard !rows.isEmpty else { return nil }
        let near = rows.prefix(Self.nearRows)
        if let row = try hits(of: search, in: near, onlyFirst: true, work: work.stretch(0...0)).first { return row }
        guard near.count < rows.count else { return nil }
        var found: Int?
        do throws(DataError) {
            try stretches(of: near.upperBound..<rows.upperBound, work: work) { range, work throws(DataError) -> [Int] in
                try hits(of: search, in: range, onlyFirst: true, work: work)
            } _: { hits throws(DataError) in
                found = hits.first
                // Enough is told like being cancelled, so that the helpers end at once.
                if found != nil { throw .cancelled }
            }
        } catch {
            guard found != nil else { throw error }
        }
        return found
    }

    private func last(_ search: TextSearch, in rows: Range<Int>, work: DataWork) throws(DataError) -> Int? {
        var end = rows.upperBound
        var length = Self.nearRows
        while end > rows.lowerBound {
            let start = max(rows.lowerBound, end - length)
            var found: Int?
            try stretches(of: start..<end, work: DataWork(isCancelled: work.isCancelled)) {
                range, work throws(DataError) -> [Int] in
                try hits(of: search, in: range, onlyFirst: false, work: work)
            } _: { hits throws(DataError) in
                found = hits.last ?? found
            }
            if let found { return found }
            end = start
            length = min(length * 4, 1 << 18)
            try work.checkpoint(Double(rows.upperBound - end) / Double(rows.count))
        }
        return nil
    }

    private func hits(
        of search: TextSearch, in rows: Range<Int>, onlyFirst: Bool, work: DataWork
    ) throws(DataError) -> [Int] {
        var hits: [Int] = []
        let sight = RowSight(columns: columns, tokens: nil)
        try walk(from: rows.lowerBound, work: work) { line, row throws(DataError) in
            sight.look(at: line)
            if sight.holds(search, in: .anywhere) {
                hits.append(row)
                if onlyFirst { return false }
            }
            return row + 1 < rows.upperBound
        }
        return hits
    }
}

extension Draft {
    /// What a change would do.
    public struct Preview: Hashable, Sendable {
        /// A text before and after it.
        public struct Sample: Hashable, Sendable {
            public let row: Int
            public let place: TextPlace
            public let before: String
            public let after: String
        }

        /// Rows that it would change.
        public internal(set) var count = 0
        /// The first text of each of the first three.
        public internal(set) var samples: [Sample] = []
    }

    /// Tells what a change of rows would do, and does nothing.
    public func preview(
        _ change: RowChange, of rows: RangeSet<Int>, work: DataWork = .quiet
    ) throws(DataError) -> Preview {
        let dataset = dataset
        let ranges = Array(rows.ranges)
        guard let first = ranges.first, let last = ranges.last else { return Preview() }
        guard first.lowerBound >= 0, last.upperBound <= dataset.count else {
            throw .noSuchRow(file: dataset.path, row: last.upperBound - 1, count: dataset.count)
        }
        let patch = ChangePatch(change: change, columns: dataset.columns)
        var preview = Preview()
        var next = 0
        while next < ranges.count {
            let before = next
            try dataset.walk(from: ranges[next].lowerBound, work: DataWork(isCancelled: work.isCancelled)) {
                line, row throws(DataError) in
                if row >= ranges[next].lowerBound, !line.isCut {
                    var shown: ChangePatch.Difference?
                    if patch.line(line.bytes, { shown = shown ?? $0 }) != nil {
                        preview.count += 1
                        if let shown, preview.samples.count < 3 {
                            preview.samples.append(
                                Preview.Sample(row: row, place: shown.place, before: shown.before, after: shown.after))
                        }
                    }
                    if row & 1023 == 0 { try work.checkpoint(Double(row) / Double(last.upperBound)) }
                }
                if row + 1 == ranges[next].upperBound { next += 1 }
                return next < ranges.count && ranges[next].lowerBound - row < 4 * LineIndex.blockRows
            }
            guard next > before else { throw .changedMeanwhile(file: dataset.path) }
        }
        return preview
    }
}

/// Which rows are on show, and in which order.
///
///     let query = RowQuery(filter: try RowFilter("len>2000"), order: RowOrder(.length, isDescending: true))
///     let rows = try query.rows(of: dataset, facts: facts, work: work) { show($0) }
public struct RowQuery: Hashable, Sendable {
    public var filter: RowFilter
    public var order: RowOrder

    public init(filter: RowFilter = .all, order: RowOrder = RowOrder()) {
        self.filter = filter
        self.order = order
    }

    /// What has to be known from outside the file.
    public var needs: Set<QueryNeed> {
        var needs = filter.needs
        if let need = order.key.need { needs.insert(need) }
        return needs
    }

    /// The rows that pass the filter, in order; rows that are equal by it, and those that lack what it asks for, stand as
    /// in the file, the latter last.
    ///
    /// Reads the file on all cores, once and for texts that begin alike some more times; nothing where the rows' numbers
    /// decide. Takes 4 bytes for each row that passes, and 16 more while they are sorted. `grow` is given each batch of
    /// rows as it is found when they come in the order of the file, from the thread that called.
    public func rows(
        of dataset: Dataset, facts: QueryFacts = QueryFacts(), work: DataWork = .quiet,
        grow: (([Int32]) -> Void)? = nil
    ) throws(DataError) -> [Int32] {
        let matcher = RowMatcher(filter, facts: facts)
        let isByRow = order.key == .row || order.key == .loss
        guard matcher.readsLines || !isByRow else {
            let rows = Self.rows(of: dataset, matcher)
            let sorted = try sort(rows, of: dataset, facts, work: work)
            if order == RowOrder() { grow?(sorted) }
            try work.checkpoint(1)
            return sorted
        }
        let sorter = RowSorter(dataset: dataset, order: order, facts: facts)
        if isByRow {
            var rows: [Int32] = []
            try dataset.stretches(of: 0..<dataset.count, work: work) { range, work throws(DataError) -> [Int32] in
                try Self.rows(of: dataset, matcher, facts, in: range, work: work) { row, _ in Int32(row) }
            } _: { batch throws(DataError) in
                rows += batch
                if order == RowOrder() { grow?(batch) }
            }
            return try sort(rows, of: dataset, facts, work: work)
        }
        var keys: [SortKey] = []
        try dataset.stretches(of: 0..<dataset.count, work: work.stretch(0...0.6)) {
            range, work throws(DataError) -> [SortKey] in
            let folded = ByteBuffer()
            return try Self.rows(of: dataset, matcher, facts, in: range, work: work) { row, sight in
                sorter.key(of: row, sight, folded)
            }
        } _: { batch throws(DataError) in
            keys += batch
        }
        return try sorter.sorted(keys, work: work.stretch(0.6...1))
    }

    // MARK: -

    /// Rows that pass by their numbers alone.
    private static func rows(of dataset: Dataset, _ matcher: RowMatcher) -> [Int32] {
        (0..<Int32(clamping: dataset.count)).filter { matcher.mayPass(Int($0)) }
    }

    /// What is made of the rows of a range that pass.
    private static func rows<Found>(
        of dataset: Dataset, _ matcher: RowMatcher, _ facts: QueryFacts, in range: Range<Int>, work: DataWork,
        _ make: (Int, RowSight) -> Found
    ) throws(DataError) -> [Found] {
        var found: [Found] = []
        let sight = RowSight(columns: dataset.columns, tokens: facts.tokens)
        try dataset.walk(from: range.lowerBound, work: work) { line, row throws(DataError) in
            if matcher.mayPass(row) {
                sight.look(at: line)
                if matcher.passes(sight) { found.append(make(row, sight)) }
            }
            return row + 1 < range.upperBound
        }
        return found
    }

    /// Sorts rows for which the file need not be read.
    private func sort(
        _ rows: [Int32], of dataset: Dataset, _ facts: QueryFacts, work: DataWork
    ) throws(DataError) -> [Int32] {
        switch order.key {
        case .row: return order.isDescending ? rows.reversed() : rows
        default:
            let sorter = RowSorter(dataset: dataset, order: order, facts: facts)
            let keys = rows.map { row in
                sorter.key(of: Int(row), facts.loss(of: Int(row)).flatMap { SortKey.bits(of: Double($0)) })
            }
            return try sorter.sorted(keys, work: work)
        }
    }
}

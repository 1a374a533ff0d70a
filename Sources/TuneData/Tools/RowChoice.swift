/// Rows of a dataset drawn to be set apart: the same seed draws the same rows.
struct RowChoice {
    let dataset: Dataset
    let seed: UInt64

    /// Each set of rows is equally likely: Floyd's way, which draws as often as rows are chosen.
    func random(_ count: Int) -> RowSet {
        var source = SplitMix(state: seed)
        var chosen = RowSet(rows: dataset.count)
        for last in (dataset.count - count)..<dataset.count {
            let row = Int.random(in: 0...last, using: &source)
            chosen.insert(chosen.contains(row) ? last : row)
        }
        return chosen
    }

    /// Of each answer as large a share as of all: whole rows first, then those that lack most of one.
    func byClass(_ count: Int, work: DataWork) throws(DataError) -> RowSet {
        let records = RowRecords(of: dataset)
        var known = DigestTable()
        var classes = [UInt32](repeating: 0, count: dataset.count)
        var sizes: [Int] = []
        try dataset.walk(work: work) { line, row throws(DataError) in
            // What is no record is a class of its own.
            let digest =
                records.record(in: line).map { RecordSides(of: $0).answer } ?? Digest(.init(start: nil, count: 0))
            let new = UInt32(sizes.count)
            let place = known.value(of: digest, orSet: new) ?? new
            if place == new { sizes.append(0) }
            sizes[Int(place)] += 1
            classes[row] = place
            return true
        }
        var wanted = sizes.map { $0 * count / dataset.count }
        let missing = sizes.map { $0 * count % dataset.count }
        let order = sizes.indices.sorted { (missing[$1], $0) < (missing[$0], $1) }
        for place in order.prefix(count - wanted.reduce(0, +)) { wanted[place] += 1 }
        return draw(wanted, of: sizes, classes)
    }

    /// So many rows of each class: a row is taken with the chance that its class still needs.
    private func draw(_ wanted: [Int], of sizes: [Int], _ classes: [UInt32]) -> RowSet {
        var source = SplitMix(state: seed)
        var (wanted, left) = (wanted, sizes)
        var chosen = RowSet(rows: dataset.count)
        for (row, place) in classes.enumerated() {
            let place = Int(place)
            if Int.random(in: 0..<left[place], using: &source) < wanted[place] {
                chosen.insert(row)
                wanted[place] -= 1
            }
            left[place] -= 1
        }
        return chosen
    }

    /// Whole groups, up to `count` rows: rows of the same prompt, and nearly the same ones, stay together.
    func byGroup(_ count: Int, near: Double?, work: DataWork) throws(DataError) -> RowSet {
        let groups = try RowGroups(of: dataset, near: near, work: work)
        var sizes = [UInt32](repeating: 0, count: dataset.count)
        for row in 0..<dataset.count { sizes[groups.group(of: row)] += 1 }
        var roots = (0..<dataset.count).filter { sizes[$0] > 0 }
        var source = SplitMix(state: seed)
        roots.shuffle(using: &source)
        var taken = RowSet(rows: dataset.count)
        var total = 0
        for root in roots where total + Int(sizes[root]) <= count {
            taken.insert(root)
            total += Int(sizes[root])
            if total == count { break }
        }
        var chosen = RowSet(rows: dataset.count)
        for row in 0..<dataset.count where taken.contains(groups.group(of: row)) { chosen.insert(row) }
        return chosen
    }
}

/// Rows that belong together: the same prompt, or nearly the same record.
struct RowGroups {
    /// The row that each row was joined to; roots have themselves.
    private var parents: [UInt32]

    init(of dataset: Dataset, near: Double?, work: DataWork) throws(DataError) {
        var parents = (0..<UInt32(dataset.count)).map { $0 }
        let records = RowRecords(of: dataset)
        let search = near.map { NearSearch(in: dataset, threshold: $0) }
        var questions = DigestTable(expecting: dataset.count)
        try dataset.walk(work: work) { line, row throws(DataError) in
            if let record = records.record(in: line) {
                let sides = RecordSides(of: record)
                if let first = questions.value(of: sides.question ?? sides.whole, orSet: UInt32(row)) {
                    Self.join(row, Int(first), &parents)
                }
            }
            if !line.isCut, let search, let earlier = try search.match(line.bytes, row: row) {
                Self.join(row, earlier, &parents)
            }
            return true
        }
        self.parents = parents
        for row in 0..<dataset.count { self.parents[row] = UInt32(Self.root(row, &self.parents)) }
    }

    /// The first row of a row's group.
    func group(of row: Int) -> Int { Int(parents[row]) }

    private static func root(_ row: Int, _ parents: inout [UInt32]) -> Int {
        var row = row
        while Int(parents[row]) != row {
            parents[row] = parents[Int(parents[row])]
            row = Int(parents[row])
        }
        return row
    }

    private static func join(_ a: Int, _ b: Int, _ parents: inout [UInt32]) {
        let (a, b) = (root(a, &parents), root(b, &parents))
        parents[max(a, b)] = UInt32(min(a, b))
    }
}

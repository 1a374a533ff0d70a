/// Makes the edits of one state of a file again on another, where the rows that they changed still stand.
struct EditMerge {
    private let old: History
    private let journal: Journal
    private let theirs: Dataset
    /// Rows of the old file, and what they say: those that matter.
    private var digests: [Int: UInt64] = [:]
    /// For rows of the old file, where they stand in the new one.
    private var places: [Int: Int] = [:]
    /// Rows that bear tags, as they are called in the new file.
    private var tagged: [(id: RowID, after: TagBook.Entry?)] = []
    private let stretches: [Arrangement.Stretch]
    /// Rows of the old file that stand elsewhere now.
    private let moved: RangeSet<Int>

    /// - Parameters:
    ///   - rows: those that the old file had.
    ///   - file: the old file, where it can still be read.
    init(
        _ old: History, _ journal: Journal, rows: Int, _ file: Dataset?, _ theirs: Dataset, work: DataWork
    ) throws(DataError) {
        (self.old, self.journal, self.theirs) = (old, journal, theirs)
        var arrangement = Arrangement(old.rope, rows: rows)
        var stretches: [Arrangement.Stretch] = []
        while let stretch = arrangement.nextStretch() { stretches.append(stretch) }
        self.stretches = stretches
        moved = RangeSet(arrangement.moved.map(\.rows))
        try gatherDigests(file, work: work)
        try find(rows: rows, work: work)
    }

    // MARK: - Which rows are meant

    /// What the old rows said that matter: as the journal tells, or the file, where it is still there.
    private mutating func gatherDigests(_ file: Dataset?, work: DataWork) throws(DataError) {
        for (place, moment) in old.moments.enumerated() {
            guard let change = moment.change else { continue }
            let before = old.moments[place - 1].rope
            var row = 0
            let script = Script(bytes: try journal.reader.bytes(in: change.script))
            try script.forEachStep { step throws(DataError) in
                switch step {
                case .keep(let count): row += count
                case .drop(let digest):
                    if let digest, let id = before.id(at: row), !id.isLine { digests[Int(id.value)] = digest }
                    row += 1
                case .behind(let digest):
                    if row > 0, let id = before.id(at: row - 1), !id.isLine { digests[Int(id.value)] = digest }
                case .line, .rows, .copy: break
                }
            }
        }
        var ranges: [Range<Int>] = []
        for stretch in stretches {
            ranges.append(stretch.gone)
            if stretch.gone.isEmpty, !stretch.come.isEmpty, let anchor = anchor(of: stretch) {
                ranges.append(anchor..<anchor + 1)
            }
        }
        let wanted = RangeSet(ranges)
        let known = wanted.ranges.flatMap { $0 }.filter { digests[$0] != nil }
        let isAllKnown = known.count == wanted.size
        digests = Dictionary(uniqueKeysWithValues: known.map { ($0, digests[$0]!) })
        guard let file, !isAllKnown else { return }
        var builder = Rope.Builder()
        for range in wanted.ranges { builder.append(Piece(rows: range)) }
        let rows = wanted.ranges.flatMap { $0 }
        let overlay = Overlay(rope: builder.finish(), journal: nil, lines: file.lines, index: file.index)
        try overlay.walk(from: 0, work: work.stretch(0...0.4)) { line, place throws(DataError) in
            digests[rows[place]] = Digest(line.bytes).high
            return true
        }
    }

    /// The row of the old file that new rows stand behind; nil at its head.
    private func anchor(of stretch: Arrangement.Stretch) -> Int? {
        stretch.gone.lowerBound > 0 ? stretch.gone.lowerBound - 1 : nil
    }

    /// Looks for them in the new file: rows that say the same are told apart by their order.
    private mutating func find(rows: Int, work: DataWork) throws(DataError) {
        var found: [UInt64: [Int]] = [:]
        for digest in digests.values { found[digest] = [] }
        var tags: [Digest: [TagBook.Entry]] = [:]
        for (id, entry) in old.tags.entries where !id.isLine { tags[entry.digest, default: []].append(entry) }
        var tagged: [(id: RowID, after: TagBook.Entry?)] = []
        try theirs.walk(work: work.stretch(0.4...0.8)) { line, row throws(DataError) in
            let digest = Digest(line.bytes)
            found[digest.high]?.append(row)
            if let entry = tags[digest]?.popLast() { tagged.append((Piece(rows: row..<row + 1).id, entry)) }
            return true
        }
        self.tagged = tagged
        // Of several that say the same, the first that is not taken and stands no further up than the last.
        var taken: [UInt64: Int] = [:]
        var last = 0
        for row in digests.keys.sorted() {
            guard let digest = digests[row], let candidates = found[digest], !candidates.isEmpty else { continue }
            let from = taken[digest, default: 0]
            guard from < candidates.count else { continue }
            let ahead = candidates.partitioningIndex { $0 >= last }
            let pick = max(from, ahead < candidates.count ? ahead : from)
            taken[digest] = pick + 1
            places[row] = candidates[pick]
            last = candidates[pick] + 1
        }
    }

    // MARK: - Making them again

    /// What comes before a row of the new file, and what that row says if it goes.
    private struct Spot {
        var gone: UInt64?
        var before: [Script.Step] = []
    }

    /// Writes the edits as one, behind the tags.
    func write(to writer: JournalWriter, tags: TagBook) throws(DataError) -> Draft.Reloading {
        var spots: [Int: Spot] = [:]
        var outcome = Draft.Reloading(changes: 0, unplaced: 0, unplacedTexts: [])
        var tagChanges: [(id: RowID, after: TagBook.Entry?)] = []
        // Where the row before stands in the new file, as far as that is known.
        var last = 0
        for stretch in stretches {
            if let anchor = anchor(of: stretch), let place = places[anchor] { last = place + 1 }
            var gone = stretch.gone.makeIterator()
            var come = stretch.come.makeIterator()
            while true {
                let row = gone.next()
                let piece = come.next()
                guard row != nil || piece != nil else { break }
                let place = row.flatMap { places[$0] }
                if let row, let place {
                    spots[place, default: Spot()].gone = digests[row]
                    last = place + 1
                }
                guard let piece else {
                    if let row, place != nil, !moved.contains(row) { outcome.changes += 1 }
                    continue
                }
                if piece.isLine, row != nil, place == nil {
                    try leave(piece, &outcome)
                    continue
                }
                let steps = try self.steps(for: piece, writer, tags, &tagChanges, &outcome)
                outcome.changes += steps.count
                let target = place ?? (stretch.kept.isEmpty && row == nil ? theirs.count : last)
                spots[target, default: Spot()].before += steps
            }
        }
        var script = Script()
        var done = 0
        for place in spots.keys.sorted() {
            guard let spot = spots[place] else { continue }
            script.add(.keep(place - done))
            for step in spot.before { script.add(step) }
            done = place
            guard let digest = spot.gone else { continue }
            script.add(.drop(digest))
            done += 1
        }
        try writer.add(.start, JournalReplay.start(Rope(rows: theirs.count), tagged))
        guard !script.bytes.isEmpty || !tagChanges.isEmpty else { return outcome }
        let title = EditTitle(kind: .reload, count: outcome.changes)
        let first = spots.keys.min() ?? 0
        try writer.add(.edit, History.Change.spelled(title, cursor: (first, first), tagChanges, script.bytes))
        return outcome
    }

    /// What brings a piece into the new file.
    private func steps(
        for piece: Piece, _ writer: JournalWriter, _ tags: TagBook,
        _ tagChanges: inout [(id: RowID, after: TagBook.Entry?)], _ outcome: inout Draft.Reloading
    ) throws(DataError) -> [Script.Step] {
        guard piece.isLine else {
            // A row that was moved: it is moved from where it stands now.
            var steps: [Script.Step] = []
            for row in piece.rows {
                if let place = places[row] {
                    steps.append(.rows(place..<place + 1))
                } else {
                    outcome.unplaced += 1
                }
            }
            return steps
        }
        let line = try writer.add(line: try journal.reader.bytes(in: piece.bytes))
        if let entry = tags.entries[piece.id] { tagChanges.append((Piece(line: line).id, entry)) }
        return [.line(line)]
    }

    private func leave(_ piece: Piece, _ outcome: inout Draft.Reloading) throws(DataError) {
        outcome.unplaced += 1
        guard outcome.unplacedTexts.count < 100 else { return }
        let bytes = try journal.reader.bytes(in: piece.bytes.prefix(Row.shownLimit))
        outcome.unplacedTexts.append(String(decoding: bytes, as: UTF8.self))
    }
}

import TuneModel

/// Turns what a person wants into a script, and writes the new lines into the journal.
struct EditMaker {
    let dataset: Dataset
    let rope: Rope
    let tags: TagBook
    let writer: JournalWriter
    let work: DataWork

    private(set) var script = Script()
    private(set) var tagChanges: [(id: RowID, after: TagBook.Entry?)] = []
    /// Rows that the edit concerns.
    private(set) var count = 0
    private(set) var cursor = (before: 0, after: 0)
    private(set) var kind = EditTitle.Kind.replace
    /// Rows before it that the script has spoken of.
    private var done = 0

    init(_ dataset: Dataset, _ rope: Rope, _ tags: TagBook, _ writer: JournalWriter, _ work: DataWork) {
        (self.dataset, self.rope, self.tags, self.writer, self.work) = (dataset, rope, tags, writer, work)
    }

    mutating func make(_ edit: RowEdit) throws(DataError) {
        let (columns, path) = (dataset.columns, dataset.path)
        switch edit {
        case .replace(let row, let record):
            try change([row], .replace) { line throws(DataError) in
                try Self.check(line, path)
                return RecordPatch.line(Array(line.bytes), as: record, columns)
            }
        case .replaceText(let row, let text):
            let bytes = try typed(text)
            try change([row], .replace) { line in
                !line.isCut && line.bytes.elementsEqual(bytes) ? nil : bytes
            }
        case .insert(let records, let place):
            kind = .insert
            try check(place, isEnd: true)
            try reach(place)
            for record in records { try add(RecordLine.bytes(of: record, columns)) }
            count = records.count
            cursor = (place, place)
        case .remove(let rows):
            kind = .remove
            try check(rows)
            try forEachRow(of: rows) { line, row, id, me throws(DataError) in me.drop(line, row, id) }
            count = rows.size
            let first = rows.first ?? 0
            cursor = (first, max(0, min(first, rope.count - count - 1)))
        case .duplicate(let rows): try duplicate(rows)
        case .move(let rows, let place): try move(rows, before: place)
        case .merge(let rows): try merge(rows)
        case .change(let rows, let change):
            let patch = ChangePatch(change: change, columns: columns)
            try self.change(rows, change.kind) { line in line.isCut ? nil : patch.line(line.bytes) }
        case .tag(let rows, let name, let isOn): try tag(rows, name, isOn)
        }
    }

    // MARK: - Kinds of edits

    private mutating func change(
        _ rows: RangeSet<Int>, _ kind: EditTitle.Kind, _ new: (Line) throws(DataError) -> [UInt8]?
    ) throws(DataError) {
        self.kind = kind
        try check(rows)
        var first: Int?
        try forEachRow(of: rows) { line, row, id, me throws(DataError) in
            guard let bytes = try new(line) else { return }
            me.drop(line, row, id)
            try me.add(bytes, tags: me.tags.entries[id]?.names)
            me.count += 1
            first = first ?? row
        }
        cursor = (first ?? 0, first ?? 0)
    }

    private mutating func change(
        _ rows: [Int], _ kind: EditTitle.Kind, _ new: (Line) throws(DataError) -> [UInt8]?
    ) throws(DataError) {
        try change(RangeSet(rows.map { $0..<$0 + 1 }), kind, new)
    }

    private mutating func duplicate(_ rows: RangeSet<Int>) throws(DataError) {
        kind = .duplicate
        try check(rows)
        for range in rows.ranges {
            try reach(range.upperBound)
            try forEachRow(of: RangeSet(range)) { line, _, id, me throws(DataError) in
                try Self.check(line, me.dataset.path)
                try me.add(Array(line.bytes), tags: me.tags.entries[id]?.names)
                me.count += 1
            }
        }
        let first = rows.ranges.first
        cursor = (first?.lowerBound ?? 0, first?.upperBound ?? 0)
    }

    private mutating func move(_ rows: RangeSet<Int>, before place: Int) throws(DataError) {
        kind = .move
        try check(rows)
        try check(place, isEnd: true)
        let (head, tail) = rows.parted(at: place)
        // Rows that stand there already, in one run, stay.
        guard rows.ranges.count != 1 || !(rows.ranges[0].lowerBound...rows.ranges[0].upperBound).contains(place) else {
            return
        }
        try forEachRow(of: head) { line, row, id, me throws(DataError) in me.drop(line, row, id, keepsTags: true) }
        try reach(place)
        for range in rows.ranges { script.add(.copy(range)) }
        try forEachRow(of: tail) { line, row, id, me throws(DataError) in
            me.drop(line, row, id, keepsTags: true)
        }
        count = rows.size
        cursor = (rows.first ?? 0, place - head.size)
    }

    private mutating func merge(_ rows: RangeSet<Int>) throws(DataError) {
        kind = .merge
        try check(rows)
        guard rows.size > 1, let first = rows.first else { return }
        var records: [Record] = []
        var line: [UInt8] = []
        var names: Set<String> = []
        for range in rows.ranges {
            for row in try dataset.rows(in: range) {
                if row.index == first { line = row.bytes }
                records.append(try dataset.record(of: row))
            }
        }
        guard let merged = RecordMerge.record(of: records) else { throw .cannotMerge(file: dataset.path) }
        let bytes = RecordPatch.line(line, as: merged, dataset.columns) ?? line
        var gone: [(row: Int, id: RowID, digest: UInt64)] = []
        try forEachRow(of: rows) { line, row, id, me in
            names.formUnion(me.tags.names(of: id))
            gone.append((row, id, Digest(line.bytes).high))
        }
        try reach(first)
        try add(bytes, tags: names.isEmpty ? nil : names.sorted())
        for (row, id, digest) in gone { drop(row, id, digest) }
        count = rows.size
        cursor = (first, first)
    }

    private mutating func tag(_ rows: RangeSet<Int>, _ name: String, _ isOn: Bool) throws(DataError) {
        kind = isOn ? .tag : .untag
        try check(rows)
        var known: [[String]: [String]] = [:]
        try forEachRow(of: rows) { line, _, id, me in
            let old = me.tags.names(of: id)
            guard old.contains(name) != isOn else { return }
            let new = known[old] ?? (isOn ? (old + [name]).sorted() : old.filter { $0 != name })
            known[old] = new
            let digest = me.tags.entries[id]?.digest ?? Digest(line.bytes)
            me.tagChanges.append((id, new.isEmpty ? nil : TagBook.Entry(digest: digest, names: new)))
            me.count += 1
        }
        cursor = (rows.first ?? 0, rows.first ?? 0)
    }

    // MARK: - Steps

    /// All rows up to one stay.
    private mutating func reach(_ row: Int) throws(DataError) {
        guard row > 0 else { return }
        script.add(.keep(row - done))
        done = row
        if let before = rope.id(at: row - 1), !before.isLine {
            var digest: UInt64?
            try dataset.walk(from: row - 1) { line, _ throws(DataError) in
                digest = Digest(line.bytes).high
                return false
            }
            if let digest { script.add(.behind(digest)) }
        }
    }

    private mutating func drop(_ line: Line, _ row: Int, _ id: RowID, keepsTags: Bool = false) {
        drop(row, id, id.isLine ? 0 : Digest(line.bytes).high, keepsTags: keepsTags)
    }

    private mutating func drop(_ row: Int, _ id: RowID, _ digest: UInt64, keepsTags: Bool = false) {
        script.add(.keep(row - done))
        script.add(.drop(id.isLine ? nil : digest))
        done = row + 1
        if !keepsTags, tags.entries[id] != nil { tagChanges.append((id, nil)) }
    }

    private mutating func add(_ bytes: [UInt8], tags names: [String]? = nil) throws(DataError) {
        let place = try writer.add(line: bytes)
        script.add(.line(place))
        guard let names else { return }
        let digest = bytes.withUnsafeBufferPointer { Digest($0) }
        tagChanges.append((Piece(line: place).id, TagBook.Entry(digest: digest, names: names)))
    }

    /// Goes through rows in order; those that stand near each other are read in one go.
    private mutating func forEachRow(
        of rows: RangeSet<Int>, _ body: (Line, _ row: Int, RowID, inout EditMaker) throws(DataError) -> Void
    ) throws(DataError) {
        let ranges = Array(rows.ranges)
        let total = Double(max(rows.size, 1))
        let (dataset, rope, work) = (dataset, rope, work)
        var seen = 0
        var next = 0
        while next < ranges.count {
            let before = next
            var cursor = RopeCursor(rope, at: ranges[next].lowerBound)
            // Cancelling is looked at here; the share of the whole is only known here, too.
            try dataset.walk(from: ranges[next].lowerBound, work: DataWork(isCancelled: work.isCancelled)) {
                line, row throws(DataError) in
                if row >= ranges[next].lowerBound {
                    guard let id = cursor.piece?.id else { throw .changedMeanwhile(file: dataset.path) }
                    try body(line, row, id, &self)
                    seen += 1
                    if seen & 1023 == 0 { try work.checkpoint(Double(seen) / total) }
                }
                cursor.pass(1)
                if row + 1 == ranges[next].upperBound { next += 1 }
                return next < ranges.count && ranges[next].lowerBound - row < 4 * LineIndex.blockRows
            }
            guard next > before else { throw .changedMeanwhile(file: dataset.path) }
        }
        if seen >= 1024 { try work.checkpoint(1) }
    }

    // MARK: - What must hold

    private func check(_ rows: RangeSet<Int>) throws(DataError) {
        guard let first = rows.first, let last = rows.ranges.last?.upperBound else { return }
        if first < 0 { throw .noSuchRow(file: dataset.path, row: first, count: rope.count) }
        if last > rope.count { throw .noSuchRow(file: dataset.path, row: last - 1, count: rope.count) }
    }

    private func check(_ place: Int, isEnd: Bool) throws(DataError) {
        guard (0...rope.count).contains(place) else {
            throw .noSuchRow(file: dataset.path, row: place, count: rope.count)
        }
    }

    /// What is changed in part has to be in memory as a whole.
    private static func check(_ line: Line, _ path: String) throws(DataError) {
        guard line.isCut else { return }
        throw .lineTooLong(
            file: path, line: line.number, bytes: line.content.count, limit: LineReader.lineLimit)
    }

    /// What was typed, as one line: line ends outside of texts go, those inside are spelled out.
    private func typed(_ text: String) throws(DataError) -> [UInt8] {
        var bytes: [UInt8] = []
        var isInText = false
        var isEscaped = false
        for byte in text.utf8 {
            if byte == 0x0a || byte == 0x0d {
                if isInText { bytes += Array((byte == 0x0a ? "\\n" : "\\r").utf8) }
                isEscaped = false
                continue
            }
            if byte == UInt8(ascii: "\""), !isEscaped { isInText.toggle() }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            bytes.append(byte)
        }
        guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { throw .emptyRow(file: dataset.path) }
        return bytes
    }
}

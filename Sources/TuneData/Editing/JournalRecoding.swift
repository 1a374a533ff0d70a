/// Writes the history of a dataset anew, in terms of the file that its rows were saved to: rows that are in it are named,
/// those that are not any more are copied.
struct JournalRecoding {
    let history: History
    /// The file as it was before, and the journal that belongs to it.
    let file: Dataset
    let journal: SourceFile?
    let saved: Dataset

    func write(to writer: JournalWriter, work: DataWork) throws(DataError) {
        var names = try NewNames(history, file: file, journal: journal, writer, work: work)
        var tags = history.tags
        for moment in history.moments[...history.current].reversed() {
            if let change = moment.change { tags.takeBack(change.tags) }
        }
        var first = Rope.Builder()
        for piece in history.moments[0].rope.pieces { try names.forEachPiece(of: piece) { first.append($0) } }
        let old = try tags.entries.map { entry throws(DataError) in
            (id: try names.name(of: entry.key), after: Optional(entry.value))
        }
        try writer.add(.start, JournalReplay.start(first.finish(), old))
        for moment in history.moments {
            guard let change = moment.change else { continue }
            var script = Script()
            try step(of: change).forEachStep { step throws(DataError) in
                switch step {
                case .line(let range): try names.forEachPiece(of: Piece(line: range)) { script.add($0.step) }
                case .rows(let range): try names.forEachPiece(of: Piece(rows: range)) { script.add($0.step) }
                case .keep, .drop, .copy, .behind: script.add(step)
                }
            }
            let tags = try change.tags.map { tag throws(DataError) in
                (id: try names.name(of: tag.id), after: tag.after)
            }
            try writer.add(.edit, History.Change.spelled(change.title, cursor: change.cursor, tags, script.bytes))
        }
        for _ in history.current..<history.moments.count - 1 { try writer.add(.undo) }
    }

    private func step(of change: History.Change) throws(DataError) -> Script {
        guard let journal else { return Script() }
        return Script(bytes: try journal.bytes(in: change.script))
    }

    /// What the rows of the old file and the lines of the old journal are called from now on.
    private struct NewNames {
        private let journal: SourceFile?
        private let writer: JournalWriter
        /// Runs of the old file that are in the new one, rising, and where.
        private var runs: [(rows: Range<Int>, place: Int)] = []
        /// Rows of the old file that are not, rising, and where they were copied to.
        private var goneRows: [Int] = []
        private var copies: [Range<Int>] = []
        /// Lines of the old journal by their offsets.
        private var lines: [RowID: Piece] = [:]

        init(
            _ history: History, file: Dataset, journal: SourceFile?, _ writer: JournalWriter, work: DataWork
        ) throws(DataError) {
            self.journal = journal
            self.writer = writer
            history.rope.forEachPiece { piece, place in
                if piece.isLine {
                    lines[piece.id] = Piece(rows: place..<place + 1)
                } else {
                    runs.append((piece.rows, place))
                }
            }
            runs.sort { $0.rows.lowerBound < $1.rows.lowerBound }
            try copyRows(gone(history), of: file, work: work)
        }

        /// Rows of the file that some state shows, and the saved one does not.
        private func gone(_ history: History) throws(DataError) -> RangeSet<Int> {
            var rows: [Range<Int>] = []
            for piece in history.moments[0].rope.pieces where !piece.isLine { rows.append(piece.rows) }
            for moment in history.moments {
                guard let change = moment.change, let journal else { continue }
                let script = Script(bytes: try journal.bytes(in: change.script))
                try script.forEachStep { step throws(DataError) in
                    if case .rows(let range) = step { rows.append(range) }
                }
            }
            return RangeSet(rows).without(runs.map(\.rows))
        }

        private mutating func copyRows(
            _ rows: RangeSet<Int>, of file: Dataset, work: DataWork
        ) throws(DataError) {
            guard !rows.isEmpty else { return }
            var builder = Rope.Builder()
            for range in rows.ranges { builder.append(Piece(rows: range)) }
            goneRows = rows.ranges.flatMap { $0 }
            copies.reserveCapacity(goneRows.count)
            let overlay = Overlay(rope: builder.finish(), journal: nil, lines: file.lines, index: file.index)
            let writer = writer
            var places: [Range<Int>] = []
            try overlay.walk(from: 0, work: work) { line, _ throws(DataError) in
                if line.isCut {
                    places.append(try writer.add(line: try line.file.bytes(in: line.content)))
                } else {
                    places.append(try writer.add(line: line.bytes))
                }
                return true
            }
            copies = places
        }

        /// Calls `body` for the pieces that show the same rows.
        mutating func forEachPiece(of piece: Piece, _ body: (Piece) -> Void) throws(DataError) {
            guard !piece.isLine else { return body(try line(piece)) }
            var row = piece.rows.lowerBound
            let end = piece.rows.upperBound
            var run = runs.partitioningIndex { $0.rows.upperBound > row }
            while row < end {
                if run < runs.count, runs[run].rows.contains(row) {
                    let (rows, place) = runs[run]
                    let upper = min(rows.upperBound, end)
                    let start = place + row - rows.lowerBound
                    body(Piece(rows: start..<start + upper - row))
                    row = upper
                    run += 1
                } else {
                    let copy = goneRows.partitioningIndex { $0 >= row }
                    body(Piece(line: copies[copy]))
                    row += 1
                }
            }
        }

        mutating func name(of id: RowID) throws(DataError) -> RowID {
            // The length of a line is not part of its name; that of one which is still unknown cannot matter.
            if id.isLine { return lines[id]?.id ?? id }
            var name = id
            let row = Int(id.value)
            try forEachPiece(of: Piece(rows: row..<row + 1)) { name = $0.id }
            return name
        }

        private mutating func line(_ piece: Piece) throws(DataError) -> Piece {
            if let known = lines[piece.id] { return known }
            guard let journal else { throw .changedMeanwhile(file: "") }
            let copy = Piece(line: try writer.add(line: try journal.bytes(in: piece.bytes)))
            lines[piece.id] = copy
            return copy
        }
    }
}

extension Piece {
    /// The step that makes it.
    var step: Script.Step { isLine ? .line(bytes) : .rows(rows) }
}

extension Rope {
    var pieces: [Piece] {
        var pieces: [Piece] = []
        forEachPiece { piece, _ in pieces.append(piece) }
        return pieces
    }
}

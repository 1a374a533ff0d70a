/// Writes the rows of an edited file: what was not touched byte for byte, blank lines, line ends and all.
///
/// A row that came in the place of another takes its line end, too. Rows beyond those end as the line before them.
struct RowsWriter {
    private let file: SourceFile
    private let journal: SourceFile?
    private let out: PendingFile
    private var arrangement: Arrangement
    private var stretch: Arrangement.Stretch
    /// What came and is not written yet, the next one last.
    private var waiting: [Piece] = []
    /// Rows of the file that stand elsewhere now, in the order in which they are needed, and how long each is.
    private let moved: (file: SourceFile, lengths: [Int])?
    private var nextMoved = (row: 0, offset: 0)
    /// The end of the line that was written last: it is only known by what follows how it has to be.
    private var owed: LineEnd?
    private var usual = LineEnd.newline
    /// Whether a line without an end is not the last one any more; then the last one has none.
    private var lacksLastEnd = false
    /// Those of another format stand for lines that hold no row there, such as a heading.
    private let keepsBlankLines: Bool

    /// Writes the rows to a file, which is neither synced nor published.
    static func write(
        _ rope: Rope, of dataset: Dataset, journal: SourceFile?, to out: PendingFile, work: DataWork
    ) throws(DataError) {
        var arrangement = Arrangement(rope, rows: dataset.index.rows)
        let moved = try Self.moved(arrangement.moved, of: dataset, work: work)
        guard let first = arrangement.nextStretch() else { return }
        var writer = RowsWriter(dataset, journal, out, arrangement, first, moved)
        try writer.write(work)
    }

    private init(
        _ dataset: Dataset, _ journal: SourceFile?, _ out: PendingFile, _ arrangement: Arrangement,
        _ stretch: Arrangement.Stretch, _ moved: (SourceFile, [Int])?
    ) {
        (file, keepsBlankLines) = (dataset.lines, dataset.isEditable)
        (self.journal, self.out, self.arrangement) = (journal, out, arrangement)
        (self.stretch, self.moved) = (stretch, moved)
    }

    private mutating func write(_ work: DataWork) throws(DataError) {
        let head = try file.head(3)
        if head == [0xef, 0xbb, 0xbf] { try out.write(head) }
        let last = file.size == 0 ? 0 : try file.bytes(in: file.size - 1..<file.size)[0]
        try LineReader(file: file).walk { line throws(DataError) in
            if LineEnd(of: line, lastByte: last) == .returnNewline { usual = .returnNewline }
            return false
        }
        try begin(stretch)
        var row = 0
        try LineReader(file: file).walk(work: work) { line throws(DataError) in
            let end = LineEnd(of: line, lastByte: last)
            if line.isBlank {
                guard keepsBlankLines else { return true }
                try put(end) { out throws(DataError) in try out.write(line) }
                return true
            }
            defer { row += 1 }
            if stretch.gone.contains(row) {
                if let piece = waiting.popLast() {
                    try put(piece, end)
                }
                if row + 1 == stretch.gone.upperBound { try putWaiting() }
            } else {
                try put(end) { out throws(DataError) in try out.write(line) }
            }
            while row + 1 >= stretch.kept.upperBound, let next = arrangement.nextStretch() {
                stretch = next
                try begin(next)
                if !next.gone.isEmpty { break }
            }
            return true
        }
        guard row == stretch.kept.upperBound else { throw .changedMeanwhile(file: file.path) }
        try finish()
    }

    /// Rows that took nobody's place follow the row before them at once.
    private mutating func begin(_ stretch: Arrangement.Stretch) throws(DataError) {
        waiting = []
        for piece in stretch.come.reversed() {
            waiting += (0..<piece.count).reversed().map { piece.slice($0..<$0 + 1) }
        }
        if stretch.gone.isEmpty { try putWaiting() }
    }

    private mutating func putWaiting() throws(DataError) {
        while let piece = waiting.popLast() { try put(piece, nil) }
    }

    private mutating func put(_ piece: Piece, _ end: LineEnd?) throws(DataError) {
        if piece.isLine {
            guard let journal else { throw .changedMeanwhile(file: file.path) }
            try put(end) { out throws(DataError) in try out.copy(piece.bytes, of: journal) }
        } else if let moved {
            let start = nextMoved.offset
            let length = moved.lengths[nextMoved.row]
            nextMoved = (nextMoved.row + 1, start + length)
            try put(end) { out throws(DataError) in try out.copy(start..<start + length, of: moved.file) }
        }
    }

    /// Writes a line; its end waits. For nil it ends as the one before.
    private mutating func put(
        _ end: LineEnd?, _ write: (PendingFile) throws(DataError) -> Void
    ) throws(DataError) {
        switch owed {
        case nil: break
        case .newline?: try out.write([0x0a])
        case .returnNewline?: try out.write([0x0d, 0x0a])
        case .missing?, .onlyReturn?:
            lacksLastEnd = true
            try out.write(owed == .onlyReturn ? [0x0d, 0x0a] : usual.bytes)
        }
        try write(out)
        owed = end ?? usual
        if owed == .newline || owed == .returnNewline { usual = owed! }
    }

    private mutating func finish() throws(DataError) {
        guard let owed, !lacksLastEnd else { return }
        try out.write(owed.bytes)
    }

    /// Copies the rows that stand elsewhere now to a passing file, in their new order.
    private static func moved(
        _ pieces: [Piece], of dataset: Dataset, work: DataWork
    ) throws(DataError) -> (SourceFile, [Int])? {
        guard !pieces.isEmpty else { return nil }
        var builder = Rope.Builder()
        for piece in pieces { builder.append(piece) }
        let passing = try PassingFile(for: dataset.path)
        var lengths: [Int] = []
        let rows = Overlay(rope: builder.finish(), journal: nil, lines: dataset.lines, index: dataset.index)
        try rows.walk(from: 0, work: DataWork(isCancelled: work.isCancelled)) { line, _ throws(DataError) in
            if line.isCut {
                var offset = line.content.lowerBound
                while offset < line.content.upperBound {
                    let end = min(offset + LineReader.bufferSize, line.content.upperBound)
                    let bytes = try line.file.bytes(in: offset..<end)
                    try bytes.withUnsafeBufferPointer { part throws(DataError) in try passing.write(part) }
                    offset = end
                }
            } else {
                try passing.write(line.bytes)
            }
            lengths.append(line.content.count)
            return true
        }
        return (try passing.reader(path: dataset.path, identity: dataset.lines.identity), lengths)
    }
}

/// How a line ends.
private enum LineEnd {
    case newline, returnNewline
    /// The last line, with nothing behind it, or a carriage return.
    case missing, onlyReturn

    init(of line: Line, lastByte: UInt8) {
        switch line.end - line.content.upperBound {
        case 0: self = .missing
        case 1: self = line.end == line.file.size && lastByte == 0x0d ? .onlyReturn : .newline
        default: self = .returnNewline
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .newline: [0x0a]
        case .returnNewline: [0x0d, 0x0a]
        case .missing: []
        case .onlyReturn: [0x0d]
        }
    }
}

extension PendingFile {
    /// Writes a line without its end, however long it is.
    func write(_ line: Line) throws(DataError) {
        if line.isCut { try copy(line.content, of: line.file) } else { try write(line.bytes) }
    }
}

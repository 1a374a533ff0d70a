public import TuneModel

/// A file of records, open for reading: its rows are found by an index and parsed when they are asked for.
///
/// It stays where it is and is never written to. Copies share the open file.
public struct Dataset: Sendable {
    /// As the user gave it.
    public let path: String
    public let format: Format
    /// The keys of prompt and completion.
    public let columns: Columns
    /// Rows, broken ones included; blank lines are none. Of a file that is still being read, those found so far.
    public let count: Int
    /// What the first row that says it holds.
    public let shape: Record.Shape
    /// Keys that are likely to hold prompt and completion, where the first rows have neither.
    public let suggestedColumns: Columns?
    /// Bytes of the file.
    public let bytes: Int
    /// What there is to tell about how the file was read.
    public let notices: [Finding]
    /// Whether all rows were found; else there may be more behind the last.
    public let isWhole: Bool

    /// The rows as JSON lines: the file itself, or what its format was turned into.
    let lines: SourceFile
    /// The file itself.
    let original: SourceFile
    let index: LineIndex
    /// The rows as edited, where they are not those of the file.
    let edits: Overlay?

    /// Opens a file and finds its rows. Reads all of it, at the speed of a search for line ends.
    public init(
        opening path: String, reading options: ReadingOptions = ReadingOptions(), work: DataWork = .quiet
    ) throws(DataError) {
        let content = try DatasetContent(of: path, options, work: work.stretch(0...0.8))
        let isRead = content.lines !== content.original
        let index = try LineIndex(of: content.lines, work: isRead ? work.stretch(0.8...1) : work)
        try self.init(content, index: index, isWhole: true)
    }

    init(_ content: DatasetContent, index: LineIndex, isWhole: Bool) throws(DataError) {
        path = content.original.path
        format = content.format
        columns = content.columns
        notices = content.notices
        lines = content.lines
        original = content.original
        bytes = content.original.size
        edits = nil
        self.index = index
        self.isWhole = isWhole
        count = index.rows
        (shape, suggestedColumns) = try content.shape()
    }

    /// The same file with more of its rows.
    init(_ head: Dataset, index: LineIndex, isWhole: Bool) {
        path = head.path
        format = head.format
        columns = head.columns
        notices = head.notices
        lines = head.lines
        original = head.original
        bytes = head.bytes
        shape = head.shape
        suggestedColumns = head.suggestedColumns
        edits = nil
        self.index = index
        self.isWhole = isWhole
        count = index.rows
    }

    /// The same file with rows that were edited since.
    init(_ file: Dataset, rows rope: Rope, journal: SourceFile?) {
        path = file.path
        format = file.format
        columns = file.columns
        notices = file.notices
        lines = file.lines
        original = file.original
        bytes = file.bytes
        shape = file.shape
        suggestedColumns = file.suggestedColumns
        index = file.index
        isWhole = file.isWhole
        edits =
            rope.isWhole(file.index.rows)
            ? nil : Overlay(rope: rope, journal: journal, lines: file.lines, index: file.index)
        count = rope.count
    }

    /// The file that its rows, as edited, were saved to.
    init(_ old: Dataset, savedAs file: SourceFile, index: LineIndex) {
        path = old.path
        format = old.format
        columns = old.columns
        notices = old.notices
        lines = file
        original = file
        bytes = file.size
        shape = old.shape
        suggestedColumns = old.suggestedColumns
        edits = nil
        self.index = index
        isWhole = true
        count = index.rows
    }

    /// Whether its rows can be changed one by one: the file holds JSON lines, and they are not packed.
    public var isEditable: Bool { lines === original }

    /// Whether the file is packed with gzip.
    var isPacked: Bool { (try? Gzip.isOne(original)) == true }

    /// The row at a position from 0.
    public func row(at position: Int) throws(DataError) -> Row {
        guard let row = try rows(in: position..<position + 1).first else {
            throw .noSuchRow(file: path, row: position, count: count)
        }
        return row
    }

    /// The record at a position from 0; throws where the row is none.
    public func record(at position: Int) throws(DataError) -> Record {
        try record(of: try row(at: position))
    }

    /// The record of one of its rows; throws where the row is none.
    func record(of row: Row) throws(DataError) -> Record {
        switch (row.record, row.problem) {
        case (let record?, _): return record
        case (nil, .notJSON(let problem, let column)?):
            throw .notJSON(file: path, line: row.line, column: column, problem: problem)
        case (nil, .record(let problem)?): throw .badRecord(file: path, line: row.line, problem: problem)
        case (nil, .tooLong(let bytes, let limit)?):
            throw .lineTooLong(file: path, line: row.line, bytes: bytes, limit: limit)
        case (nil, nil): throw .badRecord(file: path, line: row.line, problem: .unknownShape)
        }
    }

    /// Calls `visit` for each row from one on, with its position, until it returns false. The bytes are valid only during
    /// the call.
    func walk(
        from first: Int = 0, work: DataWork = .quiet, _ visit: (Line, _ row: Int) throws(DataError) -> Bool
    ) throws(DataError) {
        guard first < count else { return }
        if let edits { return try edits.walk(from: first, work: work, visit) }
        let block = index.block(of: first)
        var row = block.row
        try LineReader(file: lines, offset: block.offset, number: block.line).walk(work: work) {
            line throws(DataError) in
            if line.isBlank { return true }
            defer { row += 1 }
            return row < first ? true : try visit(line, row)
        }
    }

    /// The rows of a range, which may reach beyond the last one.
    public func rows(in range: Range<Int>) throws(DataError) -> [Row] {
        let range = range.clamped(to: 0..<count)
        guard !range.isEmpty else { return [] }
        var rows: [Row] = []
        try walk(from: range.lowerBound) { line, row throws(DataError) in
            rows.append(Row(index: row, line: line, columns: columns, isEdited: line.file !== lines))
            return row + 1 < range.upperBound
        }
        guard rows.count == range.count else { throw .changedMeanwhile(file: path) }
        return rows
    }

    /// Where a row's bytes stand in the file, or in the journal of its edits, and where the next line begins.
    func span(of row: Int) throws(DataError) -> (content: Range<Int>, end: Int) {
        guard (0..<count).contains(row) else { throw .noSuchRow(file: path, row: row, count: count) }
        var span: (content: Range<Int>, end: Int)?
        try walk(from: row) { line, _ throws(DataError) in
            span = (line.content, line.end)
            return false
        }
        guard let span else { throw .changedMeanwhile(file: path) }
        return span
    }

    /// Whether the file still is what was opened: nobody wrote to it or put another in its place.
    public var isCurrent: Bool {
        guard original.isUnchanged, let now = try? SourceFile(opening: path) else { return false }
        return now.identity == original.identity
    }
}

extension Dataset: Equatable {
    /// The same rows of the same state of the same file, read in the same way.
    public static func == (a: Dataset, b: Dataset) -> Bool {
        a.path == b.path && a.original.identity == b.original.identity && a.format == b.format
            && a.columns == b.columns && a.count == b.count && a.isWhole == b.isWhole
            && a.edits?.rope.root === b.edits?.rope.root
    }
}

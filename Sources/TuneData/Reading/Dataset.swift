public import TuneModel

/// A file of records, open for reading: its rows are found by an index and parsed when they are asked for.
///
/// It stays where it is and is never written to. Copies share the open file.
public struct Dataset: Sendable {
    /// As the user gave it.
    public let path: String
    public let format: Format
    /// Rows, broken ones included; blank lines are none.
    public let count: Int
    /// What the first row that says it holds.
    public let shape: Record.Shape
    /// Bytes of the file.
    public let bytes: Int

    /// The rows as JSON lines: the file itself, or what its format was turned into.
    let lines: SourceFile
    /// The file itself.
    let original: SourceFile
    let index: LineIndex

    /// Opens a file and finds its rows. Reads all of it, at the speed of a search for line ends.
    public init(opening path: String, work: DataWork = .quiet) throws(DataError) {
        let named = try Format(path: path)
        original = try SourceFile(opening: path)
        let transcript = try Transcript.of(original, format: named, work: work)
        // What was turned into JSON lines was none before, whatever its name says.
        format = named == .jsonl && transcript != nil ? .json : named
        lines = transcript ?? original
        index = try LineIndex(of: lines, work: work)
        self.path = path
        count = index.rows
        bytes = original.size
        shape = try Self.shape(of: lines)
    }

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
        case (nil, nil): throw .badRecord(file: path, line: row.line, problem: .unknownShape)
        }
    }

    /// The rows of a range, which may reach beyond the last one.
    public func rows(in range: Range<Int>) throws(DataError) -> [Row] {
        let range = range.clamped(to: 0..<count)
        guard !range.isEmpty else { return [] }
        let first = range.lowerBound / LineIndex.blockRows
        let block = index.blocks[first]
        var position = first * LineIndex.blockRows
        var rows: [Row] = []
        try LineReader(file: lines, offset: block.offset, number: block.line).walk { line throws(DataError) in
            if line.isBlank { return true }
            if range.contains(position) { rows.append(Row(index: position, line: line)) }
            position += 1
            return position < range.upperBound
        }
        guard rows.count == range.count else { throw .changedMeanwhile(file: path) }
        return rows
    }

    /// Where a row's bytes stand in the file, and where the next line begins.
    func span(of row: Int) throws(DataError) -> (content: Range<Int>, end: Int) {
        guard (0..<count).contains(row) else { throw .noSuchRow(file: path, row: row, count: count) }
        let block = index.blocks[row / LineIndex.blockRows]
        var position = row / LineIndex.blockRows * LineIndex.blockRows
        var span: (content: Range<Int>, end: Int)?
        try LineReader(file: lines, offset: block.offset, number: block.line).walk { line throws(DataError) in
            if line.isBlank { return true }
            if position == row { span = (line.content, line.end) }
            position += 1
            return position <= row
        }
        guard let span else { throw .changedMeanwhile(file: path) }
        return span
    }

    /// Whether the file still is what was opened: nobody wrote to it or put another in its place.
    public var isCurrent: Bool {
        guard original.isUnchanged, let now = try? SourceFile(opening: path) else { return false }
        return now.identity == original.identity
    }

    private static func shape(of file: SourceFile) throws(DataError) -> Record.Shape {
        var shape: Record.Shape?
        var tries = 0
        try LineReader(file: file).walk { line throws(DataError) in
            if line.isBlank { return true }
            if let value = try? JSONValue(line.bytes) { shape = RecordParser.shape(of: value) }
            tries += 1
            return shape == nil && tries < 100
        }
        return shape ?? .completion
    }
}

extension Dataset: Equatable {
    /// The same state of the same file.
    public static func == (a: Dataset, b: Dataset) -> Bool {
        a.path == b.path && a.original.identity == b.original.identity
    }
}

extension Row {
    init(index: Int, line: Line) {
        self.init(index: index, line: line.number, bytes: Array(line.bytes))
    }

    /// Reads the bytes as a record.
    public init(index: Int, line: Int, bytes: [UInt8]) {
        var record: Record?
        var problem: Problem?
        bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONScanner.Failure) {
                let value = try JSONValue(buffer)
                guard case .object = value else { throw JSONScanner.Failure(problem: .notAnObject, offset: 0) }
                do throws(RecordProblem) {
                    record = try RecordParser.record(from: value)
                } catch {
                    problem = .record(error)
                }
            } catch {
                problem = .notJSON(error.problem, column: error.column(in: buffer))
            }
        }
        self.init(index: index, line: line, bytes: bytes, record: record, problem: problem)
    }
}

extension JSONScanner.Failure {
    /// The character, from 1, that the failure is at.
    func column(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        1 + bytes[..<min(offset, bytes.count)].count { $0 & 0xc0 != 0x80 }
    }
}

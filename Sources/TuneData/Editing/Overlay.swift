/// The rows of an edited dataset, and the journal that the changed ones lie in.
struct Overlay: Sendable {
    let rope: Rope
    /// Read by position: it grows while it is read. Nil as long as nothing was ever written.
    let journal: SourceFile?
    /// The rows of the file as it was opened.
    let lines: SourceFile
    let index: LineIndex

    /// Rows between two pieces of the file up to which reading goes on through them rather than anew.
    private static let gap = 4 * LineIndex.blockRows

    /// Calls `visit` for each row from one on, with its position, until it returns false.
    func walk(
        from first: Int, work: DataWork, _ visit: (Line, _ row: Int) throws(DataError) -> Bool
    ) throws(DataError) {
        var cursor = RopeCursor(rope, at: first)
        let reader = JournalReader(journal)
        var row = first
        var isStopped = false
        func pass() throws(DataError) {
            cursor.pass(1)
            row += 1
            if row & 1023 == 0 { try work.checkpoint(Double(row) / Double(max(rope.count, 1))) }
        }
        /// Shows the lines of the journal that stand here; returns the row of the file behind them.
        func showLines() throws(DataError) -> Int? {
            while let piece = cursor.piece {
                guard piece.isLine else { return piece.rows.lowerBound }
                guard try reader.line(piece.bytes, row: row, { line throws(DataError) in try visit(line, row) }) else {
                    isStopped = true
                    return nil
                }
                try pass()
            }
            return nil
        }
        while let start = try showLines() {
            let block = index.block(of: start)
            var current = block.row
            // Its own progress would count the file, not the rows that are shown.
            let silent = DataWork(isCancelled: work.isCancelled)
            try LineReader(file: lines, offset: block.offset, number: block.line).walk(work: silent) {
                line throws(DataError) in
                if line.isBlank { return true }
                defer { current += 1 }
                guard let wanted = try showLines() else { return false }
                guard wanted == current else { return wanted > current && wanted - current <= Self.gap }
                guard try visit(line.numbered(row + 1), row) else {
                    isStopped = true
                    return false
                }
                try pass()
                // Looked at here, so that what follows is not read for nothing.
                guard let next = try showLines() else { return false }
                return next > current && next - current <= Self.gap
            }
            if isStopped { return }
            // A file that has become shorter has no such row any more.
            if let piece = cursor.piece, !piece.isLine, piece.rows.lowerBound == start, current <= start {
                throw .changedMeanwhile(file: lines.path)
            }
        }
        if !isStopped { try work.checkpoint(1) }
    }
}

/// Reads lines of the journal, many at a time where they follow each other.
private final class JournalReader {
    private static let window = 1 << 18

    private let file: SourceFile?
    private let buffer = ByteBuffer(capacity: 4096)
    private var start = 0

    init(_ file: SourceFile?) { self.file = file }

    /// Calls `visit` for the line, and returns what it says.
    func line(
        _ range: Range<Int>, row: Int, _ visit: (Line) throws(DataError) -> Bool
    ) throws(DataError) -> Bool {
        guard let file else { throw .changedMeanwhile(file: "") }
        let given = range.prefix(LineReader.lineLimit)
        if given.lowerBound < start || given.upperBound > start + buffer.count {
            // Only what lies ahead is likely to be asked for next.
            let isNext = given.lowerBound >= start && given.lowerBound <= start + buffer.count + Self.window
            let wanted = max(given.count, isNext ? Self.window : 0)
            buffer.count = 0
            buffer.reserve(wanted)
            start = given.lowerBound
            buffer.count = try file.read(
                at: start, into: UnsafeMutableRawBufferPointer(start: buffer.start, count: wanted))
            guard buffer.count >= given.count else { throw .changedMeanwhile(file: file.path) }
        }
        let from = given.lowerBound - start
        let bytes = UnsafeBufferPointer(rebasing: buffer.bytes[from..<from + given.count])
        return try visit(
            Line(
                bytes: bytes, file: file, number: row + 1, offset: range.lowerBound, content: range,
                end: range.upperBound))
    }
}

extension Line {
    /// The same line with another number.
    func numbered(_ number: Int) -> Line {
        Line(bytes: bytes, file: file, number: number, offset: offset, content: content, end: end)
    }
}

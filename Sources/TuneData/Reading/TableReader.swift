/// Reads a table with a heading, cell by cell: commas or tabs between cells, quotes around cells that hold them.
///
/// A quote inside an unquoted cell is a quote; text behind a closing one belongs to the cell; blank lines are no rows.
struct TableReader {
    let file: SourceFile
    let delimiter: UInt8

    /// Writes each row as an object whose keys are the heading's. Cells that a short row lacks are missing keys.
    func transcribe(into transcript: Transcript, work: DataWork) throws(DataError) {
        var keys: [[UInt8]]?
        try walk(work: work) { cells, line throws(DataError) in
            guard let keys else {
                keys = Self.names(cells).map(Transcript.key)
                return
            }
            guard cells.count <= keys.count else {
                throw .badTable(
                    file: file.path, line: line, problem: .tooManyCells(count: cells.count, columns: keys.count))
            }
            transcript.begin()
            for (key, cell) in zip(keys, cells) { cell.withUnsafeBufferPointer { transcript.add(key: key, text: $0) } }
            try transcript.end(at: line)
        }
    }

    /// The heading's cells; one that stands twice gets a number, as the first of them counts.
    private static func names(_ cells: [[UInt8]]) -> [String] {
        var seen: [String: Int] = [:]
        return cells.map { cell in
            let name = String(decoding: cell, as: UTF8.self)
            let repeats = seen[name, default: 0]
            seen[name] = repeats + 1
            return repeats == 0 ? name : "\(name).\(repeats)"
        }
    }

    /// The heading's cells in the first bytes of a file; empty where they do not reach its end.
    static func heading(of head: [UInt8], delimiter: UInt8, isWhole: Bool) -> [String] {
        var state = State(delimiter: delimiter)
        for byte in head.dropFirst(head.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0) {
            if let row = state.take(byte) { return names(row) }
        }
        return isWhole && state.place != .quoted ? state.endRow().map(names) ?? [] : []
    }

    // MARK: -

    private enum Place { case start, plain, quoted, behindQuote }

    /// Calls `visit` with the cells of each row and the line it begins in.
    private func walk(work: DataWork, _ visit: ([[UInt8]], Int) throws(DataError) -> Void) throws(DataError) {
        var state = State(delimiter: delimiter)
        var offset = 0
        while offset < file.size {
            let chunk = try file.bytes(in: offset..<min(offset + LineReader.bufferSize, file.size))
            let isHead = offset == 0 && chunk.starts(with: [0xef, 0xbb, 0xbf])
            for byte in chunk[(isHead ? 3 : 0)...] {
                if let row = state.take(byte) { try visit(row, state.rowLine) }
            }
            // A quote that is never closed would take in the whole rest of the file.
            guard state.size <= LineReader.lineLimit else {
                let problem: TableProblem =
                    state.place == .quoted ? .unclosedQuote : .tooLong(limit: LineReader.lineLimit)
                throw .badTable(
                    file: file.path, line: state.place == .quoted ? state.quoteLine : state.line, problem: problem)
            }
            offset += chunk.count
            try work.checkpoint(Double(offset) / Double(file.size))
        }
        guard state.place != .quoted else {
            throw .badTable(file: file.path, line: state.quoteLine, problem: .unclosedQuote)
        }
        if let row = state.endRow() { try visit(row, state.rowLine) }
    }

    /// Where the reader is in a row.
    private struct State {
        let delimiter: UInt8
        var place = Place.start
        var cell: [UInt8] = []
        var cells: [[UInt8]] = []
        var line = 1
        /// Line where the row that was given last begins.
        var rowLine = 1
        var quoteLine = 1
        /// Bytes of the row so far, about.
        private(set) var size = 0
        private var startLine = 1
        private var isBlank = true
        private var followsReturn = false

        init(delimiter: UInt8) { self.delimiter = delimiter }

        /// Takes a byte; gives the row that it ends.
        mutating func take(_ byte: UInt8) -> [[UInt8]]? {
            size += 1
            let isSecondHalf = byte == 0x0a && followsReturn
            followsReturn = byte == 0x0d
            if place == .quoted {
                if byte == 0x22 { place = .behindQuote } else { cell.append(byte) }
                if byte == 0x0d || (byte == 0x0a && !isSecondHalf) { line += 1 }
                return nil
            }
            switch byte {
            case 0x0a where isSecondHalf:
                startLine = line
                return nil
            case 0x0a, 0x0d:
                let row = endRow()
                line += 1
                startLine = line
                return row
            case delimiter:
                cells.append(cell)
                cell = []
                place = .start
                isBlank = false
            case 0x22 where place == .start:
                place = .quoted
                quoteLine = line
                isBlank = false
            case 0x22 where place == .behindQuote:
                cell.append(byte)
                place = .quoted
            default:
                cell.append(byte)
                place = .plain
                isBlank = false
            }
            return nil
        }

        mutating func endRow() -> [[UInt8]]? {
            defer {
                cell = []
                cells = []
                place = .start
                isBlank = true
                size = 0
            }
            guard !isBlank else { return nil }
            rowLine = startLine
            return cells + [cell]
        }
    }
}

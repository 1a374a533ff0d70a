/// Where the rows of a file begin: every 64th is remembered, or each one behind 4 MB of longer ones; the others are
/// found from there.
///
/// Three eighths of a byte a row, so that the index of a file of any size fits in memory.
struct LineIndex: Sendable {
    static let blockRows = 64
    static let blockBytes = 4 << 20

    struct Block: Sendable {
        /// Its first row.
        let row: Int
        /// Offset of that row.
        let offset: Int
        /// Number of that row's line, from 1.
        let line: Int
    }

    private(set) var blocks: [Block] = []
    /// Lines that are not blank.
    private(set) var rows = 0
    /// All lines.
    private var lines = 0

    /// Finds the rows of a file, or the first of them. `grow` is told now and then how far it is, in bytes.
    init(
        of file: SourceFile, upTo limit: Int = .max, work: DataWork,
        grow: ((LineIndex, Int) -> Void)? = nil
    ) throws(DataError) {
        var index = LineIndex()
        guard limit == .max else {
            try LineReader(file: file).walk(work: work) { line throws(DataError) in
                index.count(line)
                return index.rows < limit
            }
            self = index
            return
        }
        var told = 0
        let cuts = stride(from: 0, to: file.size, by: Self.stretch).map { $0..<min($0 + Self.stretch, file.size) }
        try inStretches(cuts, work: work) { range, work throws(DataError) -> (LineIndex, end: Int) in
            (try LineIndex(ofLinesIn: range, of: file, work: work), range.upperBound)
        } _: { part, end throws(DataError) in
            index.append(part)
            if let grow, end - told >= Self.telling {
                told = end
                grow(index, told)
            }
        }
        self = index
    }

    private init() {}

    /// Bytes that are looked through at a time, and between two tellings.
    private static let (stretch, telling) = (4 << 20, 32 << 20)

    /// The lines that begin in a range of the file, counted from its first.
    private init(ofLinesIn range: Range<Int>, of file: SourceFile, work: DataWork) throws(DataError) {
        var index = LineIndex()
        if let start = try Self.firstLine(in: range, of: file) {
            // The share that is done of one stretch says nothing of the whole.
            let silent = DataWork(isCancelled: work.isCancelled)
            try LineReader(file: file, offset: start).walk(work: silent) { line throws(DataError) in
                guard line.offset < range.upperBound else { return false }
                index.count(line)
                return true
            }
        }
        self = index
    }

    /// Where the first line begins that begins in a range; nil when none does.
    private static func firstLine(in range: Range<Int>, of file: SourceFile) throws(DataError) -> Int? {
        guard range.lowerBound > 0 else { return 0 }
        let buffer = BufferPool.take()
        defer { BufferPool.give(buffer) }
        buffer.reserve(Self.searchBytes)
        // A line begins behind a line end, which may be the last byte before the range.
        var offset = range.lowerBound - 1
        while offset < range.upperBound - 1 {
            let room = UnsafeMutableRawBufferPointer(
                start: buffer.start, count: min(Self.searchBytes, range.upperBound - 1 - offset))
            guard try file.read(at: offset, into: room) == room.count else {
                throw .changedMeanwhile(file: file.path)
            }
            let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer.start), count: room.count)
            if let end = firstNewline(in: bytes, from: 0) { return offset + end + 1 }
            offset += room.count
        }
        return nil
    }

    private static let searchBytes = 1 << 14

    private mutating func count(_ line: Line) {
        lines += 1
        if !line.isBlank { add(line) }
    }

    /// Adds the lines behind these.
    private mutating func append(_ later: LineIndex) {
        for block in later.blocks {
            blocks.append(Block(row: block.row + rows, offset: block.offset, line: block.line + lines))
        }
        rows += later.rows
        lines += later.lines
    }

    private mutating func add(_ line: Line) {
        let isNew =
            blocks.last.map { rows - $0.row >= Self.blockRows || line.offset - $0.offset >= Self.blockBytes } ?? true
        if isNew { blocks.append(Block(row: rows, offset: line.offset, line: line.number)) }
        rows += 1
    }

    /// The block that a row stands in.
    func block(of row: Int) -> Block {
        var (low, high) = (0, blocks.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if blocks[middle].row <= row { low = middle } else { high = middle }
        }
        return blocks[low]
    }
}

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

    /// Finds the rows of a file, or the first of them. `grow` is told now and then how far it is, in bytes.
    init(
        of file: SourceFile, upTo limit: Int = .max, work: DataWork,
        grow: ((LineIndex, Int) -> Void)? = nil
    ) throws(DataError) {
        var index = LineIndex()
        var told = 0
        try LineReader(file: file).walk(work: work) { line throws(DataError) in
            if !line.isBlank {
                index.add(line)
                if index.rows >= limit { return false }
            }
            if let grow, line.end - told >= Self.stretch {
                told = line.end
                grow(index, told)
            }
            return true
        }
        self = index
    }

    private init() {}

    /// Bytes between two tellings.
    private static let stretch = 32 << 20

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

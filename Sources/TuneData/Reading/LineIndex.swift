/// Where the rows of a file begin: every 64th is remembered, the others are found from it.
///
/// A quarter of a byte a row, so that the index of a file of any size fits in memory.
struct LineIndex: Sendable {
    static let blockRows = 64

    struct Block: Sendable {
        /// Offset of its first row.
        let offset: Int
        /// Number of that row's line, from 1.
        let line: Int
    }

    private(set) var blocks: [Block] = []
    /// Lines that are not blank.
    private(set) var rows = 0

    init(of file: SourceFile, work: DataWork) throws(DataError) {
        var index = LineIndex()
        try LineReader(file: file).walk(work: work) { line throws(DataError) in
            if !line.isBlank { index.add(line) }
            return true
        }
        self = index
    }

    private init() {}

    private mutating func add(_ line: Line) {
        if rows % Self.blockRows == 0 { blocks.append(Block(offset: line.offset, line: line.number)) }
        rows += 1
    }
}

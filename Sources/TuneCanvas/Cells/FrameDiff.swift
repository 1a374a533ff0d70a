/// What has to be written to turn one frame into the next.
public struct FrameDiff: Hashable, Sendable {
    /// Neighbouring cells of one row and one style; never begins or ends inside a wide glyph.
    public struct Run: Hashable, Sendable {
        public var origin: Point
        public var style: Style
        /// The glyphs, left to right, without the cells that wide ones cover.
        public var cells: [Cell]

        /// Columns from the first to behind the last glyph.
        public var columns: Int { cells.reduce(0) { $0 + Int($1.columns) } }
        public var text: String { String(cells.map(\.glyph)) }
    }

    /// The runs that changed, from top to bottom and left to right.
    public let runs: [Run]
    /// The frame that they lead to.
    public let frame: Surface
    /// Whether everything on the terminal is to be forgotten first: there was no frame, or it had another size.
    public let isWhole: Bool

    public init(from old: Surface?, to new: Surface) {
        let known = old?.size == new.size ? old : nil
        frame = new
        isWhole = known == nil
        runs = (0..<new.size.height).flatMap { Self.runs(ofRow: $0, from: known, to: new) }
    }

    /// Nothing changed.
    public var isEmpty: Bool { runs.isEmpty && !isWhole }

    // MARK: -

    private static func runs(ofRow y: Int, from old: Surface?, to new: Surface) -> [Run] {
        let row = new.row(y)
        let previous = old?.row(y)
        if let previous, previous == row { return [] }
        var runs: [Run] = []
        var x = 0
        var end = -1
        while x < row.count {
            let cell = row[row.startIndex + x]
            let columns = max(1, Int(cell.columns))
            let isChanged =
                previous.map {
                    $0[($0.startIndex + x)..<($0.startIndex + x + columns)]
                        != row[(row.startIndex + x)..<(row.startIndex + x + columns)]
                } ?? true
            if isChanged {
                if end == x, runs[runs.count - 1].style == cell.style {
                    runs[runs.count - 1].cells.append(cell)
                } else {
                    runs.append(Run(origin: Point(x: x, y: y), style: cell.style, cells: [cell]))
                }
                end = x + columns
            }
            x += columns
        }
        return runs
    }
}

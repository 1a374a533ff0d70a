/// One place of a surface.
///
/// A wide glyph stands in its first cell with `columns` 2; the cell behind it is a `continuation` with `columns` 0.
public struct Cell: Hashable, Sendable {
    public var glyph: Character
    /// Columns that the glyph covers; 0 in a cell that is covered from the left.
    public var columns: Int8
    public var style: Style

    public init(glyph: Character, columns: Int = 1, style: Style = .plain) {
        self.glyph = glyph
        self.columns = Int8(columns)
        self.style = style
    }

    public static func blank(_ style: Style = .plain) -> Cell { Cell(glyph: " ", style: style) }

    /// The cell behind the first column of a wide glyph.
    public static func continuation(_ style: Style) -> Cell { Cell(glyph: " ", columns: 0, style: style) }

    public var isContinuation: Bool { columns == 0 }
}

/// Which signs widgets draw with.
public enum GlyphSet: String, CaseIterable, Sendable {
    /// Box drawing, blocks and braille.
    case unicode
    /// Box drawing and blocks, for fonts without braille.
    case blocks
    /// Letters and signs of ASCII alone, for terminals and fonts without the others.
    case ascii

    /// The signs of a border and of scroll marks.
    public var box: BoxGlyphs { self == .ascii ? .ascii : .rounded }
    public var ellipsis: Character { self == .ascii ? "~" : "…" }
    public var cursor: Character { self == .ascii ? ">" : "▸" }
    /// Marks where the visible rows lie among all rows.
    public var scrollThumb: Character { self == .ascii ? "#" : "┃" }
    public var gaugeFull: Character { self == .ascii ? "=" : "━" }
    public var gaugeHalf: Character { self == .ascii ? "-" : "╸" }
    public var gaugeTrack: Character { self == .ascii ? "." : "─" }
}

/// The signs that a border is made of.
public struct BoxGlyphs: Hashable, Sendable {
    public var horizontal: Character
    public var vertical: Character
    public var topLeft: Character
    public var topRight: Character
    public var bottomLeft: Character
    public var bottomRight: Character
    /// Where a rule that divides the box meets its left and right side.
    public var teeLeft: Character
    public var teeRight: Character

    public static let rounded = BoxGlyphs(
        horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
        teeLeft: "├", teeRight: "┤")
    public static let ascii = BoxGlyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        teeLeft: "+", teeRight: "+")
}

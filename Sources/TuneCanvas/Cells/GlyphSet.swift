/// Which signs widgets draw with.
public enum GlyphSet: String, CaseIterable, Sendable {
    /// Box drawing, blocks and braille.
    case unicode
    /// Letters and signs of ASCII alone, for terminals and fonts without the others.
    case ascii

    /// The signs of a border and of scroll marks.
    public var box: BoxGlyphs { self == .unicode ? .rounded : .ascii }
    public var ellipsis: Character { self == .unicode ? "…" : "~" }
    public var cursor: Character { self == .unicode ? "▸" : ">" }
    /// Marks where the visible rows lie among all rows.
    public var scrollThumb: Character { self == .unicode ? "┃" : "#" }
    public var gaugeFull: Character { self == .unicode ? "━" : "=" }
    public var gaugeHalf: Character { self == .unicode ? "╸" : "-" }
    public var gaugeTrack: Character { self == .unicode ? "─" : "." }
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

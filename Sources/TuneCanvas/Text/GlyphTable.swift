/// Looks a scalar's kind up in the generated table.
enum GlyphTable {
    /// What a scalar does to the columns of its glyph; the raw values are those of the generated table.
    enum Kind: UInt32 {
        /// Joins the glyph before it: combining marks, joiners, variation selectors, Hangul vowels and finals.
        case zero
        case narrow
        case wide
        /// One column or two, as the terminal is set up.
        case ambiguous
        /// Never sent: controls, bidi overrides, invisible characters, unassigned code points.
        case hidden
        /// Narrow as text; wide when a variation selector makes it an emoji.
        case narrowEmoji
        case ambiguousEmoji

        var isEmoji: Bool { self == .narrowEmoji || self == .ambiguousEmoji }
    }

    static func kind(of scalar: Unicode.Scalar) -> Kind {
        let value = scalar.value
        // Most text is one of these; the search is for the rest.
        if value < 0x80 { return asciiKind(value) }
        if value >= 0x4E00 && value <= 0x9FFF { return .wide }
        var low = 0
        var high = glyphKindStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if glyphKindStarts[middle] >> 3 <= value { low = middle } else { high = middle }
        }
        // Every entry is written by the generator with one of the seven kinds.
        return Kind(rawValue: glyphKindStarts[low] & 7)!
    }

    /// `#`, `*` and the digits turn into keycaps.
    private static func asciiKind(_ value: UInt32) -> Kind {
        switch value {
        case 0..<0x20, 0x7F: .hidden
        case 0x23, 0x2A, 0x30...0x39: .narrowEmoji
        default: .narrow
        }
    }
}

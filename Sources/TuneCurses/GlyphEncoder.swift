import TuneCanvas

/// What is sent for a glyph, and whether every terminal agrees on its width.
nonisolated struct GlyphEncoder: Hashable, Sendable {
    let drawsClusters: Bool

    /// - Returns: the text, exactly as wide as the cell wherever `isCertain` holds.
    func encode(_ cell: Cell) -> (text: String, isCertain: Bool) {
        let scalars = cell.glyph.unicodeScalars
        let first = scalars.first!
        if scalars.count == 1 { return (String(cell.glyph), Self.isCertain(first.value)) }
        if drawsClusters || !Self.isEmojiCluster(scalars) { return (String(cell.glyph), false) }
        return (simplified(scalars, first), false)
    }

    // MARK: -

    /// A flag as its two letters, any other joined or tinted emoji as its first part: a terminal that does not know
    /// the combination would draw all parts, over what stands to the right.
    private func simplified(_ scalars: Character.UnicodeScalarView, _ first: Unicode.Scalar) -> String {
        if Self.isRegionalIndicator(first) {
            return String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0.value - 0x1F1E6 + 0x41) }))
        }
        // The variation selector stays: it changes how the first part looks, never how many there are.
        var kept = String.UnicodeScalarView([first])
        if scalars.dropFirst().first?.value == 0xFE0F { kept.append(Unicode.Scalar(0xFE0F)!) }
        return String(kept)
    }

    private static func isEmojiCluster(_ scalars: Character.UnicodeScalarView) -> Bool {
        isRegionalIndicator(scalars.first!)
            || scalars.contains { $0.value == 0x200D && scalars.first!.properties.isEmoji }
            || scalars.dropFirst().contains { (0x1F3FB...0x1F3FF).contains($0.value) || $0.value > 0xE0000 }
    }

    private static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F1E6...0x1F1FF).contains(scalar.value)
    }

    /// Stretches in which all tables have agreed for decades: Latin, Greek, Cyrillic, punctuation, lines, blocks and
    /// braille as one column; ideographs, kana, hangul and fullwidth forms as two.
    private static func isCertain(_ value: UInt32) -> Bool {
        switch value {
        case 0x20..<0x300, 0x370..<0x483, 0x48A..<0x530, 0x1E00..<0x2000, 0x2010..<0x2028, 0x2030..<0x205F,
            0x2190..<0x2194, 0x2500..<0x25FD, 0x2800..<0x2900, 0x3001..<0x302A, 0x3041..<0x3097, 0x309B..<0x3100,
            0x3400..<0x4DC0, 0x4E00..<0xA000, 0xAC00..<0xD7A4, 0xF900..<0xFAD9, 0xFF01..<0xFF61, 0x20000..<0x2A6E0:
            true
        default: false
        }
    }
}

/// Makes foreign text safe to show: what would command the terminal, reorder the line or hide itself is spelled out.
///
/// A dataset may hold anything. Escape sequences could rewrite the screen or the clipboard, bidirectional overrides
/// and invisible characters make text read otherwise than it is. All of it stays visible here, and none is sent.
public enum Sanitizer {
    /// The text with every stand-in in place.
    public static func visible(_ text: some StringProtocol) -> String {
        var result = ""
        for character in text {
            if let standIn = standIn(for: character) { result += standIn } else { result.append(character) }
        }
        return result
    }

    /// What is shown instead of a character; nil when it may be shown as it is.
    public static func standIn(for character: Character) -> String? {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F, character.utf8.count == 1 { return nil }
        let scalars = character.unicodeScalars
        if scalars.count == 1 {
            let scalar = scalars.first!
            switch GlyphTable.kind(of: scalar) {
            case .hidden: return name(of: scalar)
            // A mark with nothing to stand on gets the circle that type specimens use.
            case .zero: return isInvisible(scalar) ? name(of: scalar) : "\u{25CC}" + String(scalar)
            case .narrow, .wide, .ambiguous, .narrowEmoji, .ambiguousEmoji: return nil
            }
        }
        return clusterStandIn(Array(scalars))
    }

    // MARK: -

    /// The most marks one base may carry; text piled higher is an attack on the lines around it.
    private static let mostMarks = 8

    private static func clusterStandIn(_ scalars: [Unicode.Scalar]) -> String? {
        if isSubdivisionFlag(scalars) { return nil }
        var result = ""
        var isChanged = false
        var marks = 0
        for (index, scalar) in scalars.enumerated() {
            let kind = GlyphTable.kind(of: scalar)
            let isMark = kind == .zero && index > 0
            marks += isMark ? 1 : 0
            if kind == .hidden || isStray(scalar, at: index, in: scalars) {
                result += name(of: scalar)
                isChanged = true
            } else if kind == .zero && index == 0 && !isConjoiningHangul(scalar) {
                result += "\u{25CC}" + String(scalar)
                isChanged = true
            } else if isMark && marks > mostMarks {
                isChanged = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        if marks > mostMarks { result += "⟨+\(marks - mostMarks)⟩" }
        return isChanged ? result : nil
    }

    /// An invisible scalar where it shapes nothing.
    private static func isStray(_ scalar: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = index > 0 ? scalars[index - 1] : nil
        let after = index + 1 < scalars.count ? scalars[index + 1] : nil
        switch scalar.value {
        case 0x200D:
            guard let before else { return true }
            if let after, after.properties.isEmoji { return !isEmojiPart(before) }
            return !joinsLetters(before)
        case 0x200C: return !(before.map(joinsLetters) ?? false)
        case 0xFE00...0xFE0F:
            guard let before else { return true }
            if scalar.value >= 0xFE0E { return !before.properties.isEmoji }
            return GlyphTable.kind(of: before) == .zero
        case 0xE0100...0xE01EF: return !(before?.properties.isIdeographic ?? false)
        case 0xE0000...0xE007F, 0x034F: return true
        default: return false
        }
    }

    private static func isEmojiPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmoji || scalar.value == 0xFE0F
    }

    /// Scripts in which the joiners choose letter forms: Arabic and its neighbours, the Indic scripts, Mongolian.
    private static func joinsLetters(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0600...0x08FF, 0x0900...0x0DFF, 0x1000...0x109F, 0x1780...0x18AF, 0xA840...0xA87F: true
        default: false
        }
    }

    private static func isConjoiningHangul(_ scalar: Unicode.Scalar) -> Bool {
        (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value)
    }

    /// England, Scotland and Wales are a black flag, their letters as tags, and a closing tag.
    private static func isSubdivisionFlag(_ scalars: [Unicode.Scalar]) -> Bool {
        guard scalars.count > 3, scalars[0].value == 0x1F3F4, scalars.last!.value == 0xE007F else { return false }
        let letters = String(
            String.UnicodeScalarView(
                scalars[1..<(scalars.count - 1)].compactMap { scalar in
                    (0xE0061...0xE007A).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xE0000) : nil
                }))
        return letters.count == scalars.count - 2 && ["gbeng", "gbsct", "gbwls"].contains(letters)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C, 0x200D, 0x034F, 0x1160, 0xFE00...0xFE0F, 0xE0000...0xE01EF: true
        default: false
        }
    }
}

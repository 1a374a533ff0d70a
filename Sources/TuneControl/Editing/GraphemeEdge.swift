/// Tells where two scalars can never be parts of one grapheme, whatever stands around them.
///
/// Errs on one side only: it may say no between two graphemes, and never yes within one.
enum GraphemeEdge {
    static func parts(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        if left.value < 0x80, right.value < 0x80 { return left.value != 0x0D || right.value != 0x0A }
        if standsAlone(left) { return begins(right) }
        // A mark ends its grapheme, except that some join the Indic letter behind them.
        return isMark(left) && (right.value < 0x0900 || (0x4E00...0x9FFF).contains(right.value)) && begins(right)
    }

    // MARK: -

    /// Joins nothing to itself: no joiner, no mark, no half of a flag, no part of a Hangul syllable, no prefix.
    private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x80: return scalar.value != 0x0D
        case 0x4E00...0x9FFF, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DBF: return true
        case 0x1F1E6...0x1F1FF: return false
        case 0x1100...0x11FF, 0xA960...0xA97F, 0xAC00...0xD7FF: return false
        // Letters that are written before the letter they belong to.
        case 0x0D4E, 0x111C2...0x111C3, 0x113D1, 0x1193F, 0x11941, 0x11A3A, 0x11A84...0x11A89, 0x11D46, 0x11F02:
            return false
        default: return isBase(scalar)
        }
    }

    private static func begins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x80: return true
        case 0x4E00...0x9FFF, 0x3400...0x4DBF: return true
        case 0x1100...0x11FF, 0xA960...0xA97F, 0xAC00...0xD7FF: return false
        // Vowels that follow their letter, and the skin tones.
        case 0x0E33, 0x0EB3, 0x1F3FB...0x1F3FF: return false
        default: return isBase(scalar)
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isBase(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.properties.isGraphemeExtend else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
            .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator:
            return true
        case .nonspacingMark, .spacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator, .control, .format,
            .surrogate, .privateUse, .unassigned:
            return false
        @unknown default: return false
        }
    }
}

/// The kinds of characters that words are made of: one ends where the kind changes, for want of spaces in Chinese,
/// Japanese and Thai.
enum WordClass: Hashable {
    case letters, han, hiragana, katakana, hangul, thai

    /// Nil for spaces, punctuation and symbols, which belong to no word.
    init?(of character: Character) {
        guard let scalar = character.unicodeScalars.first else { return nil }
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3005, 0x3007: self = .han
        case 0x3041...0x309F: self = .hiragana
        case 0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .katakana
        case 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3: self = .hangul
        case 0x0E00...0x0E7F: self = .thai
        default:
            guard character.isLetter || character.isNumber || character == "_" else { return nil }
            self = .letters
        }
    }
}

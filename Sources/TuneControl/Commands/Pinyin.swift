/// The letters with which the readings of Chinese characters begin, so that `czxt` finds 操作系统.
public enum Pinyin {
    /// Whether a reading of a character begins with a letter from a to z.
    public static func reads(_ character: Character, _ letter: Character) -> Bool {
        guard let place = place(of: letter), let scalar = character.unicodeScalars.first else { return false }
        return letters[scalar].map { $0 & (1 << place) != 0 } ?? false
    }

    // MARK: -

    /// A bit for each letter, by character.
    private static let letters: [Unicode.Scalar: UInt32] = {
        var letters: [Unicode.Scalar: UInt32] = [:]
        letters.reserveCapacity(6_763)
        for (letter, characters) in table {
            guard let place = place(of: letter) else { continue }
            for scalar in characters.unicodeScalars { letters[scalar, default: 0] |= 1 << place }
        }
        return letters
    }()

    private static func place(of letter: Character) -> UInt32? {
        guard let value = letter.asciiValue, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(value) else { return nil }
        return UInt32(value - UInt8(ascii: "a"))
    }
}

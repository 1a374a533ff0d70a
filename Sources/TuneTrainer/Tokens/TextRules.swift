/// How a stretch of text between special tokens is made ready and cut into words.
enum TextRules: Hashable, Sendable {
    /// Tokens are made of bytes; `composes` brings the text into Unicode's composed form (NFC) first.
    case bytes(PreTokenizer, composes: Bool)
    /// Tokens are made of characters, as SentencePiece has them, with `▁` for a space; each `▁` may begin a word.
    case pieces(SpacePrefix, splitsWords: Bool)

    /// Where a space is put before a text that has none, so that its first word is the token that it is in a sentence.
    enum SpacePrefix: Hashable, Sendable {
        case never
        /// Before each stretch between special tokens, also when it begins with a space.
        case everyStretch
        /// Before each stretch that does not begin with a space.
        case whereMissing
        /// As `whereMissing`, at the very start of the text only.
        case atStart
    }
}

/// What SentencePiece writes for a space.
let spaceMark: [UInt8] = Array("▁".utf8)

/// What each token stands for.
struct Vocabulary: Sendable {
    /// The bytes of all tokens, one after the other.
    private var bytes: [UInt8] = []
    /// Where each token's bytes begin, and where the last one's end.
    private var starts: [Int] = [0]

    var count: Int { starts.count - 1 }

    /// `kinds` are the file's token types, by which special tokens are written as they are.
    init(_ tokens: WrittenTokens, kinds: [TokenKind], rules: TextRules) {
        var (bytes, starts) = (self.bytes, self.starts)
        starts.reserveCapacity(tokens.count + 1)
        tokens.forEachToken { index, written in
            switch (rules, kinds[index]) {
            case (.bytes, .normal):
                // A token with a character that stands for no byte is taken as it is written.
                if !ByteAlphabet.append(bytesOf: written, to: &bytes) { bytes += written }
            case (.pieces, .byte): bytes.append(Self.byte(written) ?? 0xFF)
            case (.pieces, .normal), (.pieces, .unused):
                bytes +=
                    String(decoding: written, as: UTF8.self)
                    .replacing("▁", with: " ").utf8
            default: bytes += written
            }
            starts.append(bytes.count)
        }
        (self.bytes, self.starts) = (bytes, starts)
    }

    /// The byte that `<0x0A>` stands for; nil for anything else.
    static func byte(_ written: UnsafeRawBufferPointer) -> UInt8? {
        guard written.count == 6, written.starts(with: "<0x".utf8), written[5] == UInt8(ascii: ">") else { return nil }
        return UInt8(String(decoding: written[3..<5], as: UTF8.self), radix: 16)
    }

    /// A token's bytes; none for a number outside of the vocabulary.
    subscript(id: Int32) -> ArraySlice<UInt8> {
        guard id >= 0, Int(id) < count else { return [] }
        return bytes[starts[Int(id)]..<starts[Int(id) + 1]]
    }
}

/// `tokenizer.ggml.token_type`.
enum TokenKind: Int {
    case undefined, normal, unknown, control, userDefined, unused, byte

    /// Whether the token is found in a text by its own name.
    var isSpecial: Bool { self == .control || self == .userDefined || self == .unknown }
}

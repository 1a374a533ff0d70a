/// How byte-level vocabularies write bytes: printable ones as themselves, the others as characters from U+0100 on.
enum ByteAlphabet {
    /// The character for each byte.
    static let scalars: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt32(0)...255).map { byte in
            if isPrintable(byte) { return Unicode.Scalar(byte)! }
            defer { next += 1 }
            return Unicode.Scalar(next)!
        }
    }()

    /// The byte for each character, by its number.
    static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
        uniqueKeysWithValues: scalars.enumerated().map { ($1, UInt8($0)) })

    /// Appends the bytes that a token's written form stands for: false, and nothing, when a character stands for none.
    static func append(bytesOf written: UnsafeRawBufferPointer, to bytes: inout [UInt8]) -> Bool {
        let start = bytes.count
        for scalar in String(decoding: written, as: UTF8.self).unicodeScalars {
            guard let byte = Self.bytes[scalar] else {
                bytes.removeSubrange(start...)
                return false
            }
            bytes.append(byte)
        }
        return true
    }

    private static func isPrintable(_ byte: UInt32) -> Bool {
        (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte)
    }
}

/// Turns tokens' bytes into text as they come, holding back the beginning of a character until it is whole.
public struct TextDecoder: Sendable {
    /// At most the first three bytes of a character.
    private var pending: [UInt8] = []

    public init() {}

    /// The text that is complete after these bytes; bytes that can make up no character become U+FFFD.
    public mutating func append(_ bytes: some Sequence<UInt8>) -> String {
        pending += bytes
        let whole = pending.count - Self.unfinishedLength(of: pending)
        defer { pending.removeFirst(whole) }
        return String(decoding: pending[..<whole], as: UTF8.self)
    }

    /// What was held back, when nothing more comes: U+FFFD or nothing.
    public mutating func finish() -> String {
        defer { pending = [] }
        return String(decoding: pending, as: UTF8.self)
    }

    /// Bytes at the end that more bytes could complete to a character.
    static func unfinishedLength(of bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let lead = bytes[bytes.count - length]
            guard lead & 0xC0 != 0x80 else { continue }
            return isBeginning(bytes.suffix(length)) ? length : 0
        }
        return 0
    }

    private static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
        let lead = bytes[bytes.startIndex]
        let needed =
            switch lead {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        guard bytes.count < needed else { return false }
        guard let second = bytes.dropFirst().first else { return true }
        // Overlong forms, surrogates and what is beyond U+10FFFF show in the second byte.
        return switch lead {
        case 0xE0: second >= 0xA0
        case 0xED: second <= 0x9F
        case 0xF0: second >= 0x90
        case 0xF4: second <= 0x8F
        default: true
        }
    }
}

import CText

/// Takes out what a text should not hold: terminal escapes, control characters, bytes that are no characters.
///
/// Tabs and line ends stay. A broken byte, or a lone surrogate, becomes U+FFFD, so that its place can be found.
enum Cleaning {
    /// Whether `clean` would change anything.
    static func isNeeded(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = text.baseAddress else { return false }
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte < 0x80 {
                if isControl(byte) { return true }
                at = tt_printable(base, at + 1, text.count)
            } else {
                let length = scalarLength(text, at)
                if length == 0 || (byte == 0xc2 && text[at + 1] < 0xa0) { return true }
                at += length
            }
        }
        return false
    }

    /// Appends the cleaned text.
    static func clean(_ text: UnsafeBufferPointer<UInt8>, into buffer: ByteBuffer) {
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte == 0x1b {
                at = afterEscape(text, at + 1)
            } else if byte < 0x80 {
                if !isControl(byte) { buffer.append(byte) }
                at += 1
            } else if byte == 0xc2, at + 1 < text.count, text[at + 1] >= 0x80, text[at + 1] < 0xa0 {
                at = text[at + 1] == 0x9b ? afterControlSequence(text, at + 2) : at + 2
            } else if case let length = scalarLength(text, at), length > 0 {
                buffer.append(UnsafeBufferPointer(rebasing: text[at..<at + length]))
                at += length
            } else {
                JSONText.append(0xfffd, to: buffer)
                at += brokenLength(text, at)
            }
        }
    }

    // MARK: -

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 ? byte != 0x09 && byte != 0x0a && byte != 0x0d : byte == 0x7f
    }

    /// Behind the escape sequence whose ESC stands before `at`; at the next byte when none is spelled out.
    private static func afterEscape(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        guard at < text.count else { return at }
        switch text[at] {
        case UInt8(ascii: "["):
            return afterControlSequence(text, at + 1)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            return afterString(text, at + 1) ?? at + 1
        case 0x20...0x2f:
            var end = at
            while end < text.count, (0x20...0x2f).contains(text[end]) { end += 1 }
            return end < text.count && (0x30...0x7e).contains(text[end]) ? end + 1 : at
        case 0x30...0x7e:
            return at + 1
        default:
            return at
        }
    }

    /// Parameters, intermediates, one final byte.
    private static func afterControlSequence(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        var end = at
        while end < text.count, (0x30...0x3f).contains(text[end]) { end += 1 }
        while end < text.count, (0x20...0x2f).contains(text[end]) { end += 1 }
        return end < text.count && (0x40...0x7e).contains(text[end]) ? end + 1 : at
    }

    /// A command string runs to BEL or ESC \. One that never ends is not taken for one.
    private static func afterString(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        var end = at
        while end < text.count {
            if text[end] == 0x07 { return end + 1 }
            if text[end] == 0x1b { return end + 1 < text.count && text[end + 1] == 0x5c ? end + 2 : nil }
            end += 1
        }
        return nil
    }

    /// How many bytes one sign stands for: all three of a lone surrogate, else a single broken byte.
    private static func brokenLength(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        text[at] == 0xed && at + 2 < text.count && text[at + 1] >= 0xa0 && text[at + 1] < 0xc0
            && text[at + 2] & 0xc0 == 0x80 ? 3 : 1
    }
}

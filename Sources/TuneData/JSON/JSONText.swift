import CText
import Foundation

/// The two ways between a text and its JSON form.
///
/// Texts are UTF-8 in which a lone surrogate, which JSON can spell and Unicode cannot, takes its three-byte form
/// (ED A0 80 … ED BF BF). It is so kept through any repair, and spelled as an escape again when written.
enum JSONText {
    /// Appends what is between the quotes of a text the scanner has passed, escapes resolved.
    static func decode(_ raw: UnsafeBufferPointer<UInt8>, into buffer: ByteBuffer) {
        buffer.reserve(raw.count)
        var at = 0
        while at < raw.count {
            let end = nextBackslash(raw, from: at)
            buffer.append(UnsafeBufferPointer(rebasing: raw[at..<end]))
            at = end
            guard at + 1 < raw.count else {
                buffer.append(UnsafeBufferPointer(rebasing: raw[at...]))
                return
            }
            at += 2
            switch raw[at - 1] {
            case UInt8(ascii: "b"): buffer.append(0x08)
            case UInt8(ascii: "f"): buffer.append(0x0c)
            case UInt8(ascii: "n"): buffer.append(0x0a)
            case UInt8(ascii: "r"): buffer.append(0x0d)
            case UInt8(ascii: "t"): buffer.append(0x09)
            case UInt8(ascii: "u"):
                guard let unit = codeUnit(raw, at) else { return }
                at += 4
                if unit & 0xfc00 == 0xd800, at + 6 <= raw.count, raw[at] == UInt8(ascii: "\\"),
                    raw[at + 1] == UInt8(ascii: "u"), let low = codeUnit(raw, at + 2), low & 0xfc00 == 0xdc00
                {
                    at += 6
                    append(0x10000 + (UInt32(unit & 0x3ff) << 10 | UInt32(low & 0x3ff)), to: buffer)
                } else {
                    append(UInt32(unit), to: buffer)
                }
            case let other: buffer.append(other)
            }
        }
    }

    /// Appends the JSON form of a text, quotes included.
    ///
    /// The form is that of the classic tool: `/` is escaped, control characters are `\u00xx` or short, all else stands
    /// as it is.
    static func encode(_ text: UnsafeBufferPointer<UInt8>, into buffer: ByteBuffer) {
        buffer.reserve(text.count + 2)
        buffer.append(UInt8(ascii: "\""))
        var start = 0
        var at = 0
        while true {
            at = text.isEmpty ? 0 : tt_text_plain(text.baseAddress, at, text.count)
            guard at < text.count else { break }
            let byte = text[at]
            // ED begins a surrogate only when the next byte is A0 or above.
            if byte == 0xed, !(at + 2 < text.count && text[at + 1] >= 0xa0) {
                at += 1
                continue
            }
            buffer.append(UnsafeBufferPointer(rebasing: text[start..<at]))
            if byte == 0xed {
                let unit = 0xd000 | UInt16(text[at + 1] & 0x3f) << 6 | UInt16(text[at + 2] & 0x3f)
                appendEscape(unit, to: buffer)
                at += 3
            } else {
                appendShort(byte, to: buffer)
                at += 1
            }
            start = at
        }
        buffer.append(UnsafeBufferPointer(rebasing: text[start..<text.count]))
        buffer.append(UInt8(ascii: "\""))
    }

    /// Appends a code point, or a lone surrogate, in its UTF-8 form.
    static func append(_ point: UInt32, to buffer: ByteBuffer) {
        switch point {
        case 0..<0x80:
            buffer.append(UInt8(point))
        case 0x80..<0x800:
            buffer.append(UInt8(0xc0 | point >> 6))
            buffer.append(UInt8(0x80 | point & 0x3f))
        case 0x800..<0x10000:
            buffer.append(UInt8(0xe0 | point >> 12))
            buffer.append(UInt8(0x80 | point >> 6 & 0x3f))
            buffer.append(UInt8(0x80 | point & 0x3f))
        default:
            buffer.append(UInt8(0xf0 | point >> 18))
            buffer.append(UInt8(0x80 | point >> 12 & 0x3f))
            buffer.append(UInt8(0x80 | point >> 6 & 0x3f))
            buffer.append(UInt8(0x80 | point & 0x3f))
        }
    }

    // MARK: -

    private static func nextBackslash(_ raw: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = raw.baseAddress, let found = memchr(base + start, 0x5c, raw.count - start) else {
            return raw.count
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private static func codeUnit(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt16? {
        guard at + 4 <= raw.count else { return nil }
        var unit: UInt16 = 0
        for index in at..<at + 4 {
            guard let digit = hexValue(raw[index]) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func appendShort(_ byte: UInt8, to buffer: ByteBuffer) {
        let letter: UInt8
        switch byte {
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0a: letter = UInt8(ascii: "n")
        case 0x0c: letter = UInt8(ascii: "f")
        case 0x0d: letter = UInt8(ascii: "r")
        case 0x22, 0x2f, 0x5c: letter = byte
        default: return appendEscape(UInt16(byte), to: buffer)
        }
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(letter)
    }

    private static func appendEscape(_ unit: UInt16, to buffer: ByteBuffer) {
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(UInt8(ascii: "u"))
        for shift: UInt16 in [12, 8, 4, 0] {
            let digit = UInt8(unit >> shift & 0xf)
            buffer.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}

/// Whether bytes are well-formed UTF-8. The three-byte form of a lone surrogate is not.
func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while at < bytes.count {
        let length = scalarLength(bytes, at)
        guard length > 0 else { return false }
        at += length
    }
    return true
}

/// Bytes of the well-formed scalar at a place; 0 where there is none.
@inline(__always)
func scalarLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let lead = bytes[at]
    if lead < 0x80 { return 1 }
    let length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    guard lead >= 0xc2, lead <= 0xf4, at + length <= bytes.count else { return 0 }
    let second = bytes[at + 1]
    guard second & 0xc0 == 0x80 else { return 0 }
    switch lead {
    case 0xe0: guard second >= 0xa0 else { return 0 }
    case 0xed: guard second < 0xa0 else { return 0 }
    case 0xf0: guard second >= 0x90 else { return 0 }
    case 0xf4: guard second < 0x90 else { return 0 }
    default: break
    }
    for index in at + 2..<max(at + length, at + 2) where bytes[index] & 0xc0 != 0x80 { return 0 }
    return length
}

/// The code points of a text; a broken byte counts as one.
func scalarCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in bytes where byte & 0xc0 != 0x80 { count &+= 1 }
    return count
}

/// Bytes that the first `count` code points take.
func prefixLength(_ bytes: UnsafeBufferPointer<UInt8>, scalars count: Int) -> Int {
    var at = 0
    var left = count
    while at < bytes.count {
        if bytes[at] & 0xc0 != 0x80 {
            if left == 0 { break }
            left -= 1
        }
        at += 1
    }
    return at
}

/// The code point at a place, and the bytes it takes; nil for a byte that begins none.
@inline(__always)
func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Unicode.Scalar, Int)? {
    let length = scalarLength(bytes, at)
    let point: UInt32
    switch length {
    case 1: point = UInt32(bytes[at])
    case 2: point = UInt32(bytes[at] & 0x1f) << 6 | UInt32(bytes[at + 1] & 0x3f)
    case 3:
        point = UInt32(bytes[at] & 0x0f) << 12 | UInt32(bytes[at + 1] & 0x3f) << 6 | UInt32(bytes[at + 2] & 0x3f)
    case 4:
        point =
            UInt32(bytes[at] & 0x07) << 18 | UInt32(bytes[at + 1] & 0x3f) << 12 | UInt32(bytes[at + 2] & 0x3f) << 6
            | UInt32(bytes[at + 3] & 0x3f)
    default: return nil
    }
    return Unicode.Scalar(point).map { ($0, length) }
}

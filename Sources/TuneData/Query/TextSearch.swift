import Foundation

/// Looks for a pattern in the bytes of a text: what can be found without making a string of it is.
struct TextSearch: Hashable, Sendable {
    let pattern: TextPattern
    private let needle: [UInt8]
    private let anchor: Int
    private let manner: Manner

    private enum Manner: Hashable {
        /// The bytes as they stand.
        case exact
        /// ASCII letters of either case.
        case folded
        /// Only the pattern itself knows.
        case pattern
    }

    init(_ pattern: TextPattern) {
        self.pattern = pattern
        let scalars = pattern.source.unicodeScalars
        if pattern.isRegex || scalars.contains("\u{fffd}") {
            manner = .pattern
        } else if !pattern.ignoresCase || !scalars.contains(where: Self.isCased) {
            manner = .exact
        } else {
            manner = scalars.allSatisfy(\.isASCII) ? .folded : .pattern
        }
        let needle = Array((manner == .folded ? pattern.source.lowercased() : pattern.source).utf8)
        self.needle = needle
        anchor = needle.indices.min { commonness(needle[$0]) < commonness(needle[$1]) } ?? 0
    }

    /// Whether a text holds it. `mayBeWide` says that some byte may be above 0x7f.
    func isIn(_ text: UnsafeBufferPointer<UInt8>, mayBeWide: Bool = true) -> Bool {
        switch manner {
        case .exact: return holdsNeedle(text)
        case .folded:
            if holdsFoldedNeedle(text) { return true }
            // A few letters beyond ASCII are taken for one or two within: `ß` for `ss`.
            guard mayBeWide, Self.holdsFoldingLetter(text) else { return false }
        case .pattern: break
        }
        return pattern.matches(String(decoding: text, as: UTF8.self))
    }

    // MARK: -

    private static func isCased(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.changesWhenCaseMapped || scalar.properties.changesWhenCaseFolded
    }

    private func holdsNeedle(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = text.baseAddress, text.count >= needle.count else { return false }
        return needle.withUnsafeBufferPointer { needle in
            var at = anchor
            let end = text.count - (needle.count - 1 - anchor)
            while at < end, let found = memchr(base + at, Int32(needle[anchor]), end - at) {
                at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                if memcmp(base + (at - anchor), needle.baseAddress!, needle.count) == 0 { return true }
                at += 1
            }
            return false
        }
    }

    private func holdsFoldedNeedle(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = text.baseAddress, text.count >= needle.count else { return false }
        return needle.withUnsafeBufferPointer { needle in
            let small = needle[anchor]
            let capital = small &- 0x61 < 26 ? small ^ 0x20 : small
            let end = text.count - (needle.count - 1 - anchor)
            func next(_ byte: UInt8, from start: Int) -> Int {
                guard start < end, let found = memchr(base + start, Int32(byte), end - start) else { return end }
                return UnsafeRawPointer(found) - UnsafeRawPointer(base)
            }
            var nextSmall = next(small, from: anchor)
            var nextCapital = capital == small ? end : next(capital, from: anchor)
            while true {
                let at = min(nextSmall, nextCapital)
                guard at < end else { return false }
                if Self.isFolded(base + (at - anchor), needle) { return true }
                if at == nextSmall { nextSmall = next(small, from: at + 1) }
                if at == nextCapital { nextCapital = next(capital, from: at + 1) }
            }
        }
    }

    private static func isFolded(_ text: UnsafePointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        for place in 0..<needle.count {
            let byte = text[place]
            guard (byte &- 0x41 < 26 ? byte | 0x20 : byte) == needle[place] else { return false }
        }
        return true
    }

    /// Whether a text holds a letter whose folded form has ASCII letters: ß İ ŉ ſ ǰ ẖ–ẚ ẞ K ﬀ–ﬆ.
    private static func holdsFoldingLetter(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for at in text.indices where text[at] >= 0xc3 && at + 1 < text.count {
            let second = text[at + 1]
            switch text[at] {
            case 0xc3 where second == 0x9f, 0xc4 where second == 0xb0, 0xc5 where second == 0x89 || second == 0xbf,
                0xc7 where second == 0xb0, 0xe1 where second == 0xba, 0xe2 where second == 0x84,
                0xef where second == 0xac:
                return true
            default: break
            }
        }
        return false
    }
}

/// How often a byte is met in texts, roughly; the rarest is worth looking for.
private func commonness(_ byte: UInt8) -> Int {
    switch byte {
    case 0x20, 0x65, 0x74, 0x61, 0x6f, 0x69, 0x6e, 0x73, 0x72: 6
    case 0x61...0x7a: byte == 0x6a || byte == 0x71 || byte == 0x78 || byte == 0x7a ? 2 : 4
    // The first byte of a Chinese character is nearly always one of six.
    case 0xe4...0xe9: 6
    case 0x80...0xff: 4
    case 0x0a, 0x30...0x39, 0x41...0x5a, 0x2c, 0x2d, 0x2e: 3
    default: 1
    }
}

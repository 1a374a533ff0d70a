import TuneCanvas

/// Turns what ncurses reads into keys: bytes of UTF-8, key codes, and escape sequences that ncurses does not know.
///
/// A sequence that nobody knows is dropped as a whole, so that a late answer of the terminal never types letters.
nonisolated struct KeyDecoder {
    /// Keys by the code that ncurses gives them.
    let keys: [Int32: Key]
    let pasteStart: Int32
    let pasteEnd: Int32
    /// The bytes of a paste whose end has not arrived.
    private var paste: [UInt8]?
    /// The beginning of a mouse's report whose end has not arrived; nothing else begins in the same way.
    private var held: [UInt8] = []

    init(keys: [Int32: Key], pasteStart: Int32, pasteEnd: Int32) {
        self.keys = keys
        self.pasteStart = pasteStart
        self.pasteEnd = pasteEnd
    }

    /// Whether a paste has begun and not ended.
    var isPasting: Bool { paste != nil }

    /// The keys in a batch of codes: up to 255 a byte, above that one of ncurses' key codes.
    mutating func decode(_ codes: [Int32]) -> [Key] {
        var result: [Key] = []
        var bytes = held
        held = []
        for code in codes {
            if code == pasteStart {
                flush(&bytes, into: &result)
                paste = []
            } else if code == pasteEnd {
                result += endPaste()
            } else if code < 256 {
                if paste == nil { bytes.append(UInt8(code)) } else { paste!.append(UInt8(code)) }
            } else if paste == nil, let key = keys[code] {
                let isAlt = bytes.last == 0x1B
                if isAlt { bytes.removeLast() }
                flush(&bytes, into: &result)
                result.append(isAlt ? .alt(key) : key)
            }
        }
        holdBack(&bytes)
        flush(&bytes, into: &result)
        return result
    }

    /// The keys in bytes as the terminal sent them, while a paste is under way or right behind its end.
    mutating func decode(block: [UInt8]) -> [Key] {
        var result: [Key] = []
        var rest = block[...]
        while !rest.isEmpty {
            guard paste != nil else {
                // Another paste may follow at once.
                let start = Self.place(of: Self.startMark, in: rest)
                result += decode(rest[..<(start ?? rest.endIndex)].map(Int32.init))
                guard let start else { break }
                rest = rest[(start + Self.startMark.count)...]
                paste = []
                continue
            }
            // The mark may have begun in the block before.
            let searched = max(0, paste!.count - Self.endMark.count + 1)
            paste!.append(contentsOf: rest)
            guard let end = Self.place(of: Self.endMark, in: paste![searched...]) else { break }
            rest = rest.suffix(paste!.count - end - Self.endMark.count)
            paste!.removeSubrange(end...)
            result += endPaste()
        }
        return result
    }

    private static let startMark = Array("\u{1B}[200~".utf8)
    private static let endMark = Array("\u{1B}[201~".utf8)

    private static func place(of mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var from = bytes.startIndex
        while let escape = bytes[from...].firstIndex(of: 0x1B) {
            if bytes[escape...].starts(with: mark) { return escape }
            from = escape + 1
        }
        return nil
    }

    /// Gives up waiting for the end of a paste.
    mutating func endPaste() -> [Key] {
        guard let bytes = paste else { return [] }
        paste = nil
        let text = PastedText.clean(String(decoding: bytes, as: UTF8.self))
        return text.isEmpty ? [] : [.paste(text)]
    }

    // MARK: -

    /// Takes a report that is cut off from the end of the bytes, to be read with what follows.
    private mutating func holdBack(_ bytes: inout [UInt8]) {
        let mark = Array("\u{1B}[<".utf8)
        guard let escape = bytes.lastIndex(of: 0x1B), bytes[escape...].starts(with: mark) else { return }
        let rest = bytes[(escape + mark.count)...]
        let isCut = rest.count < 20 && rest.allSatisfy { $0 == UInt8(ascii: ";") || (0x30...0x39).contains($0) }
        guard isCut else { return }
        held = Array(bytes[escape...])
        bytes.removeSubrange(escape...)
    }

    private func flush(_ bytes: inout [UInt8], into result: inout [Key]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x1B {
                index += escape(bytes[index...], into: &result)
            } else if byte < 0x20 || byte == 0x7F {
                result.append(Self.control(byte))
                index += 1
            } else {
                let end = bytes[index...].firstIndex { $0 < 0x20 || $0 == 0x7F } ?? bytes.count
                result += String(decoding: bytes[index..<end], as: UTF8.self).map { .character($0) }
                index = end
            }
        }
        bytes.removeAll()
    }

    /// Reads what begins with an escape and says how many bytes it took.
    private func escape(_ bytes: ArraySlice<UInt8>, into result: inout [Key]) -> Int {
        let start = bytes.startIndex
        guard bytes.count > 1 else {
            result.append(.escape)
            return 1
        }
        switch bytes[start + 1] {
        case 0x1B:
            result.append(.escape)
            return 1
        case UInt8(ascii: "["):
            // Parameters and intermediates, then one final byte; with nothing behind it, it is alt and `[`.
            guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else { break }
            let body = bytes[(start + 2)..<end]
            if let key = EscapeSequence.key(parameters: body, final: bytes[end]) { result.append(key) }
            return end - start + 1
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { break }
            if let key = EscapeSequence.key(parameters: [], final: bytes[start + 2]) { result.append(key) }
            return 3
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            // Ends with BEL or with an escape and a backslash.
            guard let end = bytes.dropFirst(2).firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else { break }
            let isLong = bytes[end] == 0x1B && end + 1 < bytes.endIndex && bytes[end + 1] == UInt8(ascii: "\\")
            return end - start + (isLong ? 2 : 1)
        default: break
        }
        return 1 + alt(bytes.dropFirst(), into: &result)
    }

    /// Escape and a character at once is alt and the character.
    private func alt(_ bytes: ArraySlice<UInt8>, into result: inout [Key]) -> Int {
        let first = bytes.first!
        if first < 0x20 || first == 0x7F {
            result.append(.alt(Self.control(first)))
            return 1
        }
        let end = bytes.firstIndex { $0 < 0x20 || $0 == 0x7F } ?? bytes.endIndex
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        result.append(.alt(.character(text.first!)))
        return min(text.first!.utf8.count, end - bytes.startIndex)
    }

    private static func control(_ byte: UInt8) -> Key {
        switch byte {
        case 0x09: .tab
        case 0x0D: .enter
        case 0x08, 0x7F: .backspace
        case 0x1B: .escape
        case 0x00: .ctrl(.space)
        case 0x01...0x1A: .ctrl(.character(Character(Unicode.Scalar(byte + 0x60))))
        default: .ctrl(.character(Character(Unicode.Scalar(byte + 0x40))))
        }
    }
}

/// Steps over XML text that comes a buffer at a time: tags and texts, nothing kept.
///
/// Entities are the five of XML and numbers; a document type, which could define more, is refused. That tags match is
/// checked, that attributes are well-formed only where one is asked for. One thread uses it.
final class XMLScanner {
    enum Event { case open, close, text, end }

    static let depthLimit = 128
    static let tagLimit = 64 << 10
    static let textLimit = 16 << 20

    /// Text since the last event, entities resolved, line ends made newlines.
    let text = ByteBuffer()
    /// What stands in the tag, from its name on.
    let tag = ByteBuffer(capacity: 256)
    private(set) var nameEnd = 0
    private var nameStart = 0
    private let buffer = Buffer(64 << 10)
    private var at = 0
    private var count = 0
    /// Offset of the buffer's first byte.
    private var base = 0
    private let refill: (UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int
    private let fault: (WorkbookProblem, Int) -> DataError
    private var openNames: [Int] = []
    private var isSelfClosed = false
    private var followsReturn = false

    /// `fault` makes an error of a problem and its place in bytes.
    init(
        reading refill: @escaping (UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int,
        fault: @escaping (WorkbookProblem, Int) -> DataError
    ) throws(DataError) {
        self.refill = refill
        self.fault = fault
        guard try fill() else { return }
        let head = buffer.bytes[..<count]
        if head.starts(with: [0xef, 0xbb, 0xbf]) { at = 3 }
        if head.starts(with: [0xfe, 0xff]) || head.starts(with: [0xff, 0xfe]) || head.prefix(2).contains(0) {
            throw failure(.notUTF8)
        }
    }

    /// Elements that are open.
    var depth: Int { openNames.count }

    /// Whether the tag just met has a name, whatever its prefix.
    func isNamed(_ name: StaticString) -> Bool {
        guard nameEnd - nameStart == name.utf8CodeUnitCount else { return false }
        for index in 0..<name.utf8CodeUnitCount where tag.start[nameStart + index] != name.utf8Start[index] {
            return false
        }
        return true
    }

    func failure(_ problem: WorkbookProblem) -> DataError { fault(problem, base + at) }

    /// The next tag or piece of text.
    func next() throws(DataError) -> Event {
        if isSelfClosed {
            isSelfClosed = false
            openNames.removeLast()
            return .close
        }
        text.count = 0
        while let byte = try peek() {
            guard byte == UInt8(ascii: "<") else {
                try takeText()
                if openNames.isEmpty, text.bytes.contains(where: { $0 > 0x20 }) { throw failure(.notXML) }
                if openNames.isEmpty || text.count == 0 { continue }
                return .text
            }
            at += 1
            switch try peek() {
            case UInt8(ascii: "/"):
                at += 1
                try takeTag()
                guard let last = openNames.popLast(), last == nameHash else { throw failure(.notXML) }
                return .close
            case UInt8(ascii: "?"): try skip(past: "?>")
            case UInt8(ascii: "!"):
                if try takeDeclaration() { return .text }
            default:
                try takeTag()
                guard nameEnd > 0 else { throw failure(.notXML) }
                guard openNames.count < Self.depthLimit else { throw failure(.nestedTooDeep) }
                openNames.append(nameHash)
                isSelfClosed = tag.start[tag.count - 1] == UInt8(ascii: "/")
                return .open
            }
        }
        guard openNames.isEmpty else { throw failure(.cutShort) }
        return .end
    }

    // MARK: - Bytes

    /// The byte at hand; nil at the end.
    @inline(__always)
    private func peek() throws(DataError) -> UInt8? {
        if at == count, !(try fill()) { return nil }
        return buffer.bytes[at]
    }

    private func fill() throws(DataError) -> Bool {
        base += count
        (at, count) = (0, 0)
        count = try refill(buffer.bytes)
        return count > 0
    }

    private func skip(past mark: StaticString) throws(DataError) {
        var matched = 0
        while matched < mark.utf8CodeUnitCount {
            guard let byte = try peek() else { throw failure(.cutShort) }
            at += 1
            if byte == mark.utf8Start[matched] {
                matched += 1
            } else if !(matched > 0 && byte == mark.utf8Start[matched - 1]) {
                // Of `--->` the last two dashes may be those of the mark.
                matched = byte == mark.utf8Start[0] ? 1 : 0
            }
        }
    }

    // MARK: - Tags

    private func takeTag() throws(DataError) {
        tag.count = 0
        var quote: UInt8 = 0
        while true {
            guard let byte = try peek() else { throw failure(.cutShort) }
            at += 1
            if quote == 0 {
                if byte == UInt8(ascii: ">") { break }
                if byte == UInt8(ascii: "<") { throw failure(.notXML) }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
            } else if byte == quote {
                quote = 0
            }
            guard tag.count < Self.tagLimit else { throw failure(.tooLong(limit: Self.tagLimit)) }
            tag.append(byte)
        }
        let bytes = tag.bytes
        nameEnd = bytes.firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: "/") } ?? bytes.count
        nameStart = bytes[..<nameEnd].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
    }

    /// FNV-1a of the whole name: enough to tell whether tags match.
    private var nameHash: Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<nameEnd { hash = (hash ^ UInt64(tag.start[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash)
    }

    /// A comment, a document type, or text that stands as it is; true for text.
    private func takeDeclaration() throws(DataError) -> Bool {
        at += 1
        switch try peek() {
        case UInt8(ascii: "-"):
            at += 1
            guard try peek() == UInt8(ascii: "-") else { throw failure(.notXML) }
            at += 1
            try skip(past: "-->")
            return false
        case UInt8(ascii: "["):
            let opening: StaticString = "[CDATA["
            for index in 0..<opening.utf8CodeUnitCount {
                guard try peek() == opening.utf8Start[index] else { throw failure(.notXML) }
                at += 1
            }
            guard !openNames.isEmpty else { throw failure(.notXML) }
            try takeVerbatim()
            return true
        case UInt8(ascii: "D"): throw failure(.documentType)
        default: throw failure(.notXML)
        }
    }

    // MARK: - Texts

    private func takeText() throws(DataError) {
        followsReturn = false
        while let byte = try peek(), byte != UInt8(ascii: "<") {
            if byte == UInt8(ascii: "&") {
                at += 1
                try takeEntity()
                followsReturn = false
            } else if byte == 0x0d || byte == 0x0a {
                takeLineEnd(byte)
            } else {
                takeRun()
            }
            guard text.count <= Self.textLimit else { throw failure(.tooLong(limit: Self.textLimit)) }
        }
    }

    /// Bytes up to the next that means something.
    private func takeRun() {
        let start = at
        while at < count {
            let byte = buffer.bytes[at]
            if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == 0x0d || byte == 0x0a { break }
            at += 1
        }
        text.append(UnsafeBufferPointer(rebasing: buffer.bytes[start..<at]))
        followsReturn = false
    }

    /// Every spelling of a line end is a newline.
    private func takeLineEnd(_ byte: UInt8) {
        at += 1
        if byte == 0x0d || !followsReturn { text.append(0x0a) }
        followsReturn = byte == 0x0d
    }

    private func takeVerbatim() throws(DataError) {
        var closing = 0
        followsReturn = false
        while let byte = try peek() {
            if byte == 0x0d || byte == 0x0a {
                takeLineEnd(byte)
                closing = 0
            } else {
                at += 1
                text.append(byte)
                followsReturn = false
                if byte == UInt8(ascii: ">"), closing >= 2 {
                    text.count -= 3
                    return
                }
                closing = byte == UInt8(ascii: "]") ? closing + 1 : 0
            }
            guard text.count <= Self.textLimit else { throw failure(.tooLong(limit: Self.textLimit)) }
        }
        throw failure(.cutShort)
    }

    private func takeEntity() throws(DataError) {
        var name: [UInt8] = []
        while let byte = try peek(), byte != UInt8(ascii: ";"), name.count < 12 {
            name.append(byte)
            at += 1
        }
        guard try peek() == UInt8(ascii: ";"), let point = Self.entity(name) else {
            throw failure(.unknownEntity(String(decoding: name, as: UTF8.self)))
        }
        at += 1
        JSONText.append(point, to: text)
    }

    /// The code point that an entity stands for.
    static func entity(_ name: [UInt8]) -> UInt32? {
        switch String(decoding: name, as: UTF8.self) {
        case "lt": return 0x3c
        case "gt": return 0x3e
        case "amp": return 0x26
        case "quot": return 0x22
        case "apos": return 0x27
        case let name where name.hasPrefix("#"):
            let isHex = name.hasPrefix("#x")
            let digits = name.dropFirst(isHex ? 2 : 1)
            guard digits.first?.isHexDigit == true, let point = UInt32(digits, radix: isHex ? 16 : 10), point > 0,
                Unicode.Scalar(point) != nil
            else { return nil }
            return point
        default: return nil
        }
    }
}

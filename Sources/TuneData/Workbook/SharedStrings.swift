/// The texts that cells refer to by number: the one part of a workbook that has to be held as a whole.
struct SharedStrings {
    private let bytes = ByteBuffer()
    private var ends: [Int] = []

    /// None when there is no such part.
    init(_ part: String?, of archive: ZipArchive) throws(DataError) {
        guard let part, archive.entry(part) != nil else { return }
        let text = RichText()
        var ends: [Int] = []
        try Workbook.scan(part, of: archive) { [bytes] scanner throws(DataError) in
            let event = try scanner.next()
            if event == .open, scanner.isNamed("si") { text.begin() }
            try text.take(event, scanner)
            if event == .close, scanner.isNamed("si") {
                bytes.append(text.finish())
                ends.append(bytes.count)
            }
        }
        self.ends = ends
    }

    var count: Int { ends.count }

    subscript(number: Int) -> UnsafeBufferPointer<UInt8>? {
        guard ends.indices.contains(number) else { return nil }
        let start = number == 0 ? 0 : ends[number - 1]
        return UnsafeBufferPointer(rebasing: bytes.bytes[start..<ends[number]])
    }
}

/// Puts a text together out of its runs; how they look and how they are pronounced is left aside.
final class RichText {
    private let bytes = ByteBuffer()
    private var isInText = false
    private var phonetic = 0

    func begin() {
        bytes.count = 0
        isInText = false
        phonetic = 0
    }

    /// A text is put together of any number of pieces, but not to any length.
    func take(_ event: XMLScanner.Event, _ scanner: XMLScanner) throws(DataError) {
        switch event {
        case .open:
            if scanner.isNamed("t") { isInText = true } else if scanner.isNamed("rPh") { phonetic += 1 }
        case .close:
            if scanner.isNamed("t") { isInText = false } else if scanner.isNamed("rPh") { phonetic -= 1 }
        case .text:
            if isInText, phonetic <= 0 { bytes.append(scanner.text.bytes) }
            guard bytes.count <= XMLScanner.textLimit else {
                throw scanner.failure(.tooLong(limit: XMLScanner.textLimit))
            }
        case .end: break
        }
    }

    /// The whole text, valid until the next begins.
    func finish() -> UnsafeBufferPointer<UInt8> {
        Self.unescape(bytes)
        return bytes.bytes
    }

    /// What XML cannot hold is spelled `_x000D_`, by the number of its UTF-16 code unit.
    static func unescape(_ text: ByteBuffer) {
        guard text.bytes.contains(UInt8(ascii: "_")) else { return }
        let source = text.array
        text.count = 0
        var at = 0
        while at < source.count {
            if let unit = escape(source, at) {
                at += 7
                if unit & 0xfc00 == 0xd800, let low = escape(source, at), low & 0xfc00 == 0xdc00 {
                    at += 7
                    JSONText.append(0x10000 + (UInt32(unit & 0x3ff) << 10 | UInt32(low & 0x3ff)), to: text)
                } else {
                    JSONText.append(UInt32(unit), to: text)
                }
            } else {
                text.append(source[at])
                at += 1
            }
        }
    }

    private static func escape(_ text: [UInt8], _ at: Int) -> UInt16? {
        guard at + 7 <= text.count, text[at] == UInt8(ascii: "_"), text[at + 1] == UInt8(ascii: "x"),
            text[at + 6] == UInt8(ascii: "_")
        else { return nil }
        var unit: UInt16 = 0
        for place in at + 2..<at + 6 {
            guard let digit = hexValue(text[place]) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }
}

/// Changes to parts of a line, gathered before they are made.
struct LinePatch {
    private let line: UnsafeBufferPointer<UInt8>
    private var parts: [(range: Range<Int>, bytes: [UInt8])] = []
    /// Objects that were empty and are no more, by their first byte.
    private var filled: Set<Int> = []
    let style: JSONStyle

    init(_ line: UnsafeBufferPointer<UInt8>) {
        self.line = line
        style = JSONStyle(of: line)
    }

    var isEmpty: Bool { parts.isEmpty }

    /// The parts must not overlap.
    mutating func put(_ bytes: [UInt8], in range: Range<Int>) { parts.append((range, bytes)) }

    /// Gives a text of the line another content. Of the text, too, only what differs is spelled anew.
    mutating func put(_ text: String, in value: JSONScanner.Value) {
        guard value.kind == .text else { return put(style.quoted(text), in: value.range) }
        let raw = UnsafeBufferPointer(rebasing: line[value.range])
        guard let (range, bytes) = TextPatch.change(raw, to: text, style) else { return }
        let start = value.range.lowerBound
        put(bytes, in: start + range.lowerBound..<start + range.upperBound)
    }

    /// Puts a member at the end of an object.
    mutating func add(_ key: String, _ value: [UInt8], to object: LocatedObject) {
        let end = object.range.upperBound - 1
        let colon = object.members.last.map { last in
            // As the object's last member spells it.
            Array(line[last.key.range.upperBound + 1..<last.whole.upperBound].prefix { $0 <= 0x20 || $0 == 0x3a })
        }
        let isFirst = object.members.isEmpty && filled.insert(object.range.lowerBound).inserted
        let comma = isFirst ? [] : [UInt8(ascii: ",")] + (colon?.last == 0x20 ? [0x20] : [])
        let place = object.members.last?.whole.upperBound ?? end
        put(comma + style.quoted(key) + (colon ?? [0x3a]) + value, in: place..<place)
    }

    /// The line with all changes made.
    func made() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count + parts.reduce(0) { $0 + $1.bytes.count })
        var from = 0
        // Those at one place stay in the order they were put in.
        let sorted = parts.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        for (_, part) in sorted {
            bytes += line[from..<part.range.lowerBound]
            bytes += part.bytes
            from = part.range.upperBound
        }
        return bytes + line[from...]
    }
}

/// How a line spells what JSON lets one spell in two ways.
struct JSONStyle {
    /// `\/` rather than `/`.
    let escapesSlash: Bool
    /// `\u6f22` rather than `漢`.
    let escapesWide: Bool

    init(of line: UnsafeBufferPointer<UInt8>) {
        var (slash, wide, isPlain) = (false, false, true)
        var at = 0
        while at < line.count {
            let byte = line[at]
            if byte >= 0x80 { isPlain = false }
            guard byte == UInt8(ascii: "\\"), at + 1 < line.count else {
                at += 1
                continue
            }
            if line[at + 1] == UInt8(ascii: "/") { slash = true }
            // Control characters have no other spelling.
            if line[at + 1] == UInt8(ascii: "u"), at + 5 < line.count,
                line[at + 2] != 0x30 || line[at + 3] != 0x30 || line[at + 4] >= 0x38
            {
                wide = true
            }
            at += 2
        }
        escapesSlash = slash
        escapesWide = wide && isPlain
    }

    /// What stands between the quotes.
    func spelled(_ text: [UInt8]) -> [UInt8] {
        let buffer = ByteBuffer(capacity: text.count + 16)
        text.withUnsafeBufferPointer { JSONText.encode($0, into: buffer) }
        let quoted = UnsafeBufferPointer(rebasing: buffer.bytes[1..<buffer.count - 1])
        guard !escapesSlash || escapesWide else { return Array(quoted) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(quoted.count)
        var at = 0
        while at < quoted.count {
            let byte = quoted[at]
            if byte == UInt8(ascii: "\\"), quoted[at + 1] == UInt8(ascii: "/"), !escapesSlash {
                bytes.append(UInt8(ascii: "/"))
                at += 2
            } else if byte == UInt8(ascii: "\\") {
                bytes += quoted[at..<at + 2]
                at += 2
            } else if byte >= 0x80, escapesWide {
                let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
                let end = min(at + length, quoted.count)
                for unit in String(decoding: quoted[at..<end], as: UTF8.self).utf16 {
                    let digits = String(unit, radix: 16)
                    bytes += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
                }
                at = end
            } else {
                bytes.append(byte)
                at += 1
            }
        }
        return bytes
    }

    func quoted(_ text: String) -> [UInt8] { [0x22] + spelled(Array(text.utf8)) + [0x22] }
}

extension XMLScanner {
    /// Where an attribute's value stands in the tag, as it is spelled; nil when there is none.
    ///
    /// With `isPrefixed` the name has a prefix, whichever it is.
    func attribute(_ name: StaticString, isPrefixed: Bool = false) -> Range<Int>? {
        let bytes = tag.bytes
        var at = nameEnd
        while at < bytes.count {
            while at < bytes.count, bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: "/") { at += 1 }
            let start = at
            var colon: Int?
            while at < bytes.count, bytes[at] > 0x20, bytes[at] != UInt8(ascii: "=") {
                if bytes[at] == UInt8(ascii: ":") { colon = at }
                at += 1
            }
            let found = (colon.map { $0 + 1 } ?? start)..<at
            while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
            guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { return nil }
            at += 1
            while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
                return nil
            }
            guard let end = bytes[(at + 1)...].firstIndex(of: bytes[at]) else { return nil }
            if (colon != nil) == isPrefixed, isEqual(found, name) { return at + 1..<end }
            at = end + 1
        }
        return nil
    }

    /// An attribute's text, entities resolved as far as they are known.
    func attributeText(_ name: StaticString, isPrefixed: Bool = false) -> String? {
        guard let range = attribute(name, isPrefixed: isPrefixed) else { return nil }
        let raw = tag.bytes[range]
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        let result = ByteBuffer()
        var at = raw.startIndex
        while at < raw.endIndex {
            if raw[at] == UInt8(ascii: "&"), let end = raw[at...].prefix(14).firstIndex(of: UInt8(ascii: ";")),
                let point = Self.entity(Array(raw[at + 1..<end]))
            {
                JSONText.append(point, to: result)
                at = end + 1
            } else {
                result.append(raw[at])
                at += 1
            }
        }
        return String(decoding: result.bytes, as: UTF8.self)
    }

    /// An attribute that is a number of digits alone; nil when there is none, or it is too large.
    func attributeNumber(_ name: StaticString) -> Int? {
        guard let range = attribute(name), !range.isEmpty, range.count <= 9 else { return nil }
        var number = 0
        for byte in tag.bytes[range] {
            guard byte &- 0x30 < 10 else { return nil }
            number = number * 10 + Int(byte &- 0x30)
        }
        return number
    }

    private func isEqual(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where tag.start[range.lowerBound + index] != name.utf8Start[index] {
            return false
        }
        return true
    }
}

/// A JSON value in memory, with the order and the repeats of an object's keys; for rows that are looked at one by one.
indirect enum JSONValue: Hashable, Sendable {
    case text([UInt8])
    /// As it was spelled.
    case number(String)
    case bool(Bool)
    case null
    case list([JSONValue])
    case object([Member])

    struct Member: Hashable, Sendable {
        let key: String
        let value: JSONValue
    }

    /// The member of an object; the last one where a key stands twice, as everywhere in JSON.
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// A text for showing: broken bytes appear as U+FFFD.
    var string: String? {
        guard case .text(let bytes) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value of a whole text, with nothing but space around it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONScanner.Failure) {
        var scanner = JSONScanner(bytes)
        self = try JSONValue(from: &scanner, depth: 0)
        try scanner.finish()
    }

    init(from scanner: inout JSONScanner, depth: Int) throws(JSONScanner.Failure) {
        scanner.skipSpace()
        guard depth <= JSONScanner.depthLimit else { throw scanner.failure(.nestedTooDeep) }
        switch scanner.next {
        case UInt8(ascii: "{"):
            var members: [Member] = []
            try scanner.enterObject()
            while let key = try scanner.nextKey(isFirst: members.isEmpty) {
                let name = String(decoding: Self.decoded(key, in: scanner.bytes), as: UTF8.self)
                members.append(Member(key: name, value: try JSONValue(from: &scanner, depth: depth + 1)))
            }
            self = .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try scanner.enterList()
            while try scanner.nextElement(isFirst: elements.isEmpty) {
                elements.append(try JSONValue(from: &scanner, depth: depth + 1))
            }
            self = .list(elements)
        default:
            let value = try scanner.value(depth: depth)
            switch value.kind {
            case .yes: self = .bool(true)
            case .no: self = .bool(false)
            case .null: self = .null
            case .number: self = .number(String(decoding: scanner.bytes[value.range], as: UTF8.self))
            case .text, .object, .list: self = .text(Self.decoded(value, in: scanner.bytes))
            }
        }
    }

    /// The bytes of a text with its escapes resolved.
    static func decoded(_ value: JSONScanner.Value, in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let raw = UnsafeBufferPointer(rebasing: bytes[value.range])
        guard value.hasEscapes else { return Array(raw) }
        let buffer = ByteBuffer(capacity: raw.count)
        JSONText.decode(raw, into: buffer)
        return buffer.array
    }
}

extension JSONValue {
    /// The value spelled as JSON, without spaces.
    var json: [UInt8] {
        let buffer = ByteBuffer()
        append(to: buffer)
        return buffer.array
    }

    private func append(to buffer: ByteBuffer) {
        switch self {
        case .text(let bytes): bytes.withUnsafeBufferPointer { JSONText.encode($0, into: buffer) }
        case .number(let spelling): buffer.append(spelling)
        case .bool(let flag): buffer.append(flag ? "true" : "false")
        case .null: buffer.append("null")
        case .list(let elements):
            buffer.append("[")
            for (place, element) in elements.enumerated() {
                if place > 0 { buffer.append(",") }
                element.append(to: buffer)
            }
            buffer.append("]")
        case .object(let members):
            buffer.append("{")
            for (place, member) in members.enumerated() {
                if place > 0 { buffer.append(",") }
                Array(member.key.utf8).withUnsafeBufferPointer { JSONText.encode($0, into: buffer) }
                buffer.append(":")
                member.value.append(to: buffer)
            }
            buffer.append("}")
        }
    }
}

/// Reads one JSON text of a service, within limits that no honest answer comes near.
struct JSONReader {
    /// What is wrong with it, and at which byte.
    enum Fault: Error, Hashable {
        case unexpected(at: Int)
        case cutShort
        case tooDeep
        case tooManyValues
    }

    static let deepest = 128
    static let mostValues = 4_000_000

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var depth = 0
    private var values = 0

    static func read(_ bytes: [UInt8]) throws(Fault) -> JSON {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(Fault) in
                var reader = JSONReader(bytes: buffer)
                if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
                let value = try reader.value()
                reader.skipSpace()
                guard reader.place == buffer.count else { throw .unexpected(at: reader.place) }
                return value
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    // MARK: - Private

    private mutating func value() throws(Fault) -> JSON {
        values += 1
        if values > Self.mostValues { throw .tooManyValues }
        switch try peek() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        // What Python's writer makes of figures that are no numbers.
        case UInt8(ascii: "N"): return try word("NaN", .null)
        case UInt8(ascii: "I"): return try word("Infinity", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(Fault) -> JSON {
        try enter()
        defer { depth -= 1 }
        var members: [JSON.Member] = []
        if try take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            guard try peek() == UInt8(ascii: "\"") else { throw .unexpected(at: place) }
            let name = try string()
            guard try take(UInt8(ascii: ":")) else { throw .unexpected(at: place) }
            members.append(JSON.Member(name: name, value: try value()))
        } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "}")) else { throw .unexpected(at: place) }
        return .object(members)
    }

    private mutating func list() throws(Fault) -> JSON {
        try enter()
        defer { depth -= 1 }
        var items: [JSON] = []
        if try take(UInt8(ascii: "]")) { return .list(items) }
        repeat { items.append(try value()) } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "]")) else { throw .unexpected(at: place) }
        return .list(items)
    }

    private mutating func enter() throws(Fault) {
        place += 1
        depth += 1
        if depth > Self.deepest { throw .tooDeep }
    }

    /// Bytes that are no text become U+FFFD, so that one bad message does not hide a whole answer.
    private mutating func string() throws(Fault) -> String {
        place += 1
        var text: [UInt8] = []
        while true {
            let start = place
            while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
                place += 1
            }
            text += bytes[start..<place]
            guard place < bytes.count else { throw .cutShort }
            place += 1
            if bytes[place - 1] == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            try escape(into: &text)
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(Fault) {
        guard place < bytes.count else { throw .cutShort }
        place += 1
        switch bytes[place - 1] {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): text += UTF8.encode(try scalar())!
        case let sign where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(sign):
            text.append(sign)
        default: throw .unexpected(at: place - 1)
        }
    }

    /// After `\u`; half of a pair becomes U+FFFD.
    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let high = try hex()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let mark = place
        place += 2
        let low = try hex()
        if 0xDC00..<0xE000 ~= low, let pair = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) {
            return pair
        }
        place = mark
        return "\u{FFFD}"
    }

    private mutating func hex() throws(Fault) -> UInt32 {
        guard place + 4 <= bytes.count else { throw .cutShort }
        defer { place += 4 }
        let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
        guard digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            throw .unexpected(at: place)
        }
        return value
    }

    private mutating func number() throws(Fault) -> JSON {
        let start = place
        while place < bytes.count, "+-.0123456789eE".utf8.contains(bytes[place]) { place += 1 }
        let digits = String(decoding: bytes[start..<place], as: UTF8.self)
        if digits == "-", place < bytes.count { return try word("Infinity", .null) }
        guard digits.utf8.count <= 64, Double(digits) != nil else {
            throw place == bytes.count ? .cutShort : .unexpected(at: start)
        }
        return .number(digits)
    }

    private mutating func word(_ word: String, _ value: JSON) throws(Fault) -> JSON {
        guard place + word.utf8.count <= bytes.count else { throw .cutShort }
        guard bytes[place..<place + word.utf8.count].elementsEqual(word.utf8) else { throw .unexpected(at: place) }
        place += word.utf8.count
        return value
    }

    private mutating func skipSpace() {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    }

    private mutating func peek() throws(Fault) -> UInt8 {
        skipSpace()
        guard place < bytes.count else { throw .cutShort }
        return bytes[place]
    }

    private mutating func take(_ byte: UInt8) throws(Fault) -> Bool {
        guard try peek() == byte else { return false }
        place += 1
        return true
    }
}

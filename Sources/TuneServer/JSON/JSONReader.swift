/// What is wrong with a text that should be JSON.
enum JSONFault: Error, Hashable {
    case notUTF8(offset: Int)
    /// Something else stands where a value, a name or a sign must.
    case unexpected(offset: Int)
    case cutShort
    case tooDeep(limit: Int)
    case tooManyValues(limit: Int)

    /// In the protocol's words.
    var description: String {
        switch self {
        case .notUTF8(let offset): "a string at byte \(offset) is not valid text"
        case .unexpected(let offset): "unexpected character at byte \(offset)"
        case .cutShort: "it ends too early"
        case .tooDeep(let limit): "it is nested deeper than \(limit) levels"
        case .tooManyValues(let limit): "it has more than \(limit) values"
        }
    }
}

/// Reads one JSON text that somebody sent: strictly, and within limits, so that no text costs more than its size.
struct JSONReader {
    static let deepest = 64
    static let mostValues = 400_000

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0
    private var values = 0

    static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONFault) in
                var reader = JSONReader(bytes: buffer)
                let value = try reader.value()
                reader.skipSpace()
                guard reader.position == buffer.count else { throw .unexpected(offset: reader.position) }
                return value
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    // MARK: - Private

    private mutating func value() throws(JSONFault) -> JSON {
        values += 1
        if values > Self.mostValues { throw .tooManyValues(limit: Self.mostValues) }
        switch try next() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(JSONFault) -> JSON {
        try enter()
        var object = JSONObject()
        defer { depth -= 1 }
        if try take(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            guard try next() == UInt8(ascii: "\"") else { throw .unexpected(offset: position) }
            let key = try string()
            guard try take(UInt8(ascii: ":")) else { throw .unexpected(offset: position) }
            object.append(key, try value())
        } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "}")) else { throw .unexpected(offset: position) }
        return .object(object)
    }

    private mutating func list() throws(JSONFault) -> JSON {
        try enter()
        var items: [JSON] = []
        defer { depth -= 1 }
        if try take(UInt8(ascii: "]")) { return .list(items) }
        repeat { items.append(try value()) } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "]")) else { throw .unexpected(offset: position) }
        return .list(items)
    }

    /// Goes behind the sign that opens a list or an object.
    private mutating func enter() throws(JSONFault) {
        position += 1
        depth += 1
        if depth > Self.deepest { throw .tooDeep(limit: Self.deepest) }
    }

    private mutating func string() throws(JSONFault) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while true {
            let run = position
            while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
                bytes[position] != UInt8(ascii: "\\")
            { position += 1 }
            text += bytes[run..<position]
            guard position < bytes.count else { throw .cutShort }
            guard bytes[position] >= 0x20 else { throw .unexpected(offset: position) }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\"") { break }
            try escape(into: &text)
        }
        guard let string = String(validating: text, as: UTF8.self) else { throw .notUTF8(offset: start) }
        return string
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard position < bytes.count else { throw .cutShort }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "u"): text += UTF8.encode(try scalar())!
        case let sign where sign == UInt8(ascii: "\"") || sign == UInt8(ascii: "\\") || sign == UInt8(ascii: "/"):
            text.append(sign)
        default: throw .unexpected(offset: position - 1)
        }
    }

    /// After `\u`. Half a character is what some programs cut off; it becomes U+FFFD, as it does in most readers.
    private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
        let high = try hex()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let mark = position
        position += 2
        let low = try hex()
        if low & 0xFC00 == 0xDC00, let scalar = Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + low & 0x3FF) {
            return scalar
        }
        position = mark
        return "\u{FFFD}"
    }

    private mutating func hex() throws(JSONFault) -> UInt32 {
        guard position + 4 <= bytes.count else { throw .cutShort }
        var value: UInt32 = 0
        for place in position..<position + 4 {
            guard bytes[place] < 0x80, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
                throw .unexpected(offset: place)
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    /// In the form that JSON gives numbers: no leading zeros, no sign but `-`, digits on both sides of a point.
    private mutating func number() throws(JSONFault) -> JSON {
        let start = position
        pass("-")
        let whole = position
        let digits = passDigits()
        guard digits > 0, digits == 1 || bytes[whole] != UInt8(ascii: "0") else { throw .unexpected(offset: start) }
        if pass("."), passDigits() == 0 { throw .unexpected(offset: start) }
        if pass("eE") {
            pass("+-")
            if passDigits() == 0 { throw .unexpected(offset: start) }
        }
        guard position - start <= 64 else { throw .unexpected(offset: start) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw .unexpected(offset: start) }
        return .number(value)
    }

    @discardableResult
    private mutating func pass(_ signs: String) -> Bool {
        guard position < bytes.count, signs.utf8.contains(bytes[position]) else { return false }
        position += 1
        return true
    }

    private mutating func passDigits() -> Int {
        let start = position
        while position < bytes.count, 0x30...0x39 ~= bytes[position] { position += 1 }
        return position - start
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw .cutShort }
        let found = UnsafeBufferPointer(rebasing: bytes[position..<position + count])
        guard found.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: count)) else {
            throw .unexpected(offset: position)
        }
        position += count
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    /// The next byte that is not white space, which stays.
    private mutating func next() throws(JSONFault) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw .cutShort }
        return bytes[position]
    }

    private mutating func take(_ byte: UInt8) throws(JSONFault) -> Bool {
        guard try next() == byte else { return false }
        position += 1
        return true
    }
}

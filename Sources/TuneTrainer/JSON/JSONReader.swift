/// Reads JSON from front to back and builds nothing that is not asked for, so that a file costs little more than its
/// own bytes, whatever it claims.
struct JSONReader {
    let path: String
    /// Bytes from the start of `bytes`.
    private var position = 0
    private let bytes: UnsafeRawBufferPointer
    /// Where in the file `bytes` begin.
    private let origin: Int
    private var depth = 0

    static let deepest = 64

    /// `bytes` must outlive the reader; they begin at `origin` in the file that errors speak of.
    init(_ bytes: UnsafeRawBufferPointer, path: String, origin: Int = 0) {
        self.bytes = bytes
        self.origin = origin
        self.path = path
    }

    /// Where the reader stands, in bytes from the start of the file.
    var offset: Int { origin + position }

    /// What the next value is, by its first character; nil for none of them.
    mutating func peek() throws(TrainerError) -> JSONFault.Kind? {
        switch try next() {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        default: nil
        }
    }

    /// Calls `body` at each value, which it must read, with its key.
    mutating func readObject(
        _ body: (inout JSONReader, String) throws(TrainerError) -> Void
    ) throws(TrainerError) {
        guard try take(UInt8(ascii: "{")) else { throw fault(.expected(.object)) }
        try enter()
        defer { depth -= 1 }
        if try take(UInt8(ascii: "}")) { return }
        repeat {
            let key = try readString()
            guard try take(UInt8(ascii: ":")) else { throw fault(.expected(.colon)) }
            try body(&self, key)
        } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "}")) else { throw fault(.expected(.commaOrEnd)) }
    }

    /// Calls `body` at each element, which it must read, with its index.
    mutating func readArray(
        _ body: (inout JSONReader, Int) throws(TrainerError) -> Void
    ) throws(TrainerError) {
        guard try take(UInt8(ascii: "[")) else { throw fault(.expected(.array)) }
        try enter()
        defer { depth -= 1 }
        if try take(UInt8(ascii: "]")) { return }
        var index = 0
        repeat {
            try body(&self, index)
            index += 1
        } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "]")) else { throw fault(.expected(.commaOrEnd)) }
    }

    mutating func readBool() throws(TrainerError) -> Bool {
        if try takeWord("true") { return true }
        if try takeWord("false") { return false }
        throw fault(.expected(.bool))
    }

    /// Whether `null` stood here.
    mutating func takeNull() throws(TrainerError) -> Bool { try takeWord("null") }

    mutating func readInteger() throws(TrainerError) -> Int {
        let start = try numberStart(.integer)
        guard let value = Int(try numberText()) else { throw fault(.expected(.integer), at: start) }
        return value
    }

    mutating func readNumber() throws(TrainerError) -> Double {
        let start = try numberStart(.number)
        guard let value = Double(try numberText()), value.isFinite else { throw fault(.badNumber, at: start) }
        return value
    }

    /// Passes over one value of any kind.
    mutating func skip() throws(TrainerError) {
        switch try peek() {
        case .object: try readObject { (reader, _) throws(TrainerError) in try reader.skip() }
        case .array: try readArray { (reader, _) throws(TrainerError) in try reader.skip() }
        case .string: _ = try readBytes()
        case .bool: _ = try readBool()
        case .number: _ = try readNumber()
        default: guard try takeNull() else { throw fault(.expected(.value)) }
        }
    }

    /// Nothing but white space may follow.
    mutating func finish() throws(TrainerError) {
        skipSpace()
        guard position == bytes.count else { throw fault(.expected(.end)) }
    }

    /// An error about this file, here or at an earlier place.
    func fault(_ fault: JSONFault, at place: Int? = nil) -> TrainerError {
        .damagedJSON(path: path, byteOffset: place ?? offset, fault)
    }
}

// MARK: - Strings

extension JSONReader {
    mutating func readString() throws(TrainerError) -> String {
        let start = offset
        let bytes = try readBytes()
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault(.badString, at: start) }
        return text
    }

    /// A string's bytes with its escapes resolved.
    mutating func readBytes() throws(TrainerError) -> [UInt8] {
        guard try take(UInt8(ascii: "\"")) else { throw fault(.expected(.string)) }
        var text: [UInt8] = []
        while true {
            let start = position
            while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
                bytes[position] != UInt8(ascii: "\\")
            { position += 1 }
            text += bytes[start..<position]
            guard position < bytes.count else { throw fault(.cutShort) }
            guard bytes[position] >= 0x20 else { throw fault(.badString) }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\"") { return text }
            try readEscape(into: &text)
        }
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(TrainerError) {
        guard position < bytes.count else { throw fault(.cutShort) }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "u"): text += Array(String(Character(try readScalar())).utf8)
        case let sign where sign == UInt8(ascii: "\"") || sign == UInt8(ascii: "\\") || sign == UInt8(ascii: "/"):
            text.append(sign)
        default: throw fault(.badString, at: offset - 1)
        }
    }

    /// After `\u`: one character, in two halves where it lies beyond U+FFFF.
    private mutating func readScalar() throws(TrainerError) -> Unicode.Scalar {
        let start = offset
        let high = try readHex()
        guard high & 0xFC00 == 0xD800 else {
            guard let scalar = Unicode.Scalar(high) else { throw fault(.badString, at: start) }
            return scalar
        }
        guard position + 2 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw fault(.badString, at: start) }
        position += 2
        let low = try readHex()
        guard low & 0xFC00 == 0xDC00, let scalar = Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + low & 0x3FF)
        else { throw fault(.badString, at: start) }
        return scalar
    }

    private mutating func readHex() throws(TrainerError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault(.cutShort) }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw fault(.badString)
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }
}

// MARK: - Signs

extension JSONReader {
    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    /// The next byte that is not white space, which stays.
    private mutating func next() throws(TrainerError) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw fault(.cutShort) }
        return bytes[position]
    }

    private mutating func take(_ byte: UInt8) throws(TrainerError) -> Bool {
        guard try next() == byte else { return false }
        position += 1
        return true
    }

    private mutating func takeWord(_ word: StaticString) throws(TrainerError) -> Bool {
        _ = try next()
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count,
            UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
                .elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: count))
        else { return false }
        position += count
        return true
    }

    private mutating func enter() throws(TrainerError) {
        depth += 1
        guard depth <= Self.deepest else { throw fault(.tooDeep(limit: Self.deepest)) }
    }

    private mutating func numberStart(_ kind: JSONFault.Kind) throws(TrainerError) -> Int {
        guard try peek() == .number else { throw fault(.expected(kind)) }
        return offset
    }

    /// The characters of a number; whether they make one is for the caller to see.
    private mutating func numberText() throws(TrainerError) -> String {
        let start = position
        while position < bytes.count, "+-.0123456789eE".utf8.contains(bytes[position]) { position += 1 }
        guard position - start <= 40 else { throw fault(.badNumber, at: origin + start) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}

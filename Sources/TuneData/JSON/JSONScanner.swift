import CText

/// Steps over JSON text in place: values are found and checked, not copied.
///
/// Stricter than it must be nowhere, and laxer in one thing: raw control characters inside a text are let through, as
/// they can be told and mended. Objects and lists nest at most `depthLimit` deep.
struct JSONScanner {
    static let depthLimit = 512

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// What stopped the scanner, and at which byte.
    struct Failure: Error {
        let problem: JSONProblem
        let offset: Int
    }

    /// Where a value stands. For a text, `range` is what is between the quotes, escapes and all.
    struct Value {
        enum Kind: UInt8 { case text, number, object, list, yes, no, null }

        var kind: Kind
        var range: Range<Int>
        /// Whether a text holds a backslash; it then has to be decoded.
        var hasEscapes = false
        /// Whether a text holds a byte above 0x7f.
        var hasWide = false
        /// Whether a text holds a raw byte below 0x20.
        var hasControls = false
    }

    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at the position; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func failure(_ problem: JSONProblem) -> Failure {
        Failure(problem: isAtEnd && problem != .unclosedText ? .unexpectedEnd : problem, offset: position)
    }

    // MARK: - Objects and lists, step by step

    /// Steps into an object. Then call `nextKey` until it gives nil, and `value` (or another step) after each key.
    mutating func enterObject() throws(Failure) {
        skipSpace()
        guard next == UInt8(ascii: "{") else { throw failure(.notAnObject) }
        position += 1
    }

    /// The next key of the object stepped into, its colon passed; nil at its closing brace, which is passed too.
    mutating func nextKey(isFirst: Bool) throws(Failure) -> Value? {
        skipSpace()
        if next == UInt8(ascii: "}") {
            position += 1
            return nil
        }
        if !isFirst {
            guard next == UInt8(ascii: ",") else { throw failure(.expectedCommaOrEnd) }
            position += 1
            skipSpace()
        }
        guard next == UInt8(ascii: "\"") else { throw failure(.expectedKey) }
        let key = try text()
        skipSpace()
        guard next == UInt8(ascii: ":") else { throw failure(.expectedColon) }
        position += 1
        return key
    }

    /// Steps into a list. Then call `nextElement` until it gives false, and `value` (or another step) after each true.
    mutating func enterList() throws(Failure) {
        skipSpace()
        guard next == UInt8(ascii: "[") else { throw failure(.expectedValue) }
        position += 1
    }

    /// Whether another element follows, its comma passed; false at the closing bracket, which is passed too.
    mutating func nextElement(isFirst: Bool) throws(Failure) -> Bool {
        skipSpace()
        if next == UInt8(ascii: "]") {
            position += 1
            return false
        }
        if !isFirst {
            guard next == UInt8(ascii: ",") else { throw failure(.expectedCommaOrEnd) }
            position += 1
            skipSpace()
            guard next != UInt8(ascii: "]") else { throw failure(.expectedValue) }
        }
        return true
    }

    /// Passes what may follow the last value: nothing but space.
    mutating func finish() throws(Failure) {
        skipSpace()
        guard isAtEnd else { throw failure(.textAfterEnd) }
    }

    // MARK: - Values

    /// Passes one value of any kind.
    mutating func value(depth: Int = 0) throws(Failure) -> Value {
        skipSpace()
        guard let first = next else { throw failure(.unexpectedEnd) }
        let start = position
        switch first {
        case UInt8(ascii: "\""):
            return try text()
        case UInt8(ascii: "{"):
            guard depth < Self.depthLimit else { throw failure(.nestedTooDeep) }
            try enterObject()
            var isFirst = true
            while try nextKey(isFirst: isFirst) != nil {
                isFirst = false
                _ = try value(depth: depth + 1)
            }
            return Value(kind: .object, range: start..<position)
        case UInt8(ascii: "["):
            guard depth < Self.depthLimit else { throw failure(.nestedTooDeep) }
            try enterList()
            var isFirst = true
            while try nextElement(isFirst: isFirst) {
                isFirst = false
                _ = try value(depth: depth + 1)
            }
            return Value(kind: .list, range: start..<position)
        case UInt8(ascii: "t"):
            return try word("true", .yes)
        case UInt8(ascii: "f"):
            return try word("false", .no)
        case UInt8(ascii: "n"):
            return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default:
            throw failure(.expectedValue)
        }
    }

    private mutating func word(_ word: StaticString, _ kind: Value.Kind) throws(Failure) -> Value {
        let start = position
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw failure(.expectedValue) }
            position += 1
        }
        return Value(kind: kind, range: start..<position)
    }

    private mutating func number() throws(Failure) -> Value {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return Value(kind: .number, range: start..<position)
    }

    private mutating func digits() throws(Failure) {
        let start = position
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        guard position > start else { throw failure(.badNumber) }
    }

    /// Passes a text, from its opening quote to behind its closing one.
    private mutating func text() throws(Failure) -> Value {
        let opening = position
        var at = position + 1
        var high: UInt8 = 0
        var found = Value(kind: .text, range: at..<at)
        let start = at
        while true {
            at = tt_json_plain(bytes.baseAddress, at, bytes.count, &high)
            guard at < bytes.count else {
                position = opening
                throw Failure(problem: .unclosedText, offset: opening)
            }
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                found.hasEscapes = true
                at = try afterEscape(at)
            } else {
                found.hasControls = true
                at += 1
            }
        }
        found.range = start..<at
        found.hasWide = high >= 0x80
        position = at + 1
        return found
    }

    private func afterEscape(_ at: Int) throws(Failure) -> Int {
        guard at + 1 < bytes.count else { throw Failure(problem: .unclosedText, offset: at) }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return at + 2
        case UInt8(ascii: "u"):
            guard at + 6 <= bytes.count, (2..<6).allSatisfy({ hexValue(bytes[at + $0]) != nil }) else {
                throw Failure(problem: .badEscape, offset: at)
            }
            return at + 6
        default:
            throw Failure(problem: .badEscape, offset: at)
        }
    }
}

/// What a hexadecimal digit stands for; nil for any other byte.
@inline(__always)
func hexValue(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte &- 0x30)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte &- 0x57)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte &- 0x37)
    default: nil
    }
}

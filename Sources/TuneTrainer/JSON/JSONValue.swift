/// A JSON value as a tree, for the small files that say how a model is made.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// What it is, for an error.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// Null for anything that is not an object with such a key.
    subscript(key: String) -> JSONValue {
        guard case .object(let values) = self else { return .null }
        return values[key] ?? .null
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    var integer: Int? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    var isTrue: Bool { self == .bool(true) }
}

extension JSONReader {
    /// Reads one value whole; `limit` is the most values it may consist of.
    mutating func readValue(limit: Int = 100_000) throws(TrainerError) -> JSONValue {
        var left = limit
        return try readValue(left: &left, limit: limit)
    }

    private mutating func readValue(left: inout Int, limit: Int) throws(TrainerError) -> JSONValue {
        left -= 1
        guard left >= 0 else { throw fault(.tooManyValues(limit: limit)) }
        switch try peek() {
        case .object:
            var values: [String: JSONValue] = [:]
            try readObject { (reader, key) throws(TrainerError) in
                let place = reader.offset
                let value = try reader.readValue(left: &left, limit: limit)
                guard values.updateValue(value, forKey: key) == nil else {
                    throw reader.fault(.duplicateKey(key), at: place)
                }
            }
            return .object(values)
        case .array:
            var values: [JSONValue] = []
            try readArray { (reader, _) throws(TrainerError) in
                values.append(try reader.readValue(left: &left, limit: limit))
            }
            return .array(values)
        case .string: return .string(try readString())
        case .bool: return .bool(try readBool())
        case .number:
            var reader = self
            if let integer = try? reader.readInteger() {
                self = reader
                return .integer(integer)
            }
            return .number(try readNumber())
        default:
            guard try takeNull() else { throw fault(.expected(.value)) }
            return .null
        }
    }
}

/// A JSON file's settings, by key. A missing key and a value of another type are errors that name the key.
struct JSONSettings: Sendable {
    let path: String
    let values: JSONValue

    /// Bytes that such a file may have.
    private static let largest = 16 << 20

    init(path: String) throws(TrainerError) {
        try self.init(MappedFile(path: path))
    }

    init(_ file: MappedFile) throws(TrainerError) {
        guard file.count <= Self.largest else {
            throw .damagedJSON(path: file.path, byteOffset: Self.largest, .expected(.end))
        }
        defer { withExtendedLifetime(file) {} }
        var reader = JSONReader(file.bytes, path: file.path)
        guard try reader.peek() == .object else { throw reader.fault(.expected(.object)) }
        let values = try reader.readValue()
        try reader.finish()
        self.init(path: file.path, values: values)
    }

    init(path: String, values: JSONValue) {
        self.path = path
        self.values = values
    }

    /// Null when missing.
    subscript(key: String) -> JSONValue { values[key] }

    /// Without `fallback` the key must be there; a null is as good as a missing key.
    func integer(_ key: String, _ range: ClosedRange<Int>, or fallback: Int? = nil) throws(TrainerError) -> Int {
        let value = values[key]
        let found = value == .null ? fallback : value.integer
        guard value != .null || found != nil else { throw .missingMetadata(path: path, key: key) }
        guard let integer = found else { throw wrong(key, expected: "integer", value) }
        guard range.contains(integer) else {
            throw .wrongMetadata(
                path: path, key: key, expected: "\(range.lowerBound)…\(range.upperBound)", found: "\(integer)")
        }
        return integer
    }

    func number(_ key: String, or fallback: Double? = nil) throws(TrainerError) -> Double {
        switch values[key] {
        case .number(let value): return value
        case .integer(let value): return Double(value)
        case .null:
            guard let fallback else { throw .missingMetadata(path: path, key: key) }
            return fallback
        case let value: throw wrong(key, expected: "number", value)
        }
    }

    func bool(_ key: String, or fallback: Bool) throws(TrainerError) -> Bool {
        switch values[key] {
        case .bool(let value): return value
        case .null: return fallback
        case let value: throw wrong(key, expected: "bool", value)
        }
    }

    func string(_ key: String) throws(TrainerError) -> String {
        switch values[key] {
        case .string(let value): return value
        case .null: throw .missingMetadata(path: path, key: key)
        case let value: throw wrong(key, expected: "string", value)
        }
    }

    private func wrong(_ key: String, expected: String, _ value: JSONValue) -> TrainerError {
        .wrongMetadata(path: path, key: key, expected: expected, found: value.kind)
    }
}

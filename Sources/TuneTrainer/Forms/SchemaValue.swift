import TuneModel

/// A JSON value whose objects keep the order of their keys, as answers are to have it.
enum SchemaValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([SchemaValue])
    case object([Pair])

    struct Pair: Hashable, Sendable {
        let key: String
        let value: SchemaValue
    }

    /// Reads a whole text; throws where it is not JSON.
    init(_ source: String) throws(FormFault) {
        var source = source
        self = try source.withUTF8 { bytes in
            Result { () throws(TrainerError) in
                var reader = JSONReader(UnsafeRawBufferPointer(bytes), path: "")
                let value = try SchemaValue(&reader)
                try reader.finish()
                return value
            }.mapError { error -> FormFault in
                if case .damagedJSON(_, let offset, _) = error { .schemaSyntax(byteOffset: offset) } else { .tooLarge }
            }
        }.get()
    }

    private init(_ reader: inout JSONReader) throws(TrainerError) {
        switch try reader.peek() {
        case .object:
            var pairs: [Pair] = []
            var known: Set<String> = []
            try reader.readObject { (reader, key) throws(TrainerError) in
                guard known.insert(key).inserted else { throw reader.fault(.duplicateKey(key)) }
                pairs.append(Pair(key: key, value: try SchemaValue(&reader)))
            }
            self = .object(pairs)
        case .array:
            var values: [SchemaValue] = []
            try reader.readArray { (reader, _) throws(TrainerError) in values.append(try SchemaValue(&reader)) }
            self = .list(values)
        case .string: self = .text(try reader.readString())
        case .bool: self = .bool(try reader.readBool())
        case .number:
            var ahead = reader
            if let integer = try? ahead.readInteger() {
                reader = ahead
                self = .integer(integer)
            } else {
                self = .number(try reader.readNumber())
            }
        default:
            guard try reader.takeNull() else { throw reader.fault(.expected(.value)) }
            self = .null
        }
    }

    /// Nil for what is no object, or has no such key.
    subscript(key: String) -> SchemaValue? {
        guard case .object(let pairs) = self else { return nil }
        return pairs.first { $0.key == key }?.value
    }

    var pairs: [Pair]? { if case .object(let pairs) = self { pairs } else { nil } }
    var elements: [SchemaValue]? { if case .list(let values) = self { values } else { nil } }
    var string: String? { if case .text(let text) = self { text } else { nil } }

    /// A whole number from 0 on.
    var size: Int? { if case .integer(let value) = self, value >= 0 { value } else { nil } }

    /// What JSON schemas call its kind; a whole number is an integer, however it is written.
    var type: JSONType {
        switch self {
        case .null: .null
        case .bool: .boolean
        case .integer: .integer
        case .number(let value): value == value.rounded() ? .integer : .number
        case .text: .string
        case .list: .array
        case .object: .object
        }
    }

    /// As JSON, on one line.
    var json: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let text): "\"" + text.unicodeScalars.map(JSONCharacters.written).joined() + "\""
        case .list(let values): "[" + values.map(\.json).joined(separator: ", ") + "]"
        case .object(let pairs):
            "{" + pairs.map { SchemaValue.text($0.key).json + ": " + $0.value.json }.joined(separator: ", ") + "}"
        }
    }
}

enum JSONType: String, CaseIterable, Hashable, Sendable {
    case null, boolean, integer, number, string, array, object

    /// Whether a value may be of both.
    func overlaps(_ other: JSONType) -> Bool {
        self == other || Set([self, other]) == [.integer, .number]
    }
}

import Foundation

/// What an expression of a template comes to, with the meaning it has in Python.
enum JinjaValue {
    /// A name or a key that there is none of.
    case undefined
    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JinjaValue])
    case object(JinjaObject)
    /// Variables that a template may change from within a loop.
    case namespace(JinjaNamespace)
    case function(JinjaFunction)

    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .number(let value): value != 0
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.keys.isEmpty
        case .namespace, .function: true
        }
    }

    /// As it is written into the output.
    var written: String {
        switch self {
        case .undefined: ""
        case .none: "None"
        case .bool(let value): value ? "True" : "False"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let text): text
        case .array(let elements): "[" + elements.map(\.quoted).joined(separator: ", ") + "]"
        case .object(let object):
            "{" + object.keys.map { "\(JinjaValue.string($0).quoted): \(object[$0].quoted)" }.joined(separator: ", ")
                + "}"
        case .namespace, .function: "<\(kind)>"
        }
    }

    /// As Python shows it within a list.
    private var quoted: String {
        guard case .string(let text) = self else { return written }
        let mark = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
            .replacing("\r", with: "\\r")
        return mark + (mark == "'" ? escaped.replacing("'", with: "\\'") : escaped) + mark
    }

    /// What it is, for a fault.
    var kind: String {
        switch self {
        case .undefined: "undefined"
        case .none: "none"
        case .bool: "bool"
        case .integer, .number: "number"
        case .string: "string"
        case .array: "list"
        case .object: "dict"
        case .namespace: "namespace"
        case .function: "function"
        }
    }

    /// Whole and broken numbers alike, and booleans as Python counts them.
    var asNumber: Double? {
        switch self {
        case .bool(let value): value ? 1 : 0
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    var asInteger: Int? {
        switch self {
        case .bool(let value): value ? 1 : 0
        case .integer(let value): value
        default: nil
        }
    }

    /// What a loop over it sees: elements, keys, characters; nil for what cannot be looped over.
    var elements: [JinjaValue]? {
        switch self {
        case .undefined: []
        case .array(let elements): elements
        case .object(let object): object.keys.map(JinjaValue.string)
        case .string(let text): text.unicodeScalars.map { .string(String($0)) }
        default: nil
        }
    }

    func equals(_ other: JinjaValue) -> Bool {
        switch (self, other) {
        case (.undefined, .undefined), (.none, .none): true
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
        case (.object(let a), .object(let b)):
            a.keys.count == b.keys.count && a.keys.allSatisfy { b.values[$0].map(a[$0].equals) ?? false }
        case (.namespace(let a), .namespace(let b)): a === b
        default: asNumber != nil && asNumber == other.asNumber
        }
    }
}

/// A dictionary that keeps its keys in order.
struct JinjaObject {
    private(set) var keys: [String] = []
    private(set) var values: [String: JinjaValue] = [:]

    init(_ pairs: [(String, JinjaValue)] = []) {
        for (key, value) in pairs { self[key] = value }
    }

    /// Undefined for a key that there is none of.
    subscript(key: String) -> JinjaValue {
        get { values[key] ?? .undefined }
        set { if values.updateValue(newValue, forKey: key) == nil { keys.append(key) } }
    }
}

final class JinjaNamespace {
    var values: JinjaObject
    init(_ values: JinjaObject) { self.values = values }
}

/// A function, a macro, or a method with the value that it belongs to.
struct JinjaFunction {
    let call: (_ arguments: JinjaArguments) throws(JinjaFault) -> JinjaValue
}

/// What a call is given: by place, and by name.
struct JinjaArguments {
    var places: [JinjaValue] = []
    var names: [(String, JinjaValue)] = []

    /// By place or by name; undefined when left out.
    subscript(place: Int, name: String) -> JinjaValue {
        if place < places.count { return places[place] }
        return names.first { $0.0 == name }?.1 ?? .undefined
    }
}

extension JinjaValue {
    /// As Python's `json.dumps` writes it.
    func json(indent: Int? = nil, level: Int = 0) -> String {
        func lines(_ parts: [String], _ open: String, _ close: String) -> String {
            guard !parts.isEmpty else { return open + close }
            guard let indent = indent.map({ max(0, min(16, $0)) }) else {
                return open + parts.joined(separator: ", ") + close
            }
            let margin = "\n" + String(repeating: " ", count: indent * (level + 1))
            let end = "\n" + String(repeating: " ", count: indent * level)
            return open + margin + parts.joined(separator: "," + margin) + end + close
        }
        switch self {
        case .undefined, .none, .namespace, .function: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .integer, .number: return written
        case .string(let text): return Self.jsonString(text)
        case .array(let elements):
            return lines(elements.map { $0.json(indent: indent, level: level + 1) }, "[", "]")
        case .object(let object):
            let parts = object.keys.map {
                "\(Self.jsonString($0)): \(object[$0].json(indent: indent, level: level + 1))"
            }
            return lines(parts, "{", "}")
        }
    }

    /// JSON with `\u` escapes for all beyond ASCII.
    static func escapedBeyondASCII(_ json: String) -> String {
        json.utf16.reduce(into: "") { made, unit in
            let digits = String(unit, radix: 16)
            made +=
                unit < 0x80
                ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    private static func jsonString(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case "\u{8}": json += "\\b"
            case "\u{C}": json += "\\f"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}

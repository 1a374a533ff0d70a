import Foundation

/// A JSON value; objects keep the order of their keys.
indirect enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSON])
    case object(JSONObject)

    init(_ value: String?) { self = value.map(JSON.text) ?? .null }
    init(_ value: Int?) { self = value.map(JSON.integer) ?? .null }
    init(_ value: Double?) { self = value.map(JSON.number) ?? .null }
    /// Whole seconds since 1970, as the protocol has it.
    init(_ value: Date?) { self = value.map { .integer(Int($0.timeIntervalSince1970)) } ?? .null }

    static func object(_ pairs: [(String, JSON)]) -> JSON { .object(JSONObject(pairs)) }

    /// What it is, in the protocol's words.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .text: "a string"
        case .list: "an array"
        case .object: "an object"
        }
    }

    var isNull: Bool { self == .null }

    /// The member of this name; null where there is none.
    subscript(key: String) -> JSON {
        guard case .object(let object) = self else { return .null }
        return object[key]
    }

    /// The element at a place; null where there is none.
    subscript(index: Int) -> JSON {
        guard case .list(let items) = self, items.indices.contains(index) else { return .null }
        return items[index]
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var list: [JSON]? {
        guard case .list(let items) = self else { return nil }
        return items
    }

    var integer: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

/// The members of a JSON object. Of a name that occurs twice the last counts, as most readers have it.
struct JSONObject: Hashable, Sendable {
    private(set) var pairs: [JSONPair] = []

    init(_ pairs: [(String, JSON)] = []) { self.pairs = pairs.map(JSONPair.init) }

    subscript(key: String) -> JSON { pairs.last { $0.key == key }?.value ?? .null }

    mutating func append(_ key: String, _ value: JSON) { pairs.append(JSONPair(key: key, value: value)) }
}

struct JSONPair: Hashable, Sendable {
    let key: String
    let value: JSON
}

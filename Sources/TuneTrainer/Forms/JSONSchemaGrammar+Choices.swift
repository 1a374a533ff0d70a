import Foundation
import TuneModel

extension JSONSchemaGrammar {
    /// Refuses choices of which one value could fit two: `oneOf` would then be broken.
    mutating func checkApart(_ choices: [SchemaValue], at place: String) throws(FormFault) {
        for second in choices.indices {
            for first in 0..<second where !areApart(choices[first], choices[second], hops: 8) {
                throw .overlap(first, second, at: place)
            }
        }
    }

    /// Whether nothing that is written for one fits the other; false where that cannot be seen.
    private mutating func areApart(_ first: SchemaValue, _ second: SchemaValue, hops: Int) -> Bool {
        comparisons += 1
        guard hops > 0, comparisons < 100_000, let first = followed(first), let second = followed(second) else {
            return false
        }
        if first == .bool(false) || second == .bool(false) { return true }
        if let a = first.values, let b = second.values { return Set(a.map(\.json)).isDisjoint(with: b.map(\.json)) }
        guard let a = first.types, let b = second.types else { return false }
        if !a.contains(where: { type in b.contains { type.overlaps($0) } }) { return true }
        guard a == [.object], b == [.object] else { return false }
        return never(first, fits: second, hops: hops - 1) && never(second, fits: first, hops: hops - 1)
    }

    /// Whether no object that is written for the one fits the other.
    private mutating func never(_ object: SchemaValue, fits other: SchemaValue, hops: Int) -> Bool {
        let required = (object["required"]?.elements ?? []).compactMap(\.string)
        let isClosed = object["properties"] != nil && [nil, .bool(false)].contains(object["additionalProperties"])
        let missing = (other["required"]?.elements ?? []).compactMap(\.string)
            .contains { object["properties"]?[$0] == nil && !required.contains($0) }
        if isClosed && missing { return true }
        for key in required {
            guard let theirs = other["properties"]?[key] else {
                if other["additionalProperties"] == .bool(false) { return true }
                continue
            }
            if let own = object["properties"]?[key], areApart(own, theirs, hops: hops) { return true }
        }
        return false
    }

    /// The schema that a chain of references ends at.
    private func followed(_ schema: SchemaValue) -> SchemaValue? {
        var schema = schema
        for _ in 0..<16 {
            guard let reference = schema["$ref"] else { return schema }
            guard let target = reference.string.flatMap(root.resolve) else { return nil }
            schema = target.schema
        }
        return nil
    }
}

extension SchemaValue {
    /// The values that are named one by one, if they are; nil also for an empty or malformed list.
    var values: [SchemaValue]? {
        if let value = self["const"] { return [value] }
        guard let values = self["enum"]?.elements, !values.isEmpty else { return nil }
        return values
    }

    /// The kinds of value that the schema itself restricts to.
    fileprivate var types: [JSONType]? {
        if let values { return values.map(\.type) }
        switch self["type"] {
        case .text(let name): return JSONType(rawValue: name).map { [$0] }
        case .list(let names):
            let types = names.compactMap { $0.string.flatMap(JSONType.init) }
            return types.count == names.count ? types : nil
        default: return nil
        }
    }

    /// What a reference within the same schema leads to, and where that is.
    func resolve(_ reference: String) -> (schema: SchemaValue, place: String)? {
        guard reference.hasPrefix("#"), let pointer = reference.dropFirst().removingPercentEncoding else { return nil }
        if pointer.isEmpty { return (self, "#") }
        guard pointer.hasPrefix("/") else { return nil }
        var value = self
        for part in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            if let next = value[key] {
                value = next
            } else if let elements = value.elements, let index = Int(key), elements.indices.contains(index) {
                value = elements[index]
            } else {
                return nil
            }
        }
        return (value, "#" + pointer)
    }
}

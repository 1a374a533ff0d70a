import Foundation

/// Whether JSON fits a JSON schema, found by looking at the finished value: nothing of it is shared with what writes.
struct SchemaChecker {
    private let root: Value

    private enum Value: Decodable, Equatable {
        case null
        case bool(Bool)
        case number(Double)
        case text(String)
        case list([Value])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if box.decodeNil() {
                self = .null
            } else if let value = try? box.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? box.decode(Double.self) {
                self = .number(value)
            } else if let value = try? box.decode(String.self) {
                self = .text(value)
            } else if let values = try? box.decode([Value].self) {
                self = .list(values)
            } else {
                self = .object(try box.decode([String: Value].self))
            }
        }

        subscript(key: String) -> Value? { if case .object(let values) = self { values[key] } else { nil } }
        var text: String? { if case .text(let text) = self { text } else { nil } }
        var number: Double? { if case .number(let number) = self { number } else { nil } }
        var list: [Value] { if case .list(let values) = self { values } else { [] } }

        func isA(_ type: String) -> Bool {
            switch (self, type) {
            case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.text, "string"), (.list, "array"),
                (.object, "object"):
                true
            case (.number(let number), "integer"): number == number.rounded()
            default: false
            }
        }
    }

    init(_ schema: String) throws { root = try JSONDecoder().decode(Value.self, from: Data(schema.utf8)) }

    /// Nil where it fits, else why not.
    func objection(to json: String) -> String? {
        do {
            return objection(to: try JSONDecoder().decode(Value.self, from: Data(json.utf8)), root, at: "#")
        } catch {
            return "\(error)"
        }
    }

    private func objection(to value: Value, _ schema: Value, at place: String) -> String? {
        if schema == .bool(false) { return "\(place): false" }
        if let reference = schema["$ref"]?.text {
            let target = reference.dropFirst(2).split(separator: "/").reduce(root) { $0[String($1)] ?? .bool(false) }
            return objection(to: value, target, at: reference)
        }
        if let type = schema["type"] {
            let names = type.text.map { [$0] } ?? type.list.compactMap(\.text)
            if !names.contains(where: value.isA) { return "\(place): no \(names)" }
        }
        if let constant = schema["const"], value != constant { return "\(place): const" }
        if let values = schema["enum"], !values.list.contains(value) { return "\(place): enum" }
        for key in ["anyOf", "allOf", "oneOf"] {
            guard let choices = schema[key]?.list else { continue }
            let fitting = choices.count { objection(to: value, $0, at: place) == nil }
            let isRight = key == "allOf" ? fitting == choices.count : key == "oneOf" ? fitting == 1 : fitting > 0
            if !isRight { return "\(place): \(key) \(fitting)" }
        }
        return switch value {
        case .null, .bool: nil
        case .number(let number): objection(to: number, schema, at: place)
        case .text(let text): objection(to: text, schema, at: place)
        case .list(let values): objection(to: values, schema, at: place)
        case .object(let values): objection(to: values, schema, at: place)
        }
    }

    private func objection(to number: Double, _ schema: Value, at place: String) -> String? {
        if let low = schema["minimum"]?.number, number < low { return "\(place): \(number) < \(low)" }
        if let high = schema["maximum"]?.number, number > high { return "\(place): \(number) > \(high)" }
        if let low = schema["exclusiveMinimum"]?.number, number <= low { return "\(place): \(number) ≤ \(low)" }
        if let high = schema["exclusiveMaximum"]?.number, number >= high { return "\(place): \(number) ≥ \(high)" }
        return nil
    }

    private func objection(to text: String, _ schema: Value, at place: String) -> String? {
        let count = Double(text.unicodeScalars.count)
        if let least = schema["minLength"]?.number, count < least { return "\(place): shorter" }
        if let most = schema["maxLength"]?.number, count > most { return "\(place): longer" }
        if let pattern = schema["pattern"]?.text, text.range(of: pattern, options: [.regularExpression]) == nil {
            return "\(place): pattern"
        }
        switch schema["format"]?.text {
        case "date-time":
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
            return (try? Date(text, strategy: style)) == nil ? "\(place): date-time \(text)" : nil
        case "uuid": return UUID(uuidString: text) == nil ? "\(place): uuid" : nil
        default: return nil
        }
    }

    private func objection(to list: [Value], _ schema: Value, at place: String) -> String? {
        if let least = schema["minItems"]?.number, Double(list.count) < least { return "\(place): fewer" }
        if let most = schema["maxItems"]?.number, Double(list.count) > most { return "\(place): more" }
        let prefix = schema["prefixItems"]?.list ?? []
        for (index, item) in list.enumerated() {
            let part = index < prefix.count ? prefix[index] : schema["items"] ?? .bool(true)
            if let found = objection(to: item, part, at: "\(place)/\(index)") { return found }
        }
        return nil
    }

    private func objection(to object: [String: Value], _ schema: Value, at place: String) -> String? {
        if let missing = schema["required"]?.list.compactMap(\.text).first(where: { object[$0] == nil }) {
            return "\(place): no \(missing)"
        }
        for (key, value) in object {
            let part = schema["properties"]?[key] ?? schema["additionalProperties"] ?? .bool(true)
            if let found = objection(to: value, part, at: "\(place)/\(key)") { return found }
        }
        return nil
    }
}

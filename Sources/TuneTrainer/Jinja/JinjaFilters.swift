import Foundation

/// Filters (`value|name`) and tests (`value is name`), as far as chat templates use them.
enum JinjaFilters {
    static func apply(
        _ name: String, to input: JinjaValue, _ arguments: JinjaArguments
    ) throws(JinjaFault) -> JinjaValue {
        switch name {
        case "trim":
            guard case .string(let characters) = arguments[0, "chars"] else {
                return .string(JinjaMethods.stripped(input.written))
            }
            return .string(JinjaMethods.stripped(input.written, of: Set(characters.unicodeScalars)))
        case "length", "count":
            guard let elements = input.elements else { throw .unknown("the length of a \(input.kind)") }
            return .integer(elements.count)
        case "tojson":
            let ensuresASCII = arguments[0, "ensure_ascii"].isTrue
            let json = input.json(indent: arguments[1, "indent"].asInteger)
            return .string(ensuresASCII ? JinjaValue.escapedBeyondASCII(json) : json)
        case "upper": return .string(input.written.uppercased())
        case "lower": return .string(input.written.lowercased())
        case "title": return .string(JinjaMethods.titled(input.written))
        case "capitalize": return .string(JinjaMethods.capitalized(input.written))
        case "string": return .string(input.written)
        case "safe": return input
        case "replace":
            let (old, new) = (arguments[0, "old"].written, arguments[1, "new"].written)
            return .string(try JinjaMethods.replaced(input.written, old, new, arguments[2, "count"]))
        case "default", "d":
            let isMissing =
                if case .undefined = input { true } else { arguments[1, "boolean"].isTrue && !input.isTrue }
            return isMissing ? arguments[0, "default_value"] : input
        case "int":
            return .integer(input.asNumber.flatMap { Int(exactly: $0.rounded(.towardZero)) } ?? Int(input.written) ?? 0)
        case "float": return .number(input.asNumber ?? Double(input.written) ?? 0)
        case "abs":
            if let whole = input.asInteger { return .integer(Int(whole.magnitude & UInt(Int.max))) }
            return .number(abs(input.asNumber ?? 0))
        case "items": return try JinjaAccess.attribute("items", of: input).called()
        case "indent": return .string(try indented(input.written, arguments))
        default: return try applyToElements(name, input, arguments)
        }
    }

    private static func applyToElements(
        _ name: String, _ input: JinjaValue, _ arguments: JinjaArguments
    ) throws(JinjaFault) -> JinjaValue {
        // What is chosen from nothing is nothing.
        if case .none = input, ["map", "select", "reject", "selectattr", "rejectattr"].contains(name) {
            return .array([])
        }
        guard let elements = input.elements else { throw .unknown("the filter `\(name)` of a \(input.kind)") }
        switch name {
        case "list": return .array(elements)
        case "first": return elements.first ?? .undefined
        case "last": return elements.last ?? .undefined
        case "reverse":
            guard case .string = input else { return .array(elements.reversed()) }
            return .string(elements.reversed().map(\.written).joined())
        case "join":
            let attribute = arguments[1, "attribute"]
            var texts: [String] = []
            for element in elements {
                if case .undefined = attribute {
                    texts.append(element.written)
                } else {
                    texts.append(try JinjaAccess.item(attribute, of: element).written)
                }
            }
            return .string(try JinjaLimits.joined(texts, by: arguments[0, "d"].written))
        case "map":
            let attribute = arguments.names.first { $0.0 == "attribute" }?.1
            var mapped: [JinjaValue] = []
            for element in elements {
                if let attribute {
                    mapped.append(try JinjaAccess.item(attribute, of: element))
                } else {
                    let rest = JinjaArguments(places: Array(arguments.places.dropFirst()), names: arguments.names)
                    mapped.append(try apply(arguments[0, "filter"].written, to: element, rest))
                }
            }
            return .array(mapped)
        case "select", "reject", "selectattr", "rejectattr":
            let hasAttribute = name.hasSuffix("attr")
            let places = Array(arguments.places.dropFirst(hasAttribute ? 1 : 0))
            var kept: [JinjaValue] = []
            for element in elements {
                let subject = hasAttribute ? try JinjaAccess.item(arguments[0, "attr"], of: element) : element
                let rest = JinjaArguments(places: Array(places.dropFirst()))
                let holds =
                    try places.first.map { test throws(JinjaFault) in
                        try self.test(test.written, subject, rest)
                    } ?? subject.isTrue
                if holds == name.hasPrefix("select") { kept.append(element) }
            }
            return .array(kept)
        case "unique":
            return .array(
                elements.reduce(into: []) { kept, element in
                    if !kept.contains(where: { $0.equals(element) }) { kept.append(element) }
                })
        case "min", "max":
            var best = elements.first ?? .undefined
            for element in elements.dropFirst()
            where try JinjaOperators.binary(name == "min" ? "<" : ">", element, best).isTrue { best = element }
            return best
        case "dictsort":
            guard case .object(let object) = input, arguments.places.isEmpty, arguments.names.isEmpty else {
                throw .unknown("the filter `dictsort` of these")
            }
            let keys = object.keys.enumerated().map { ($0.element.lowercased(), $0.offset, $0.element) }.sorted {
                a, b in
                a.0 == b.0 ? a.1 < b.1 : a.0.unicodeScalars.lexicographicallyPrecedes(b.0.unicodeScalars)
            }
            return .array(keys.map { .array([.string($0.2), object[$0.2]]) })
        case "sum":
            var sum = JinjaValue.integer(0)
            for element in elements { sum = try JinjaOperators.binary("+", sum, element) }
            return sum
        default: throw .unknown("the filter `\(name)`")
        }
    }

    static func test(_ name: String, _ input: JinjaValue, _ arguments: JinjaArguments) throws(JinjaFault) -> Bool {
        let other = arguments.places.first ?? .undefined
        switch name {
        case "defined": if case .undefined = input { return false } else { return true }
        case "undefined": if case .undefined = input { return true } else { return false }
        case "none": if case .none = input { return true } else { return false }
        case "string": if case .string = input { return true } else { return false }
        case "boolean": if case .bool = input { return true } else { return false }
        case "true": if case .bool(true) = input { return true } else { return false }
        case "false": if case .bool(false) = input { return true } else { return false }
        case "integer": if case .integer = input { return true } else { return false }
        case "float": if case .number = input { return true } else { return false }
        case "number": return input.asNumber != nil
        case "mapping": if case .object = input { return true } else { return false }
        case "iterable": return input.elements != nil
        case "sequence":
            switch input {
            case .array, .string, .object, .undefined: return true
            default: return false
            }
        case "callable": if case .function = input { return true } else { return false }
        case "equalto", "eq", "sameas": return input.equals(other)
        case "ne": return !input.equals(other)
        case "in": return try JinjaOperators.contains(other, input)
        case "even", "odd":
            guard let whole = input.asInteger else { throw .unknown("the test `\(name)` of a \(input.kind)") }
            return (whole % 2 == 0) == (name == "even")
        case "divisibleby":
            guard let whole = input.asInteger, let by = other.asInteger, by != 0 else {
                throw .unknown("the test `divisibleby` of these")
            }
            // The smallest number by −1 leaves nothing, too, though it cannot be divided.
            return whole.remainderReportingOverflow(dividingBy: by).partialValue == 0
        default: throw .unknown("the test `\(name)`")
        }
    }

    /// All lines but the first, unless the caller wants that one too, moved to the right; empty ones stay.
    private static func indented(_ text: String, _ arguments: JinjaArguments) throws(JinjaFault) -> String {
        let margin = String(repeating: " ", count: max(0, min(1_000, arguments[0, "width"].asInteger ?? 4)))
        let (movesFirst, movesBlank) = (arguments[1, "first"].isTrue, arguments[2, "blank"].isTrue)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        try JinjaLimits.check(bytes: text.utf8.count + lines.count * margin.utf8.count)
        return lines.enumerated().map { index, line in
            (index == 0 ? movesFirst : !line.isEmpty || movesBlank) ? margin + line : String(line)
        }.joined(separator: "\n")
    }
}

extension JinjaValue {
    fileprivate func called() throws(JinjaFault) -> JinjaValue {
        guard case .function(let function) = self else { return .undefined }
        return try function.call(JinjaArguments())
    }
}

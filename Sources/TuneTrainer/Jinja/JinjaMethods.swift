import Foundation

/// Python's methods of texts and dictionaries, as far as chat templates use them.
enum JinjaMethods {
    /// Nil where the value has no such method.
    static func method(_ name: String, of owner: JinjaValue) -> JinjaFunction? {
        switch owner {
        case .string(let text): ofText(name, text)
        case .object(let object): ofObject(name, object)
        default: nil
        }
    }

    private static func ofObject(_ name: String, _ object: JinjaObject) -> JinjaFunction? {
        switch name {
        case "items":
            JinjaFunction { _ throws(JinjaFault) in
                .array(object.keys.map { .array([.string($0), object[$0]]) })
            }
        case "keys": JinjaFunction { _ throws(JinjaFault) in .array(object.keys.map(JinjaValue.string)) }
        case "values": JinjaFunction { _ throws(JinjaFault) in .array(object.keys.map { object[$0] }) }
        case "get":
            JinjaFunction { arguments throws(JinjaFault) in
                if let value = object.values[arguments[0, "key"].written] { return value }
                let fallback = arguments[1, "default"]
                if case .undefined = fallback { return .none }
                return fallback
            }
        default: nil
        }
    }

    private static func ofText(_ name: String, _ text: String) -> JinjaFunction? {
        switch name {
        case "strip", "lstrip", "rstrip":
            JinjaFunction { arguments throws(JinjaFault) in
                .string(
                    stripped(
                        text, of: characters(arguments[0, "chars"]), left: name != "rstrip", right: name != "lstrip"))
            }
        case "split": JinjaFunction { arguments throws(JinjaFault) in .array(try split(text, arguments)) }
        case "splitlines":
            JinjaFunction { _ throws(JinjaFault) in
                var lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
                if lines.last == "" { lines.removeLast() }
                return .array(lines.map { .string(String($0)) })
            }
        case "startswith", "endswith":
            JinjaFunction { arguments throws(JinjaFault) in
                let part = arguments[0, "prefix"]
                let parts = if case .array(let parts) = part { parts } else { [part] }
                return .bool(
                    parts.contains { part in
                        let part = Array(part.written.utf8)
                        return name == "startswith"
                            ? text.utf8.starts(with: part) : text.utf8.suffix(part.count).elementsEqual(part)
                    })
            }
        case "upper": JinjaFunction { _ throws(JinjaFault) in .string(text.uppercased()) }
        case "lower": JinjaFunction { _ throws(JinjaFault) in .string(text.lowercased()) }
        case "title": JinjaFunction { _ throws(JinjaFault) in .string(titled(text)) }
        case "capitalize": JinjaFunction { _ throws(JinjaFault) in .string(capitalized(text)) }
        case "replace":
            JinjaFunction { arguments throws(JinjaFault) in
                .string(
                    try replaced(text, arguments[0, "old"].written, arguments[1, "new"].written, arguments[2, "count"]))
            }
        case "join":
            JinjaFunction { arguments throws(JinjaFault) in
                .string(try JinjaLimits.joined((arguments[0, "iterable"].elements ?? []).map(\.written), by: text))
            }
        case "find":
            JinjaFunction { arguments throws(JinjaFault) in
                let place = text.range(of: arguments[0, "sub"].written, options: .literal)?.lowerBound
                return .integer(place.map { text.unicodeScalars.distance(from: text.startIndex, to: $0) } ?? -1)
            }
        default: nil
        }
    }

    // MARK: -

    private static func characters(_ value: JinjaValue) -> Set<Unicode.Scalar>? {
        guard case .string(let text) = value else { return nil }
        return Set(text.unicodeScalars)
    }

    /// Without white space, or the given characters, at its ends.
    static func stripped(
        _ text: String, of characters: Set<Unicode.Scalar>? = nil, left: Bool = true, right: Bool = true
    ) -> String {
        func goes(_ scalar: Unicode.Scalar) -> Bool {
            if let characters { return characters.contains(scalar) }
            // What Python calls white space beside what Unicode does.
            return scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
        }
        var scalars = text.unicodeScalars[...]
        if left { while let first = scalars.first, goes(first) { scalars.removeFirst() } }
        if right { while let last = scalars.last, goes(last) { scalars.removeLast() } }
        return String(scalars)
    }

    private static func split(_ text: String, _ arguments: JinjaArguments) throws(JinjaFault) -> [JinjaValue] {
        let most = arguments[1, "maxsplit"].asInteger ?? -1
        guard case .string(let separator) = arguments[0, "sep"] else {
            guard most < 0 else { throw .unknown("`split` at white space with a limit") }
            return text.unicodeScalars.split { $0.properties.isWhitespace }.map { .string(String($0)) }
        }
        guard !separator.isEmpty else { throw .unknown("`split` at nothing") }
        var (parts, rest) = ([JinjaValue](), text[...])
        while most < 0 || parts.count < most, let range = rest.range(of: separator, options: .literal) {
            parts.append(.string(String(rest[..<range.lowerBound])))
            rest = rest[range.upperBound...]
        }
        return parts + [.string(String(rest))]
    }

    static func replaced(
        _ text: String, _ old: String, _ new: String, _ count: JinjaValue
    ) throws(JinjaFault) -> String {
        guard !old.isEmpty else { return text }
        var (made, rest, left) = ("", text[...], count.asInteger ?? -1)
        while left != 0, let range = rest.range(of: old, options: .literal) {
            made += rest[..<range.lowerBound] + new
            try JinjaLimits.check(bytes: made.utf8.count)
            rest = rest[range.upperBound...]
            left -= 1
        }
        return made + rest
    }

    static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst().lowercased() }

    static func titled(_ text: String) -> String {
        var made = ""
        var isInWord = false
        for character in text {
            made += isInWord ? character.lowercased() : character.uppercased()
            isInWord = character.isLetter
        }
        return made
    }
}

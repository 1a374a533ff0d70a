import Foundation

/// The parameters of a header's value: `form-data; name="file"; filename="a.jsonl"`.
struct HeaderParameters {
    private var values: [String: String] = [:]

    init(_ value: String) {
        var rest = Substring(value)
        // The value itself comes first.
        rest = rest.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            let key = name.trimmingCharacters(in: .whitespaces).lowercased()
            let text = rest.first == "\"" ? Self.quoted(&rest) : Self.token(&rest)
            if values[key] == nil { values[key] = text }
            rest = rest.drop { $0 != ";" }
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// A parameter in the form of RFC 8187: `name*=UTF-8''na%C3%AFve`.
    func extended(_ name: String) -> String? {
        guard let value = values[name + "*"] else { return nil }
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        return parts[2].removingPercentEncoding
    }

    private static func token(_ rest: inout Substring) -> String {
        let token = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(token.count)
        return token.trimmingCharacters(in: .whitespaces)
    }

    /// With `\"` for a quotation mark. Other backslashes stand for themselves: they are in names from Windows.
    private static func quoted(_ rest: inout Substring) -> String {
        rest = rest.dropFirst()
        var text = ""
        while let character = rest.first, character != "\"" {
            rest = rest.dropFirst()
            if character == "\\", let next = rest.first, next == "\"" {
                text.append(next)
                rest = rest.dropFirst()
            } else {
                text.append(character)
            }
        }
        rest = rest.dropFirst()
        return text
    }
}

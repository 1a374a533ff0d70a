import Foundation

/// How a value that is no text reads as one: the way the classic tool spelled it, so that files come out the same.
///
/// `true` becomes `True`, `1e3` becomes `1000.0`, a list `[1, 'a']`.
enum PlainText {
    static func text(of value: JSONValue) -> String {
        if case .text(let bytes) = value { return String(decoding: bytes, as: UTF8.self) }
        return nested(value)
    }

    private static func nested(_ value: JSONValue) -> String {
        switch value {
        case .null: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .number(let spelling): number(spelling)
        case .text(let bytes): quoted(String(decoding: bytes, as: UTF8.self))
        case .list(let elements): "[" + elements.map(nested).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { quoted($0.key) + ": " + nested($0.value) }.joined(separator: ", ") + "}"
        }
    }

    /// Whole numbers stand as they are; others take the shortest form that reads back as the same number.
    static func number(_ spelling: String) -> String {
        guard spelling.contains(where: { ".eE".contains($0) }) else { return spelling == "-0" ? "0" : spelling }
        guard let value = Double(spelling), value.isFinite else { return spelling }
        let size = abs(value)
        if size == 0 || (size >= 1e-4 && size < 1e16) {
            let plain = "\(value)"
            guard plain.contains("e") else { return plain }
            return String(format: "%.*f", 17, value).trimmingSuffix("0")
        }
        // 1e+16 and 1e-05: a sign, and at least two digits.
        let parts = "\(value)".lowercased().split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
        let digits = parts[0].hasSuffix(".0") ? String(parts[0].dropLast(2)) : String(parts[0])
        return digits + "e" + (exponent < 0 ? "-" : "+") + (abs(exponent) < 10 ? "0" : "") + "\(abs(exponent))"
    }

    private static func quoted(_ text: String) -> String {
        let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var result = quote
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "'" where quote == "'": result += "\\'"
            case "\u{0}"..."\u{1f}", "\u{7f}": result += "\\x" + hex(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + quote
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
    }
}

extension String {
    fileprivate func trimmingSuffix(_ last: Character) -> String {
        var text = self[...]
        while text.last == last, text.dropLast().last != "." { text = text.dropLast() }
        return String(text)
    }
}

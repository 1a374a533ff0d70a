import Foundation

/// JSON for standard output: keys in the order given, and no byte that could act on a terminal.
indirect enum JSONOutput: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONOutput])
    case object([(String, JSONOutput)])

    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }

    init(_ value: String?) { self = value.map(JSONOutput.text) ?? .null }
    init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    init(_ value: Int64?) { self = value.map(JSONOutput.integer) ?? .null }
    init(_ value: Double?) { self = value.map(JSONOutput.number) ?? .null }
    /// Whole seconds since 1970, as the protocol has it.
    init(_ value: Date?) { self = value.map { .integer(Int64($0.timeIntervalSince1970)) } ?? .null }

    func text(isPretty: Bool) -> String {
        var text = ""
        append(to: &text, indent: isPretty ? 0 : nil)
        return text
    }

    // MARK: - Private

    private func append(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += "\(value)"
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .text(let value): Self.append(value, to: &text)
        case .list(let values):
            Self.append(values, between: "[", "]", to: &text, indent) { value, text, indent in
                value.append(to: &text, indent: indent)
            }
        case .object(let pairs):
            Self.append(pairs, between: "{", "}", to: &text, indent) { pair, text, indent in
                Self.append(pair.0, to: &text)
                text += indent == nil ? ":" : ": "
                pair.1.append(to: &text, indent: indent)
            }
        }
    }

    private static func append<T>(
        _ parts: [T], between open: String, _ close: String, to text: inout String, _ indent: Int?,
        _ one: (T, inout String, Int?) -> Void
    ) {
        text += open
        for (position, part) in parts.enumerated() {
            if position > 0 { text += "," }
            if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
            one(part, &text, indent.map { $0 + 1 })
        }
        if let indent, !parts.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
        text += close
    }

    private static func append(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where acts(scalar):
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// Control characters of both sets, and those that turn the direction of writing.
    private static func acts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

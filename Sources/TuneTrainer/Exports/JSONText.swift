/// JSON as other programs' files have it: keys in the order given.
indirect enum JSONText {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Float)
    case double(Double)
    case text(String)
    case list([JSONText])
    case object([(String, JSONText)])

    /// With two spaces for each level; below `flatLevels` everything stands on one line.
    func written(flatBelow flatLevels: Int = .max) -> String {
        var text = ""
        append(to: &text, level: 0, flatLevels)
        return text + "\n"
    }

    private func append(to text: inout String, level: Int, _ flat: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += "\(value)"
        case .number(let value): text += "\(value)"
        case .double(let value): text += "\(value)"
        case .text(let value): Self.append(value, to: &text)
        case .list(let values):
            Self.append(values.count, "[", "]", to: &text, level, flat) { index, text in
                values[index].append(to: &text, level: level + 1, flat)
            }
        case .object(let pairs):
            Self.append(pairs.count, "{", "}", to: &text, level, flat) { index, text in
                Self.append(pairs[index].0, to: &text)
                text += ": "
                pairs[index].1.append(to: &text, level: level + 1, flat)
            }
        }
    }

    private static func append(
        _ count: Int, _ open: String, _ close: String, to text: inout String, _ level: Int, _ flat: Int,
        _ part: (Int, inout String) -> Void
    ) {
        let isFlat = level >= flat
        text += open
        for index in 0..<count {
            if index > 0 { text += isFlat ? ", " : "," }
            if !isFlat { text += "\n" + String(repeating: "  ", count: level + 1) }
            part(index, &text)
        }
        if !isFlat, count > 0 { text += "\n" + String(repeating: "  ", count: level) }
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
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

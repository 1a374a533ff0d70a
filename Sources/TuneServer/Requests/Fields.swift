import TuneModel

/// The members of a request's body, read by name; a member of the wrong type or out of its range is told by that name.
///
/// A null is as good as a member that is not there, and what nobody asks for is ignored, as the protocol has it.
struct Fields {
    let values: JSON
    /// In front of the names that errors tell: `messages[0].`
    let path: String

    init(_ values: JSON, path: String = "") {
        self.values = values
        self.path = path
    }

    func has(_ name: String) -> Bool { !values[name].isNull }

    func text(_ name: String, longest: Int = .max) throws -> String? {
        let value = values[name]
        if value.isNull { return nil }
        guard let text = value.text else { throw wrongType(name, Wording("a string", "字符串"), value) }
        guard text.utf8.count <= longest else {
            throw refused(name, Wording("at most \(longest) bytes long", "最长 \(longest) 字节"), "string_above_max_length")
        }
        return text
    }

    func needText(_ name: String, longest: Int = .max) throws -> String {
        guard let text = try text(name, longest: longest) else { throw missing(name) }
        return text
    }

    func bool(_ name: String) throws -> Bool? {
        switch values[name] {
        case .null: return nil
        case .bool(let value): return value
        case let value: throw wrongType(name, Wording("a boolean", "布尔值"), value)
        }
    }

    func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        let value = values[name]
        if value.isNull { return nil }
        guard let integer = value.integer else { throw wrongType(name, Wording("an integer", "整数"), value) }
        guard range.contains(integer) else { throw outside(name, "\(range.lowerBound)", "\(range.upperBound)") }
        return integer
    }

    func number(
        _ name: String, _ range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude,
        above open: Bool = false
    ) throws -> Double? {
        let value = values[name]
        if value.isNull { return nil }
        guard let number = value.number else { throw wrongType(name, Wording("a number", "数字"), value) }
        guard range.contains(number), !open || number > range.lowerBound else {
            throw outside(name, (open ? ">" : "") + shown(range.lowerBound), shown(range.upperBound))
        }
        return number
    }

    func list(_ name: String) throws -> [JSON]? {
        let value = values[name]
        if value.isNull { return nil }
        guard let list = value.list else { throw wrongType(name, Wording("an array", "数组"), value) }
        return list
    }

    /// The members of a member.
    func fields(_ name: String) throws -> Fields? {
        let value = values[name]
        if value.isNull { return nil }
        guard case .object = value else { throw wrongType(name, Wording("an object", "对象"), value) }
        return Fields(value, path: "\(path)\(name).")
    }

    // MARK: - Errors

    func missing(_ name: String) -> APIError {
        .refused(
            Wording("`\(path)\(name)` is missing.", "缺少 `\(path)\(name)`。"), param: path + name,
            code: "missing_required_parameter")
    }

    func wrongType(_ name: String, _ expected: Wording, _ found: JSON) -> APIError {
        .refused(
            Wording(
                "`\(path)\(name)` has to be \(expected.english), and is \(found.kind).",
                "`\(path)\(name)` 必须是\(expected.chinese)。"),
            param: path + name, code: "invalid_type")
    }

    /// - Parameter rule: what the value has to be, after "has to be".
    func refused(_ name: String, _ rule: Wording, _ code: String = "invalid_value") -> APIError {
        .refused(
            Wording("`\(path)\(name)` has to be \(rule.english).", "`\(path)\(name)` 必须\(rule.chinese)。"),
            param: path + name, code: code)
    }

    func unsupported(_ name: String, _ why: Wording) -> APIError {
        .refused(
            Wording("`\(path)\(name)` is not supported: \(why.english).", "不支持 `\(path)\(name)`：\(why.chinese)。"),
            param: path + name, code: "unsupported_parameter")
    }

    private func outside(_ name: String, _ low: String, _ high: String) -> APIError {
        refused(name, Wording("from \(low) to \(high)", "在 \(low) 到 \(high) 之间"))
    }

    private func shown(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
    }
}

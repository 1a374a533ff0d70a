import Foundation

/// What signs between two values do.
enum JinjaOperators {
    static func binary(_ sign: String, _ left: JinjaValue, _ right: JinjaValue) throws(JinjaFault) -> JinjaValue {
        switch sign {
        case "~": return .string(left.written + right.written)
        case "==": return .bool(left.equals(right))
        case "!=": return .bool(!left.equals(right))
        case "in": return .bool(try contains(right, left))
        case "<", ">", "<=", ">=": return .bool(try isOrdered(sign, left, right))
        case "+": if let joined = joined(left, right) { return joined }
        case "*": if let repeated = try repeated(left, right) { return repeated }
        default: break
        }
        guard let a = left.asNumber, let b = right.asNumber else {
            throw .unknown("`\(sign)` between a \(left.kind) and a \(right.kind)")
        }
        if let a = left.asInteger, let b = right.asInteger, let whole = try integers(sign, a, b) {
            return .integer(whole)
        }
        if ["/", "//", "%"].contains(sign), b == 0 { throw .unknown("a division by 0") }
        switch sign {
        case "+": return .number(a + b)
        case "-": return .number(a - b)
        case "*": return .number(a * b)
        case "/": return .number(a / b)
        case "//": return .number((a / b).rounded(.down))
        case "%": return .number(a - b * (a / b).rounded(.down))
        case "**": return .number(pow(a, b))
        default: throw .unknown("the sign `\(sign)`")
        }
    }

    // MARK: -

    private static func joined(_ left: JinjaValue, _ right: JinjaValue) -> JinjaValue? {
        switch (left, right) {
        case (.string(let a), .string(let b)): .string(a + b)
        case (.array(let a), .array(let b)): .array(a + b)
        default: nil
        }
    }

    private static func repeated(_ left: JinjaValue, _ right: JinjaValue) throws(JinjaFault) -> JinjaValue? {
        guard case .string(let text) = left, let count = right.asInteger else { return nil }
        guard text.utf8.count * max(0, min(count, 1 << 30)) <= 1 << 20 else {
            throw .unknown("a text repeated too often")
        }
        return .string(String(repeating: text, count: max(0, count)))
    }

    /// Nil where the result is not whole.
    private static func integers(_ sign: String, _ a: Int, _ b: Int) throws(JinjaFault) -> Int? {
        func checked(_ result: (partialValue: Int, overflow: Bool)) throws(JinjaFault) -> Int {
            guard !result.overflow else { throw .unknown("a number beyond what fits") }
            return result.partialValue
        }
        switch sign {
        case "+": return try checked(a.addingReportingOverflow(b))
        case "-": return try checked(a.subtractingReportingOverflow(b))
        case "*": return try checked(a.multipliedReportingOverflow(by: b))
        case "//", "%":
            guard b != 0 else { throw .unknown("a division by 0") }
            let quotient = try checked(a.dividedReportingOverflow(by: b))
            let rest = a - quotient * b
            // Python divides towards the smaller number.
            let isBelow = rest != 0 && (rest < 0) != (b < 0)
            return sign == "//" ? quotient - (isBelow ? 1 : 0) : rest + (isBelow ? b : 0)
        case "**":
            guard b >= 0, b <= 64 else { return nil }
            var power = 1
            for _ in 0..<b { power = try checked(power.multipliedReportingOverflow(by: a)) }
            return power
        default: return nil
        }
    }

    static func contains(_ whole: JinjaValue, _ part: JinjaValue) throws(JinjaFault) -> Bool {
        switch (whole, part) {
        case (.string(let text), .string(let part)):
            return part.isEmpty || text.range(of: part, options: .literal) != nil
        case (.array(let elements), _): return elements.contains { $0.equals(part) }
        case (.object(let object), .string(let key)): return object.values[key] != nil
        case (.undefined, _), (.object, _): return false
        default: throw .unknown("`in` a \(whole.kind)")
        }
    }

    private static func isOrdered(_ sign: String, _ left: JinjaValue, _ right: JinjaValue) throws(JinjaFault) -> Bool {
        let order: Int
        if let a = left.asNumber, let b = right.asNumber {
            order = a < b ? -1 : a > b ? 1 : 0
        } else if case .string(let a) = left, case .string(let b) = right {
            let (a, b) = (a.unicodeScalars, b.unicodeScalars)
            order = a.elementsEqual(b) ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
        } else {
            throw .unknown("`\(sign)` between a \(left.kind) and a \(right.kind)")
        }
        switch sign {
        case "<": return order < 0
        case ">": return order > 0
        case "<=": return order <= 0
        default: return order >= 0
        }
    }
}

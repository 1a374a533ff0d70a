/// Expressions, from what binds least to what binds most.
extension JinjaParser {
    mutating func expression() throws(JinjaFault) -> JinjaExpression {
        try deeper()
        defer { shallower() }
        var value = try disjunction()
        while takeName("if") {
            let condition = try disjunction()
            value = .conditional(value, if: condition, else: takeName("else") ? try expression() : nil)
        }
        return value
    }

    mutating func disjunction() throws(JinjaFault) -> JinjaExpression {
        var left = try conjunction()
        while takeName("or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(JinjaFault) -> JinjaExpression {
        var left = try negation()
        while takeName("and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(JinjaFault) -> JinjaExpression {
        guard takeName("not") else { return try comparison() }
        try deeper()
        defer { shallower() }
        return .not(try negation())
    }

    private mutating func comparison() throws(JinjaFault) -> JinjaExpression {
        var left = try sum()
        var whole: JinjaExpression?
        while let sign = takeComparison() {
            let right = try sum()
            let part: JinjaExpression =
                sign == "not in" ? .not(.binary("in", left, right)) : .binary(sign, left, right)
            whole = whole.map { .and($0, part) } ?? part
            left = right
        }
        return whole ?? left
    }

    private mutating func takeComparison() -> String? {
        for sign in ["==", "!=", "<=", ">=", "<", ">"] where takeSign(sign) { return sign }
        if takeName("in") { return "in" }
        if peek() == .name("not"), peek(1) == .name("in") {
            _ = next()
            _ = next()
            return "not in"
        }
        return nil
    }

    private mutating func sum() throws(JinjaFault) -> JinjaExpression {
        var left = try concatenation()
        while true {
            if takeSign("+") {
                left = .binary("+", left, try concatenation())
            } else if takeSign("-") {
                left = .binary("-", left, try concatenation())
            } else {
                return left
            }
        }
    }

    private mutating func concatenation() throws(JinjaFault) -> JinjaExpression {
        var left = try product()
        while takeSign("~") { left = .binary("~", left, try product()) }
        return left
    }

    private mutating func product() throws(JinjaFault) -> JinjaExpression {
        var left = try unary()
        while true {
            guard let sign = ["*", "//", "/", "%"].first(where: { peek() == .sign($0) }) else { return left }
            _ = next()
            left = .binary(sign, left, try unary())
        }
    }

    private mutating func unary() throws(JinjaFault) -> JinjaExpression {
        var value = try filtered(try signed())
        while takeSign("**") { value = .binary("**", value, try filtered(try signed())) }
        return value
    }

    /// A sign binds more than a filter after it.
    private mutating func signed() throws(JinjaFault) -> JinjaExpression {
        guard takeSign("-") else { return try postfixed(try primary()) }
        try deeper()
        defer { shallower() }
        return .negative(try signed())
    }

    private mutating func primary() throws(JinjaFault) -> JinjaExpression {
        switch next() {
        case .string(let text):
            // Strings that follow each other are one, as in Python.
            var text = text
            while case .string(let more) = peek() {
                text += more
                _ = next()
            }
            return .literal(.string(text))
        case .integer(let value): return .literal(.integer(value))
        case .number(let value): return .literal(.number(value))
        case .name("true"), .name("True"): return .literal(.bool(true))
        case .name("false"), .name("False"): return .literal(.bool(false))
        case .name("none"), .name("None"): return .literal(.none)
        case .name(let name): return .name(name)
        case .sign("("): return try parenthesized()
        case .sign("["): return .array(try list(until: "]"))
        case .sign("{"): return try dictionary()
        case let token: throw .unknown("`\(token)`")
        }
    }

    private mutating func parenthesized() throws(JinjaFault) -> JinjaExpression {
        if takeSign(")") { return .array([]) }
        let first = try expression()
        if takeSign(")") { return first }
        try needSign(",")
        return .array([first] + (try list(until: ")")))
    }

    private mutating func list(until end: String) throws(JinjaFault) -> [JinjaExpression] {
        var elements: [JinjaExpression] = []
        while !takeSign(end) {
            elements.append(try expression())
            if peek() != .sign(end) { try needSign(",") }
        }
        return elements
    }

    private mutating func dictionary() throws(JinjaFault) -> JinjaExpression {
        var pairs: [(JinjaExpression, JinjaExpression)] = []
        while !takeSign("}") {
            let key = try expression()
            try needSign(":")
            pairs.append((key, try expression()))
            if peek() != .sign("}") { try needSign(",") }
        }
        return .dictionary(pairs)
    }

    private mutating func postfixed(_ value: JinjaExpression) throws(JinjaFault) -> JinjaExpression {
        var value = value
        while true {
            if takeSign(".") {
                value = .attribute(value, try name())
            } else if takeSign("[") {
                value = try subscripted(value)
            } else if takeSign("(") {
                value = .call(value, try arguments())
            } else {
                return value
            }
        }
    }

    private mutating func subscripted(_ value: JinjaExpression) throws(JinjaFault) -> JinjaExpression {
        var parts: [JinjaExpression?] = [nil]
        while !takeSign("]") {
            if takeSign(":") { parts.append(nil) } else { parts[parts.count - 1] = try expression() }
        }
        switch parts.count {
        case 1: if let item = parts[0] { return .item(value, item) }
        case 2: return .slice(value, from: parts[0], to: parts[1], by: nil)
        case 3: return .slice(value, from: parts[0], to: parts[1], by: parts[2])
        default: break
        }
        throw .unknown("these square brackets")
    }

    private mutating func arguments() throws(JinjaFault) -> JinjaCall {
        var call = JinjaCall()
        while !takeSign(")") {
            if case .name(let name) = peek(), peek(1) == .sign("=") {
                _ = next()
                _ = next()
                call.names.append((name, try expression()))
            } else {
                call.places.append(try expression())
            }
            if peek() != .sign(")") { try needSign(",") }
        }
        return call
    }

    private mutating func filtered(_ value: JinjaExpression) throws(JinjaFault) -> JinjaExpression {
        var value = value
        while true {
            if takeSign("|") {
                let name = try name()
                value = .filter(value, name, takeSign("(") ? try arguments() : JinjaCall())
            } else if takeName("is") {
                let isNegated = takeName("not")
                let name = try name()
                var call = JinjaCall()
                if takeSign("(") {
                    call = try arguments()
                } else if startsOperand {
                    call.places = [try postfixed(try primary())]
                }
                let test = JinjaExpression.test(value, name, call)
                value = isNegated ? .not(test) : test
            } else {
                return value
            }
        }
    }

    /// Whether a test's one argument follows without brackets.
    private var startsOperand: Bool {
        switch peek() {
        case .string, .integer, .number, .sign("["), .sign("{"): true
        case .name(let name): !["and", "or", "not", "if", "else", "is", "in"].contains(name)
        default: false
        }
    }
}

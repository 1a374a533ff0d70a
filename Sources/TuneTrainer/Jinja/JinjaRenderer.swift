/// Follows a template. One renderer makes one text.
final class JinjaRenderer {
    /// Variables by name, the innermost last.
    private var scopes: [[String: JinjaValue]]
    private var output = ""
    private var steps = 0
    private var depth = 0

    /// Statements and expressions of one text, and calls within each other: far more than any conversation needs.
    private static let mostSteps = 2_000_000
    private static let deepest = 100

    /// How a run of statements ended.
    private enum Flow { case ended, broken, continued }

    init(_ variables: [String: JinjaValue]) {
        scopes = [JinjaFunctions.all().merging(variables) { $1 }, [:]]
    }

    func render(_ statements: [JinjaStatement]) throws(JinjaFault) -> String {
        _ = try run(statements)
        return output
    }

    // MARK: - Statements

    private func run(_ statements: [JinjaStatement]) throws(JinjaFault) -> Flow {
        for statement in statements {
            let flow = try run(statement)
            if flow != .ended { return flow }
        }
        return .ended
    }

    private func run(_ statement: JinjaStatement) throws(JinjaFault) -> Flow {
        try count()
        switch statement {
        case .text(let text): try write(text)
        case .output(let expression): try write(value(of: expression).written)
        case .condition(let branches, let otherwise):
            for (condition, body) in branches where try value(of: condition).isTrue { return try run(body) }
            return try run(otherwise)
        case .loop(let loop): try run(loop)
        case .set(let targets, let expression): try assign(try value(of: expression), to: targets)
        case .setAttribute(let name, let attribute, let expression):
            guard case .namespace(let namespace) = variable(name) else {
                throw .unknown("`\(name).\(attribute) =` on what is no namespace")
            }
            namespace.values[attribute] = try value(of: expression)
            steps += try JinjaLimits.weight(of: .namespace(namespace))
        case .setBlock(let name, let body):
            scopes[scopes.count - 1][name] = .string(try captured { () throws(JinjaFault) in _ = try run(body) })
        case .macro(let macro):
            scopes[scopes.count - 1][macro.name] = .function(
                JinjaFunction { [unowned self] arguments throws(JinjaFault) in try call(macro, arguments) })
        case .breakLoop: return .broken
        case .continueLoop: return .continued
        }
        return .ended
    }

    private func run(_ loop: JinjaLoop) throws(JinjaFault) {
        let all = try value(of: loop.elements)
        guard var elements = all.elements else { throw .unknown("a loop over a \(all.kind)") }
        if let condition = loop.condition {
            var kept: [JinjaValue] = []
            for element in elements {
                try count()
                scopes.append([:])
                defer { scopes.removeLast() }
                try assign(element, to: loop.targets)
                if try value(of: condition).isTrue { kept.append(element) }
            }
            elements = kept
        }
        if elements.isEmpty {
            _ = try run(loop.otherwise)
            return
        }
        for (index, element) in elements.enumerated() {
            // A turn with nothing in it takes time, too.
            steps += 4
            try count()
            scopes.append(["loop": .object(Self.state(elements, index))])
            defer { scopes.removeLast() }
            try assign(element, to: loop.targets)
            if try run(loop.body) == .broken { return }
        }
    }

    private static func state(_ elements: [JinjaValue], _ index: Int) -> JinjaObject {
        let count = elements.count
        return JinjaObject([
            ("index", .integer(index + 1)), ("index0", .integer(index)), ("first", .bool(index == 0)),
            ("last", .bool(index == count - 1)), ("length", .integer(count)), ("revindex", .integer(count - index)),
            ("revindex0", .integer(count - index - 1)), ("previtem", index > 0 ? elements[index - 1] : .undefined),
            ("nextitem", index + 1 < count ? elements[index + 1] : .undefined),
        ])
    }

    private func assign(_ value: JinjaValue, to targets: [String]) throws(JinjaFault) {
        guard targets.count > 1 else {
            scopes[scopes.count - 1][targets[0]] = value
            return
        }
        guard let parts = value.elements, parts.count == targets.count else {
            throw .unknown("`\(targets.joined(separator: ", "))` of a \(value.kind)")
        }
        for (target, part) in zip(targets, parts) { scopes[scopes.count - 1][target] = part }
    }

    private func call(_ macro: JinjaMacro, _ arguments: JinjaArguments) throws(JinjaFault) -> JinjaValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw .unknown("more than \(Self.deepest) calls within each other") }
        var scope: [String: JinjaValue] = [:]
        for (place, parameter) in macro.parameters.enumerated() {
            var given = arguments[place, parameter.0]
            if case .undefined = given, let preset = parameter.1 { given = try value(of: preset) }
            scope[parameter.0] = given
        }
        // A macro sees what the template has set outside of loops, and its own parameters.
        let outer = scopes
        scopes = Array(scopes.prefix(2)) + [scope]
        defer { scopes = outer }
        return .string(try captured { () throws(JinjaFault) in _ = try run(macro.body) })
    }

    /// What `body` would have added to the output.
    private func captured(_ body: () throws(JinjaFault) -> Void) throws(JinjaFault) -> String {
        let before = output
        output = ""
        defer { output = before }
        try body()
        return output
    }

    private func variable(_ name: String) -> JinjaValue {
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        return .undefined
    }

    private func write(_ text: String) throws(JinjaFault) {
        output += text
        try JinjaLimits.check(bytes: output.utf8.count)
    }

    private func count() throws(JinjaFault) {
        steps += 1
        guard steps <= Self.mostSteps else { throw .unknown("more than \(Self.mostSteps) steps") }
    }

    // MARK: - Expressions

    /// What the expression comes to; one that makes something new counts as many steps as that has parts.
    private func value(of expression: JinjaExpression) throws(JinjaFault) -> JinjaValue {
        try count()
        let value = try freeValue(of: expression)
        switch expression {
        case .array, .dictionary, .call, .filter, .binary: steps += try JinjaLimits.weight(of: value)
        default: break
        }
        return value
    }

    private func freeValue(of expression: JinjaExpression) throws(JinjaFault) -> JinjaValue {
        switch expression {
        case .literal(let value): return value
        case .name(let name): return variable(name)
        case .array(let elements): return .array(try values(of: elements))
        case .dictionary(let pairs):
            var object = JinjaObject()
            for (key, element) in pairs { object[try value(of: key).written] = try value(of: element) }
            return .object(object)
        case .attribute(let owner, let name): return try JinjaAccess.attribute(name, of: value(of: owner))
        case .item(let owner, let key): return try JinjaAccess.item(value(of: key), of: value(of: owner))
        case .slice(let owner, let from, let to, let by):
            return try JinjaAccess.slice(
                of: value(of: owner), from: bound(from), to: bound(to), by: bound(by))
        case .call(let callee, let call):
            guard case .function(let function) = try value(of: callee) else {
                throw .unknown("the function `\(Self.name(of: callee))`")
            }
            return try function.call(try arguments(of: call))
        case .filter(let input, let name, let call):
            return try JinjaFilters.apply(name, to: value(of: input), arguments(of: call))
        case .test(let input, let name, let call):
            return .bool(try JinjaFilters.test(name, value(of: input), arguments(of: call)))
        case .not(let operand): return .bool(!(try value(of: operand).isTrue))
        case .negative(let operand): return try JinjaOperators.binary("-", .integer(0), value(of: operand))
        case .and(let left, let right):
            let first = try value(of: left)
            return first.isTrue ? try value(of: right) : first
        case .or(let left, let right):
            let first = try value(of: left)
            return first.isTrue ? first : try value(of: right)
        case .binary(let sign, let left, let right):
            return try JinjaOperators.binary(sign, value(of: left), value(of: right))
        case .conditional(let then, let condition, let otherwise):
            if try value(of: condition).isTrue { return try value(of: then) }
            return try otherwise.map { part throws(JinjaFault) in try value(of: part) } ?? .undefined
        }
    }

    private func values(of expressions: [JinjaExpression]) throws(JinjaFault) -> [JinjaValue] {
        var values: [JinjaValue] = []
        for expression in expressions { values.append(try value(of: expression)) }
        return values
    }

    private func arguments(of call: JinjaCall) throws(JinjaFault) -> JinjaArguments {
        var arguments = JinjaArguments(places: try values(of: call.places))
        for (name, expression) in call.names { arguments.names.append((name, try value(of: expression))) }
        return arguments
    }

    private func bound(_ expression: JinjaExpression?) throws(JinjaFault) -> Int? {
        guard let expression else { return nil }
        let value = try value(of: expression)
        if case .none = value { return nil }
        guard let integer = value.asInteger else { throw .unknown("a slice by a \(value.kind)") }
        return integer
    }

    private static func name(of expression: JinjaExpression) -> String {
        switch expression {
        case .name(let name), .attribute(_, let name): name
        default: "?"
        }
    }
}

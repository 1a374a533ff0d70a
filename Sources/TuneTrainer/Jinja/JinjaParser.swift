/// Reads a template's statements; its expressions are read in the extension beside it.
struct JinjaParser {
    private let tokens: [JinjaLexer.Token]
    private var position = 0
    private var depth = 0

    /// Blocks and brackets within each other.
    private static let deepest = 100

    static func statements(of source: String) throws(JinjaFault) -> [JinjaStatement] {
        var parser = JinjaParser(tokens: try JinjaLexer.tokens(of: source))
        let (statements, _) = try parser.block(until: [])
        return statements
    }

    private init(tokens: [JinjaLexer.Token]) {
        self.tokens = tokens
    }

    /// Statements up to one of the closing words, which is taken together with its `{%`; the words are none at the end.
    private mutating func block(until ends: [String]) throws(JinjaFault) -> ([JinjaStatement], end: String) {
        try deeper()
        defer { depth -= 1 }
        var statements: [JinjaStatement] = []
        while true {
            switch next() {
            case .text(let text): statements.append(.text(text))
            case .outputStart:
                statements.append(.output(try expression()))
                try need(.outputEnd)
            case .tagStart:
                let word = try name()
                if ends.contains(word) { return (statements, word) }
                if let statement = try tag(word) { statements += statement }
            case .end where ends.isEmpty: return (statements, "")
            case .end: throw .unknown("a block without its `\(ends[ends.count - 1])`")
            case let token: throw .unknown("`\(token)`")
            }
        }
    }

    private mutating func tag(_ word: String) throws(JinjaFault) -> [JinjaStatement]? {
        switch word {
        case "if": return [try condition()]
        case "for": return [try loop()]
        case "set": return [try assignment()]
        case "macro": return [try macro()]
        case "break", "continue":
            try need(.tagEnd)
            return [word == "break" ? .breakLoop : .continueLoop]
        case "generation":
            // Marks what a model writes; nothing to the text.
            try need(.tagEnd)
            let (body, _) = try block(until: ["endgeneration"])
            try need(.tagEnd)
            return body
        default: throw .unknown("the tag `\(word)`")
        }
    }

    private mutating func condition() throws(JinjaFault) -> JinjaStatement {
        var branches: [(JinjaExpression, [JinjaStatement])] = []
        while true {
            let test = try expression()
            try need(.tagEnd)
            let (body, end) = try block(until: ["elif", "else", "endif"])
            branches.append((test, body))
            if end == "elif" { continue }
            var otherwise: [JinjaStatement] = []
            if end == "else" {
                try need(.tagEnd)
                (otherwise, _) = try block(until: ["endif"])
            }
            try need(.tagEnd)
            return .condition(branches, otherwise: otherwise)
        }
    }

    private mutating func loop() throws(JinjaFault) -> JinjaStatement {
        let targets = try names()
        guard takeName("in") else { throw .unknown("`for` without `in`") }
        // The condition of a loop would otherwise be read as one of the expression.
        let elements = try disjunction()
        let condition = takeName("if") ? try expression() : nil
        if takeName("recursive") { throw .unknown("`recursive`") }
        try need(.tagEnd)
        let (body, end) = try block(until: ["else", "endfor"])
        var otherwise: [JinjaStatement] = []
        if end == "else" {
            try need(.tagEnd)
            (otherwise, _) = try block(until: ["endfor"])
        }
        try need(.tagEnd)
        return .loop(
            JinjaLoop(
                targets: targets, elements: elements, condition: condition, body: body, otherwise: otherwise))
    }

    private mutating func assignment() throws(JinjaFault) -> JinjaStatement {
        let targets = try names()
        if takeSign(".") {
            let attribute = try name()
            try needSign("=")
            let value = try expression()
            try need(.tagEnd)
            return .setAttribute(targets[0], attribute, value)
        }
        if takeSign("=") {
            var value = try expression()
            if peek() == .sign(",") {
                var parts = [value]
                while takeSign(",") { parts.append(try expression()) }
                value = .array(parts)
            }
            try need(.tagEnd)
            return .set(targets, value)
        }
        try need(.tagEnd)
        let (body, _) = try block(until: ["endset"])
        try need(.tagEnd)
        return .setBlock(targets[0], body)
    }

    private mutating func macro() throws(JinjaFault) -> JinjaStatement {
        let name = try name()
        try needSign("(")
        var parameters: [(String, JinjaExpression?)] = []
        while !takeSign(")") {
            let parameter = try self.name()
            parameters.append((parameter, takeSign("=") ? try expression() : nil))
            if peek() != .sign(")") { try needSign(",") }
        }
        try need(.tagEnd)
        let (body, _) = try block(until: ["endmacro"])
        try need(.tagEnd)
        return .macro(JinjaMacro(name: name, parameters: parameters, body: body))
    }

    private mutating func names() throws(JinjaFault) -> [String] {
        let isBracketed = takeSign("(")
        var names = [try name()]
        while takeSign(",") { names.append(try name()) }
        if isBracketed { try needSign(")") }
        return names
    }
}

// MARK: - Tokens

extension JinjaParser {
    func peek(_ ahead: Int = 0) -> JinjaLexer.Token {
        position + ahead < tokens.count ? tokens[position + ahead] : .end
    }

    mutating func next() -> JinjaLexer.Token {
        defer { position += 1 }
        return peek()
    }

    mutating func need(_ token: JinjaLexer.Token) throws(JinjaFault) {
        let found = next()
        guard found == token else { throw .unknown("`\(found)`") }
    }

    mutating func name() throws(JinjaFault) -> String {
        let token = next()
        guard case .name(let name) = token else { throw .unknown("`\(token)`") }
        return name
    }

    mutating func takeName(_ name: String) -> Bool {
        guard peek() == .name(name) else { return false }
        position += 1
        return true
    }

    mutating func takeSign(_ sign: String) -> Bool {
        guard peek() == .sign(sign) else { return false }
        position += 1
        return true
    }

    mutating func needSign(_ sign: String) throws(JinjaFault) { try need(.sign(sign)) }

    /// Counts a level that the caller leaves again.
    mutating func deeper() throws(JinjaFault) {
        depth += 1
        guard depth <= Self.deepest else { throw .unknown("more than \(Self.deepest) levels") }
    }

    mutating func shallower() { depth -= 1 }
}

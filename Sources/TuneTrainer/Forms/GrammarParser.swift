import TuneModel

/// Reads a grammar in GBNF, the notation that llama.cpp has made common:
///
/// ```
/// root  ::= "yes" | "no" (", " word){1,3}     # alternatives, groups, repetitions ? * + {n} {n,} {n,m}
/// word  ::= [a-z] [^ \n"]* .                  # characters, ranges, all but these, any
/// ```
///
/// Escapes are `\n \r \t \\ \" \[ \] \xHH \uHHHH \UHHHHHHHH`. A rule ends with its line, unless a group is open or the
/// next line begins with `|`.
struct GrammarParser {
    private let source: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private var grammar = Grammar()
    private var numbers: [String: Int] = [:]
    /// Where a rule without a definition was first used.
    private var uses: [Int: Int] = [:]

    private static let deepest = 64
    private static let mostRepeats = 10_000

    /// The states of a grammar whose root rule is `root`.
    static func machine(_ source: String) throws(FormFault) -> GrammarMachine {
        var parser = GrammarParser(source: Array(source.unicodeScalars))
        let grammar = try parser.parse()
        do {
            return try GrammarMachine(grammar)
        } catch {
            switch error {
            case .tooLarge: throw .tooLarge
            case .leftRecursion(let rule):
                throw .leftRecursion(grammar.rules[rule].name, line: grammar.rules[rule].line)
            case .endless(let rule): throw .endless(grammar.rules[rule].name, line: grammar.rules[rule].line)
            }
        }
    }

    private init(source: [Unicode.Scalar]) { self.source = source }

    private mutating func parse() throws(FormFault) -> Grammar {
        // Number 0 is the whole's.
        _ = number(of: "root")
        uses = [:]
        skipSpace(withLines: true)
        while peek != nil {
            try rule()
            skipSpace(withLines: true)
        }
        if grammar.rules[0].line == 0 { throw .noRoot }
        if let (rule, line) = uses.filter({ grammar.rules[$0.key].line == 0 }).min(by: { $0.value < $1.value }) {
            throw .undefinedRule(grammar.rules[rule].name, line: line)
        }
        return grammar
    }

    // MARK: - Rules

    private mutating func rule() throws(FormFault) {
        let start = line
        guard let name = takeName() else { throw expected(Wording("the name of a rule", "规则名称")) }
        skipSpace(withLines: false)
        guard take("::=") else { throw expected(Wording("`::=`", "`::=`")) }
        skipSpace(withLines: true)
        let body = try alternatives(depth: 0)
        guard peek == nil || isLineEnd else { throw expected(Wording("the end of the rule", "规则的结尾")) }
        let number = number(of: name)
        if grammar.rules[number].line > 0 { throw .repeatedRule(name, line: start) }
        grammar.rules[number].line = start
        grammar.rules[number].body = body
    }

    private mutating func number(of name: String) -> Int {
        if let known = numbers[name] { return known }
        let number = grammar.rules.count
        numbers[name] = number
        uses[number] = line
        grammar.rules.append(Grammar.Rule(name: name, body: .empty))
        return number
    }

    private mutating func alternatives(depth: Int) throws(FormFault) -> GrammarExpression {
        guard depth <= Self.deepest else { throw .tooLarge }
        var choices = [try sequence(depth: depth)]
        while takeBar() {
            skipSpace(withLines: true)
            choices.append(try sequence(depth: depth))
        }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    /// A bar here, or, since no rule begins with one, on the next line.
    private mutating func takeBar() -> Bool {
        let (position, line) = (position, line)
        skipSpace(withLines: true)
        if take("|") { return true }
        (self.position, self.line) = (position, line)
        return false
    }

    private mutating func sequence(depth: Int) throws(FormFault) -> GrammarExpression {
        var parts: [GrammarExpression] = []
        while let part = try element(depth: depth) {
            parts.append(try repeated(part))
            skipSpace(withLines: depth > 0)
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func element(depth: Int) throws(FormFault) -> GrammarExpression? {
        if take("\"") { return .text(try text()) }
        if take("[") { return .scalars(try set()) }
        if take(".") { return .scalars(.all) }
        if take("(") {
            skipSpace(withLines: true)
            let group = try alternatives(depth: depth + 1)
            skipSpace(withLines: true)
            guard take(")") else { throw expected(Wording("`)`", "`)`")) }
            return group
        }
        return takeName().map { .rule(number(of: $0)) }
    }

    private mutating func repeated(_ part: GrammarExpression) throws(FormFault) -> GrammarExpression {
        var part = part
        for _ in 0..<Self.deepest {
            skipSpace(withLines: false)
            if take("?") {
                part = .repeated(part, least: 0, most: 1)
            } else if take("*") {
                part = .repeated(part, least: 0, most: nil)
            } else if take("+") {
                part = .repeated(part, least: 1, most: nil)
            } else if take("{") {
                part = try counted(part)
            } else {
                return part
            }
        }
        throw .tooLarge
    }

    private mutating func counted(_ part: GrammarExpression) throws(FormFault) -> GrammarExpression {
        skipSpace(withLines: false)
        let least = try takeCount()
        skipSpace(withLines: false)
        var most = least
        if take(",") {
            skipSpace(withLines: false)
            most = try takeCount()
            skipSpace(withLines: false)
        } else if least == nil {
            throw expected(Wording("a number", "数字"))
        }
        guard take("}") else { throw expected(Wording("`}`", "`}`")) }
        if let most, most < least ?? 0 { throw expected(Wording("the smaller number first", "较小的数在前")) }
        return .repeated(part, least: least ?? 0, most: most)
    }

    private mutating func takeCount() throws(FormFault) -> Int? {
        var count: Int?
        while let digit = peek, let value = Character(digit).wholeNumberValue, digit.isASCII {
            count = (count ?? 0) * 10 + value
            if count! > Self.mostRepeats { throw .tooLarge }
            position += 1
        }
        return count
    }

    // MARK: - Characters

    private mutating func text() throws(FormFault) -> [UInt8] {
        var bytes: [UInt8] = []
        while !take("\"") { bytes += String(Character(try character())).utf8 }
        return bytes
    }

    private mutating func set() throws(FormFault) -> ScalarSet {
        let start = line
        let isInverted = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while !take("]") {
            let first = try character()
            // A minus at the end stands for itself.
            if peek == "-", position + 1 < source.count, source[position + 1] != "]" {
                position += 1
                let last = try character()
                guard first <= last else { throw expected(Wording("the lower character first", "较小的字符在前")) }
                ranges.append(first.value...last.value)
            } else {
                ranges.append(first.value...first.value)
            }
        }
        let set = isInverted ? ScalarSet(ranges).inverted : ScalarSet(ranges)
        if set.isEmpty {
            throw .grammarSyntax(expected: Wording("at least one character in `[…]`", "`[…]` 中至少一个字符"), line: start)
        }
        return set
    }

    private mutating func character() throws(FormFault) -> Unicode.Scalar {
        guard let scalar = peek, scalar != "\n" else {
            throw expected(Wording("the end of `\"…\"` or `[…]`", "`\"…\"` 或 `[…]` 的结尾"))
        }
        position += 1
        guard scalar == "\\" else { return scalar }
        guard let escape = peek else { throw expected(Wording("an escape", "转义字符")) }
        position += 1
        switch escape {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        case "U": return try hexadecimal(8)
        case "\\", "\"", "[", "]", "-", "^": return escape
        default: throw expected(Wording("a known escape instead of `\\\(escape)`", "已知的转义字符，而不是 `\\\(escape)`"))
        }
    }

    private mutating func hexadecimal(_ digits: Int) throws(FormFault) -> Unicode.Scalar {
        let end = min(position + digits, source.count)
        let text = String(String.UnicodeScalarView(source[position..<end]))
        guard end == position + digits, text.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value)
        else { throw expected(Wording("\(digits) hexadecimal digits of a character", "\(digits) 位表示字符的十六进制数字")) }
        position = end
        return scalar
    }

    // MARK: - Signs

    private var peek: Unicode.Scalar? { position < source.count ? source[position] : nil }

    private var isLineEnd: Bool { peek == "\n" || peek == "\r" }

    private mutating func take(_ sign: String) -> Bool {
        guard source[position...].starts(with: sign.unicodeScalars) else { return false }
        position += sign.unicodeScalars.count
        return true
    }

    private mutating func takeName() -> String? {
        let start = position
        while let scalar = peek, scalar.isASCII,
            scalar.properties.isAlphabetic || scalar == "-" || scalar == "_"
                || Character(scalar).isNumber
        { position += 1 }
        return position == start ? nil : String(String.UnicodeScalarView(source[start..<position]))
    }

    /// Spaces and comments, and line ends if wanted.
    private mutating func skipSpace(withLines: Bool) {
        while let scalar = peek {
            if scalar == "#" {
                while let scalar = peek, scalar != "\n" { position += 1 }
            } else if scalar == " " || scalar == "\t" || withLines && isLineEnd {
                if scalar == "\n" { line += 1 }
                position += 1
            } else {
                return
            }
        }
    }

    private func expected(_ what: Wording) -> FormFault { .grammarSyntax(expected: what, line: line) }
}

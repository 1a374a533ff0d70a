/// Reads a regular expression, of the kind that JSON schemas have, as a form of JSON strings.
///
/// Known are characters, `.`, classes, `\d \w \s` and their opposites, groups, alternatives, repetitions, and `^` and
/// `$` around a whole alternative. What looks around, back or at words' ends is not regular, and refused.
struct PatternParser {
    /// Something in the pattern that is not followed.
    struct Fault: Error {}

    private let source: [Unicode.Scalar]
    private var position = 0

    private static let deepest = 64
    private static let mostRepeats = 10_000
    private static let digits = ScalarSet([0x30...0x39])
    private static let words = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    private static let spaces = ScalarSet(
        [
            0x9...0xD, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
            0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
        ])
    private static let lineEnds = ScalarSet("\n\r\u{2028}\u{2029}".unicodeScalars)
    /// Any text.
    private static let anything = GrammarExpression.repeated(JSONCharacters.one(of: .all), least: 0, most: nil)

    /// What stands between the quotes of a string that has a match of the pattern.
    static func expression(_ pattern: String) throws(Fault) -> GrammarExpression {
        var parser = PatternParser(source: Array(pattern.unicodeScalars))
        var choices: [GrammarExpression] = []
        repeat {
            let isFromStart = parser.take("^")
            let body = try parser.sequence(depth: 0)
            let isToEnd = parser.take("$")
            choices.append(.sequence((isFromStart ? [] : [anything]) + [body] + (isToEnd ? [] : [anything])))
        } while parser.take("|")
        guard parser.position == parser.source.count else { throw Fault() }
        return .choice(choices)
    }

    private init(source: [Unicode.Scalar]) { self.source = source }

    private var peek: Unicode.Scalar? { position < source.count ? source[position] : nil }

    private mutating func take(_ sign: String) -> Bool {
        guard source[position...].starts(with: sign.unicodeScalars) else { return false }
        position += sign.unicodeScalars.count
        return true
    }

    private mutating func alternatives(depth: Int) throws(Fault) -> GrammarExpression {
        guard depth <= Self.deepest else { throw Fault() }
        var choices = [try sequence(depth: depth)]
        while take("|") { choices.append(try sequence(depth: depth)) }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    private mutating func sequence(depth: Int) throws(Fault) -> GrammarExpression {
        var parts: [GrammarExpression] = []
        while let part = try element(depth: depth) { parts.append(try repeated(part)) }
        return .sequence(parts)
    }

    private mutating func element(depth: Int) throws(Fault) -> GrammarExpression? {
        guard let scalar = peek, !")|$".unicodeScalars.contains(scalar) else { return nil }
        position += 1
        switch scalar {
        case "(":
            if take("?") { guard take(":") else { throw Fault() } }
            let group = try alternatives(depth: depth + 1)
            guard take(")") else { throw Fault() }
            return group
        case "[": return JSONCharacters.one(of: try set())
        case ".": return JSONCharacters.one(of: Self.lineEnds.inverted)
        case "\\": return JSONCharacters.one(of: try escape(inSet: false))
        case "^", "*", "+", "?", "{", "}", "]": throw Fault()
        default: return JSONCharacters.one(of: ScalarSet([scalar]))
        }
    }

    private mutating func repeated(_ part: GrammarExpression) throws(Fault) -> GrammarExpression {
        let least: Int
        let most: Int?
        if take("*") {
            (least, most) = (0, nil)
        } else if take("+") {
            (least, most) = (1, nil)
        } else if take("?") {
            (least, most) = (0, 1)
        } else if take("{") {
            guard let first = try count() else { throw Fault() }
            least = first
            most = take(",") ? try count() : first
            guard take("}"), least <= most ?? .max else { throw Fault() }
        } else {
            return part
        }
        // A lazy repetition finds the same texts.
        _ = take("?")
        if let next = peek, "*+?{".unicodeScalars.contains(next) { throw Fault() }
        return .repeated(part, least: least, most: most)
    }

    private mutating func count() throws(Fault) -> Int? {
        var count: Int?
        while let digit = peek, Self.digits.contains(digit) {
            count = (count ?? 0) * 10 + Int(digit.value - 0x30)
            guard count! <= Self.mostRepeats else { throw Fault() }
            position += 1
        }
        return count
    }

    private mutating func set() throws(Fault) -> ScalarSet {
        let isInverted = take("^")
        var set = ScalarSet()
        while !take("]") {
            let first = try setPart()
            if peek == "-", position + 1 < source.count, source[position + 1] != "]" {
                position += 1
                let last = try setPart()
                guard let low = first.only, let high = last.only, low <= high else { throw Fault() }
                set = set.union(ScalarSet([low...high]))
            } else {
                set = set.union(first)
            }
        }
        return isInverted ? set.inverted : set
    }

    private mutating func setPart() throws(Fault) -> ScalarSet {
        guard let scalar = peek else { throw Fault() }
        position += 1
        return scalar == "\\" ? try escape(inSet: true) : ScalarSet([scalar])
    }

    private mutating func escape(inSet: Bool) throws(Fault) -> ScalarSet {
        guard let scalar = peek else { throw Fault() }
        position += 1
        switch scalar {
        case "d": return Self.digits
        case "D": return Self.digits.inverted
        case "w": return Self.words
        case "W": return Self.words.inverted
        case "s": return Self.spaces
        case "S": return Self.spaces.inverted
        case "n": return ScalarSet(["\n" as Unicode.Scalar])
        case "r": return ScalarSet(["\r" as Unicode.Scalar])
        case "t": return ScalarSet(["\t" as Unicode.Scalar])
        case "f": return ScalarSet(["\u{C}" as Unicode.Scalar])
        case "v": return ScalarSet(["\u{B}" as Unicode.Scalar])
        case "b" where inSet: return ScalarSet(["\u{8}" as Unicode.Scalar])
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        case _ where !scalar.properties.isAlphabetic && !Self.digits.contains(scalar): return ScalarSet([scalar])
        default: throw Fault()
        }
    }

    private mutating func hexadecimal(_ digits: Int) throws(Fault) -> ScalarSet {
        let end = min(position + digits, source.count)
        let text = String(String.UnicodeScalarView(source[position..<end]))
        guard end == position + digits, text.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value)
        else { throw Fault() }
        position = end
        return ScalarSet([scalar])
    }
}

extension ScalarSet {
    /// Its scalar, when it has one only.
    fileprivate var only: UInt32? {
        ranges.count == 1 && ranges[0].count == 1 ? ranges[0].lowerBound : nil
    }
}

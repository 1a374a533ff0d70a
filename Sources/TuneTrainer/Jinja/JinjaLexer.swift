/// Cuts a template into text and tags, and tags into words and signs, with the settings that chat templates are written
/// for: a line break after a tag is left out, and so is the white space before a tag that begins its line.
struct JinjaLexer {
    enum Token: Equatable {
        case text(String)
        /// `{{` and `}}`.
        case outputStart, outputEnd
        /// `{%` and `%}`.
        case tagStart, tagEnd
        case name(String)
        case string(String)
        case integer(Int)
        case number(Double)
        case sign(String)
        case end
    }

    private let source: [Unicode.Scalar]
    private var position = 0
    private var tokens: [Token] = []
    /// Text that comes next loses its white space at the front, or one line break.
    private var stripsNext = false
    private var dropsLineBreak = false

    static func tokens(of source: String) throws(JinjaFault) -> [Token] {
        var lexer = JinjaLexer(source)
        try lexer.run()
        return lexer.tokens + [.end]
    }

    private init(_ source: String) {
        var scalars = Array(source.replacing("\r\n", with: "\n").unicodeScalars)
        // One line break at the very end is the file's, not the template's.
        if scalars.last == "\n" { scalars.removeLast() }
        self.source = scalars
    }

    private mutating func run() throws(JinjaFault) {
        while position < source.count {
            let start = position
            while position < source.count, !startsTag { position += 1 }
            let text = Array(source[start..<position])
            guard position < source.count else { return append(text[...]) }
            let kind = source[position + 1]
            let control = position + 2 < source.count ? source[position + 2] : " "
            position += 2
            var kept = text[...]
            if control == "-" || control == "+" && kind != "{" { position += 1 }
            if control == "-" {
                while let last = kept.last, last.properties.isWhitespace { kept.removeLast() }
            } else if kind != "{", control != "+" {
                // White space from the beginning of the line on.
                let blank = kept.reversed().prefix { $0 == " " || $0 == "\t" }.count
                let before = kept.dropLast(blank).last
                if before == "\n" || before == nil && (kept.startIndex == 0 && isAtLineStart(start)) {
                    kept.removeLast(blank)
                }
            }
            append(kept)
            switch kind {
            case "#": try skipComment()
            case "%": try readTag(.tagStart, .tagEnd, "%")
            default: try readTag(.outputStart, .outputEnd, "}")
            }
        }
    }

    private var startsTag: Bool {
        position + 1 < source.count && source[position] == "{"
            && (source[position + 1] == "{" || source[position + 1] == "%" || source[position + 1] == "#")
    }

    /// Whether nothing but the file's beginning or a line break stands before a place.
    private func isAtLineStart(_ place: Int) -> Bool { place == 0 || source[place - 1] == "\n" }

    private mutating func append(_ text: ArraySlice<Unicode.Scalar>) {
        var text = text
        if stripsNext {
            while let first = text.first, first.properties.isWhitespace { text.removeFirst() }
        } else if dropsLineBreak, text.first == "\n" {
            text.removeFirst()
        }
        (stripsNext, dropsLineBreak) = (false, false)
        if !text.isEmpty { tokens.append(.text(String(String.UnicodeScalarView(text)))) }
    }

    private mutating func skipComment() throws(JinjaFault) {
        while position + 1 < source.count {
            if source[position] == "#", source[position + 1] == "}" {
                stripsNext = source[position - 1] == "-"
                dropsLineBreak = true
                position += 2
                return
            }
            position += 1
        }
        throw .unknown("a comment without an end")
    }

    private mutating func readTag(_ open: Token, _ close: Token, _ sign: Unicode.Scalar) throws(JinjaFault) {
        tokens.append(open)
        var depth = 0
        while true {
            while position < source.count, source[position].properties.isWhitespace { position += 1 }
            guard position < source.count else { throw .unknown("a tag without an end") }
            if depth == 0, let length = endLength(sign) {
                stripsNext = source[position] == "-"
                dropsLineBreak = sign == "%" && source[position] != "+"
                position += length
                tokens.append(close)
                return
            }
            let token = try readToken()
            if case .sign(let text) = token {
                if "([{".contains(text) { depth += 1 }
                if ")]}".contains(text) { depth -= 1 }
            }
            tokens.append(token)
        }
    }

    /// The length of `%}`, `-%}` or `+%}` here; nil for anything else.
    private func endLength(_ sign: Unicode.Scalar) -> Int? {
        func isEnd(_ place: Int) -> Bool {
            place + 1 < source.count && source[place] == sign && source[place + 1] == "}"
        }
        if isEnd(position) { return 2 }
        return (source[position] == "-" || source[position] == "+") && isEnd(position + 1) ? 3 : nil
    }

    private mutating func readToken() throws(JinjaFault) -> Token {
        let first = source[position]
        if first == "'" || first == "\"" { return .string(try readString(first)) }
        if ("0"..."9").contains(first) { return try readNumber() }
        if first == "_" || first.properties.isAlphabetic {
            let start = position
            while position < source.count,
                source[position] == "_" || source[position].properties.isAlphabetic
                    || ("0"..."9").contains(source[position])
            { position += 1 }
            return .name(String(String.UnicodeScalarView(source[start..<position])))
        }
        for sign in ["==", "!=", "<=", ">=", "//", "**"] where source[position...].starts(with: sign.unicodeScalars) {
            position += 2
            return .sign(sign)
        }
        guard "+-*/%~<>=()[]{},:.|".unicodeScalars.contains(first) else { throw .unknown("the sign `\(first)`") }
        position += 1
        return .sign(String(first))
    }

    private mutating func readNumber() throws(JinjaFault) -> Token {
        let start = position
        func digits(_ place: inout Int) {
            while place < source.count, ("0"..."9").contains(source[place]) || source[place] == "_" { place += 1 }
        }
        digits(&position)
        if position + 1 < source.count, source[position] == ".", ("0"..."9").contains(source[position + 1]) {
            position += 1
            digits(&position)
        }
        let text = String(String.UnicodeScalarView(source[start..<position].filter { $0 != "_" }))
        if let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text) else { throw .unknown("the number `\(text)`") }
        return .number(number)
    }

    private mutating func readString(_ quote: Unicode.Scalar) throws(JinjaFault) -> String {
        position += 1
        var text = String.UnicodeScalarView()
        while position < source.count {
            let scalar = source[position]
            position += 1
            if scalar == quote { return String(text) }
            guard scalar == "\\", position < source.count else {
                text.append(scalar)
                continue
            }
            let escaped = source[position]
            position += 1
            switch escaped {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "r": text.append("\r")
            case "\\", "'", "\"": text.append(escaped)
            case "u", "x":
                let count = escaped == "u" ? 4 : 2
                let digits = String(String.UnicodeScalarView(source[position...].prefix(count)))
                guard digits.unicodeScalars.count == count, let value = UInt32(digits, radix: 16),
                    let made = Unicode.Scalar(value)
                else { throw .unknown("the escape `\\\(escaped)\(digits)`") }
                text.append(made)
                position += count
            default:
                // Python leaves an escape that means nothing as it stands.
                text.append("\\")
                text.append(escaped)
            }
        }
        throw .unknown("a string without an end")
    }
}

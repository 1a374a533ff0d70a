/// Reads what a person types as a filter.
struct FilterParser {
    /// Characters that stand between terms.
    private static let spaces: Set<Character> = [" ", "\t", "\u{3000}", "\n", "\r\n"]

    static func terms(of typed: String) throws(FilterProblem) -> [FilterTerm] {
        var terms: [FilterTerm] = []
        for piece in try pieces(of: typed) { terms.append(try term(piece)) }
        return terms
    }

    /// What stands between two spaces that no quote or slash takes in.
    private struct Piece {
        var text: [Character] = []
        /// Whether a character was quoted, and so stands for itself.
        var isLiteral: [Bool] = []
        /// Of its first character, from 1.
        var column = 1

        func string(from start: Int) -> String { String(text[start...]) }
    }

    // MARK: - Pieces

    private static func pieces(of typed: String) throws(FilterProblem) -> [Piece] {
        var pieces: [Piece] = []
        var piece: Piece?
        var quote: (closing: Character, column: Int)?
        var isEscaped = false
        for (place, character) in typed.enumerated() {
            if let open = quote {
                if isEscaped || character != open.closing {
                    // In an expression a backslash keeps the slash behind it from ending it, and stays.
                    isEscaped = open.closing == "/" && character == "\\" && !isEscaped
                    piece?.text.append(character)
                    piece?.isLiteral.append(open.closing != "/")
                } else {
                    if open.closing == "/" {
                        piece?.text.append(character)
                        piece?.isLiteral.append(false)
                    }
                    quote = nil
                }
                continue
            }
            if spaces.contains(character) {
                if let done = piece { pieces.append(done) }
                piece = nil
                continue
            }
            var current = piece ?? Piece(column: place + 1)
            if let closing = closing(of: character, behind: current.text) {
                quote = (closing, place + 1)
                if closing == "/" {
                    current.text.append(character)
                    current.isLiteral.append(false)
                }
            } else {
                current.text.append(character)
                current.isLiteral.append(false)
            }
            piece = current
        }
        if let quote {
            throw quote.closing == "/"
                ? .unclosedExpression(column: quote.column) : .unclosedQuote(column: quote.column)
        }
        if let done = piece { pieces.append(done) }
        return pieces
    }

    /// What ends the quotation that a character begins; nil where it begins none. A slash begins one only at the head
    /// of a term or behind its colon, and an expression must follow.
    private static func closing(of character: Character, behind text: [Character]) -> Character? {
        switch character {
        case "\"": "\""
        case "“": "”"
        case "/" where text.isEmpty || text == ["-"] || text.last == ":" || text.last == "：": "/"
        default: nil
        }
    }

    // MARK: - Terms

    private static func term(_ piece: Piece) throws(FilterProblem) -> FilterTerm {
        var start = 0
        var isNegated = false
        if piece.text.first == "-", piece.isLiteral.first == false, piece.text.count > 1 {
            isNegated = true
            start = 1
        }
        let test = try test(piece, from: start)
        return FilterTerm(test: test, isNegated: isNegated)
    }

    private static func test(_ piece: Piece, from start: Int) throws(FilterProblem) -> FilterTest {
        let column = piece.column + start
        if let sign = sign(in: piece, from: start), sign > start {
            let name = String(piece.text[start..<sign])
            let isColon = piece.text[sign] == ":" || piece.text[sign] == "："
            if let word = FilterWord.named(name) {
                let isTyped = !piece.isLiteral[sign...].contains(true)
                return try isColon
                    ? word.test(piece.string(from: sign + 1), isTyped: isTyped, column: column)
                    : word.comparison(piece.string(from: sign), column: column)
            }
            if isColon || Double(comparisonValue(piece.string(from: sign))) != nil {
                throw .unknownWord(name, column: column)
            }
        }
        let text = piece.string(from: start)
        let isPlain = !piece.isLiteral[start...].contains(true)
        if isPlain, let word = FilterWord.named(text), let test = word.bareTest { return test }
        guard !text.isEmpty else { throw .emptyTerm(column: column) }
        return .text(try search(text, isTyped: isPlain, column: column), in: .anywhere)
    }

    /// The first colon or comparison that stands for itself, behind nothing but letters.
    private static func sign(in piece: Piece, from start: Int) -> Int? {
        for place in start..<piece.text.count {
            let character = piece.text[place]
            guard !piece.isLiteral[place] else { return nil }
            if ":：<>=".contains(character) { return place }
            guard character.isLetter else { return nil }
        }
        return nil
    }

    private static func comparisonValue(_ text: String) -> String { String(text.drop { "<>=".contains($0) }) }

    static func search(
        _ text: String, isTyped: Bool = true, column: Int
    ) throws(FilterProblem) -> TextSearch {
        do throws(PatternProblem) {
            return TextSearch(isTyped ? try TextPattern(typed: text) : try TextPattern(text))
        } catch {
            switch error {
            case .empty: throw .emptyTerm(column: column)
            case .unreadable(let pattern): throw .badExpression(pattern, column: column)
            }
        }
    }
}

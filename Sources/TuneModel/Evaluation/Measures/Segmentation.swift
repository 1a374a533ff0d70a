/// How texts are cut into tokens before BLEU compares them, by sacrebleu's names.
public enum Segmentation: String, CaseIterable, Codable, Sendable {
    /// Words and punctuation of languages that write spaces, as `mteval-v13a` cuts them.
    case western = "13a"
    /// Chinese characters one by one, the rest as `western` does.
    case chinese = "zh"

    /// By what the texts are written in: Chinese as soon as a third of their letters are.
    public init(of texts: some Sequence<String>) {
        var letters = 0
        var east = 0
        for text in texts {
            for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
                letters += 1
                if scalar.standsAlone { east += 1 }
            }
        }
        self = east * 3 >= letters && east > 0 ? .chinese : .western
    }

    /// The tokens of a text, as sacrebleu 2.6 cuts it.
    public func tokens(of text: String) -> [String] {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        switch self {
        case .western:
            scalars = Self.unescaped(scalars)
            scalars = [" "] + scalars + [" "]
        case .chinese:
            var spaced: [Unicode.Scalar] = []
            spaced.reserveCapacity(scalars.count * 3)
            for scalar in scalars.drop(while: { $0.properties.isWhitespace }) {
                if Self.isChinese(scalar) { spaced += [" ", scalar, " "] } else { spaced.append(scalar) }
            }
            scalars = spaced
        }
        return Self.separated(scalars).split { $0.properties.isWhitespace }.map { piece in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: piece)
            return String(view)
        }
    }

    // MARK: - Private

    /// Line breaks become spaces, and the four entities of the evaluation campaigns become characters.
    private static func unescaped(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = scalars.replacing("<skipped>".scalars, with: [])
        text = text.replacing("-\n".scalars, with: [])
        text = text.map { $0 == "\n" ? " " : $0 }
        for (entity, character) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
            text = text.replacing(entity.scalars, with: character.scalars)
        }
        return text
    }

    /// Spaces around symbols; around full stops and commas unless they stand in a number; before a dash after a digit.
    private static func separated(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text: [Unicode.Scalar] = []
        text.reserveCapacity(scalars.count * 2)
        for scalar in scalars {
            if isSymbol(scalar) { text += [" ", scalar, " "] } else { text.append(scalar) }
        }
        text = pairs(of: text, where: { !isDigit($0) && isPoint($1) }, become: { [$0, " ", $1, " "] })
        text = pairs(of: text, where: { isPoint($0) && !isDigit($1) }, become: { [" ", $0, " ", $1] })
        return pairs(of: text, where: { isDigit($0) && $1 == "-" }, become: { [$0, " ", $1, " "] })
    }

    /// Replaces pairs of neighbours from left to right; what was replaced is not looked at again.
    private static func pairs(
        of text: [Unicode.Scalar], where matches: (Unicode.Scalar, Unicode.Scalar) -> Bool,
        become replacement: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]
    ) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count + text.count / 4)
        var index = 0
        while index < text.count {
            if index + 1 < text.count, matches(text[index], text[index + 1]) {
                result += replacement(text[index], text[index + 1])
                index += 2
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

    /// ASCII symbols but apostrophe, comma, dash and full stop.
    private static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "{"..."~", "["..."`", " "..."&", "("..."+", ":"..."@", "/": true
        default: false
        }
    }

    /// What sacrebleu takes for Chinese: characters, radicals, full-width forms, and nearly all punctuation from
    /// U+2001 on, since two of its ranges are meant for the supplementary planes and end in the first.
    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2001...0x2A6D, 0x2E80...0x2FDF, 0x2FF0...0x303F, 0x3100...0x312F, 0x31A0...0x31BF, 0x31C0...0x31EF,
            0x3200...0x33FF, 0x3400...0x4DB5, 0x4E00...0x9FBB, 0xF900...0xFA2D, 0xFA30...0xFA6A, 0xFA70...0xFAD9,
            0xFE10...0xFE1F, 0xFE30...0xFE4F, 0xFF00...0xFFEF:
            true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is a word by itself: a Chinese or Japanese character.
    var standsAlone: Bool {
        switch value {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}

extension String {
    fileprivate var scalars: [Unicode.Scalar] { Array(unicodeScalars) }
}

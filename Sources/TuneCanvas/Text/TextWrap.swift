/// Breaks text into lines that fit a width.
///
/// Words stay whole while they fit; Chinese, Japanese and Korean text may break between any two characters, except
/// that closing punctuation never begins a line and an opening bracket never ends one. A wide glyph is never split.
public struct TextWrap: Sendable {
    /// Columns of a line.
    public let width: Int
    public let measure: GlyphWidth

    public init(width: Int, measure: GlyphWidth = .standard) {
        self.width = width
        self.measure = measure
    }

    /// The lines of a text, without their newlines and the spaces they break at; an empty text is one empty line.
    ///
    /// The pieces are slices of `text`, so that an index of the text can be found again in its line.
    public func lines(of text: String) -> [Substring] {
        guard width > 0 else { return [] }
        var lines: [Substring] = []
        for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            wrap(paragraph, into: &lines)
        }
        return lines
    }

    /// The rows of a text that is taken for one paragraph, whatever is in it.
    func rows(of paragraph: Substring) -> [Substring] {
        var lines: [Substring] = []
        wrap(paragraph, into: &lines)
        return lines
    }

    // MARK: -

    private func wrap(_ paragraph: Substring, into lines: inout [Substring]) {
        var rest = paragraph
        while true {
            let (fitting, _) = measure.prefix(of: rest, fitting: width)
            guard fitting.endIndex < rest.endIndex else {
                lines.append(rest)
                return
            }
            // A glyph wider than the line would never fit; it is given the line to itself.
            let least = fitting.isEmpty ? rest.index(after: rest.startIndex) : fitting.endIndex
            let end = fitting.isEmpty ? least : breakPoint(in: rest, fitting: fitting)
            var line = rest[..<end]
            while line.last == " " { line.removeLast() }
            lines.append(line)
            rest = rest[end...]
            while rest.first == " " { rest.removeFirst() }
            if rest.isEmpty { return }
        }
    }

    /// The last place at or before the end of `fitting` where a line may break; its end when there is none.
    private func breakPoint(in text: Substring, fitting: Substring) -> Substring.Index {
        var end = fitting.endIndex
        while end > text.startIndex {
            let before = text[text.index(before: end)]
            if mayBreak(between: before, and: text[end]) { return end }
            end = text.index(before: end)
        }
        return fitting.endIndex
    }

    private func mayBreak(between left: Character, and right: Character) -> Bool {
        if right == " " || left == " " { return true }
        if Self.neverFirst.contains(right) || Self.neverLast.contains(left) { return false }
        return breaksFreely(left) || breaksFreely(right) || left == "-"
    }

    private func breaksFreely(_ character: Character) -> Bool {
        !character.isASCII && measure.rawColumns(of: character) == 2
    }

    private static let neverFirst = Set("、。，．：；！？）］｝〉》」』】〕〗…—·～％,.:;!?)]}%”’ー々")
    private static let neverLast = Set("（［｛〈《「『【〔〖([{“‘￥＄$")
}

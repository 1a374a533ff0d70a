import Foundation

/// Texts made ready to be told equal.
public enum AnswerText {
    /// Without the white space around it, which belongs to the form of a file and not to the answer.
    public static func trimmed(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Without what does not change the meaning: case, punctuation, runs of white space, full or half width.
    ///
    /// A point between digits and a sign before one stay: 3.5 is not 35, and −1 is not 1.
    public static func normalized(_ text: String) -> String {
        let scalars = Array(text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars)
        var result = String.UnicodeScalarView()
        var isGap = false
        for (index, scalar) in scalars.enumerated() {
            let before = index > 0 ? scalars[index - 1] : " "
            let after = index + 1 < scalars.count ? scalars[index + 1] : " "
            if scalar.properties.isWhitespace {
                isGap = true
                continue
            }
            if isPunctuation(scalar), !isPartOfNumber(scalar, before, after) {
                // A hyphen or a dot between words parts them as a space would; an apostrophe does not.
                if !"'’`".unicodeScalars.contains(scalar) { isGap = true }
                continue
            }
            // Chinese is written without spaces, so that one says nothing there.
            if isGap, let last = result.last, !(last.standsAlone && scalar.standsAlone) { result.append(" ") }
            isGap = false
            result.append(scalar == "\u{2212}" ? "-" : scalar)
        }
        return String(result)
    }

    private static func isPartOfNumber(
        _ scalar: Unicode.Scalar, _ before: Unicode.Scalar, _ after: Unicode.Scalar
    ) -> Bool {
        guard ("0"..."9").contains(after) else { return false }
        switch scalar {
        case ".": return ("0"..."9").contains(before)
        case "-": return before.properties.isWhitespace || isPunctuation(before)
        default: return false
        }
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: scalar == "`"
        }
    }
}

/// How an answer does against the one that was expected. Both without the white space around them.
public struct AnswerScore: Hashable, Codable, Sendable {
    /// The same, letter by letter.
    public let isExact: Bool
    /// The same but for case, punctuation, white space and width.
    public let isEqual: Bool
    public let rouge: ROUGE
    public let bleu: BLEU
    public let chrF: ChrF

    public init(_ answer: String, expected: String, _ segmentation: Segmentation) {
        let answer = AnswerText.trimmed(answer)
        let expected = AnswerText.trimmed(expected)
        isExact = answer == expected
        isEqual = isExact || AnswerText.normalized(answer) == AnswerText.normalized(expected)
        rouge = ROUGE(answer, expected: expected)
        bleu = BLEU(answer, expected: expected, segmentation)
        chrF = ChrF(answer, expected: expected)
    }
}

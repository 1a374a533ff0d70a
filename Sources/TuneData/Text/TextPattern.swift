import Foundation

/// What a person looks for in texts: some characters, or a regular expression.
///
/// Small letters find capitals too, a capital in the pattern finds only itself.
public struct TextPattern: Hashable, Sendable {
    public let source: String
    public let isRegex: Bool
    /// Whether small letters find capitals too.
    let ignoresCase: Bool
    private let expression: Expression

    /// - Throws: `PatternProblem` when a regular expression cannot be read, or the pattern is empty.
    public init(_ source: String, isRegex: Bool = false) throws(PatternProblem) {
        guard !source.isEmpty else { throw .empty }
        self.source = source
        self.isRegex = isRegex
        let pattern = isRegex ? source : NSRegularExpression.escapedPattern(for: source)
        ignoresCase = !(isRegex ? Self.withoutEscapes(source) : source).contains(where: \.isUppercase)
        do {
            expression = Expression(
                try NSRegularExpression(pattern: pattern, options: ignoresCase ? .caseInsensitive : []))
        } catch {
            throw .unreadable(source)
        }
    }

    /// `/…/` is a regular expression, anything else stands for itself.
    public init(typed text: String) throws(PatternProblem) {
        let isRegex = text.count > 2 && text.first == "/" && text.last == "/"
        try self.init(isRegex ? String(text.dropFirst().dropLast()) : text, isRegex: isRegex)
    }

    public func matches(_ text: String) -> Bool {
        expression.regex.firstMatch(in: text, range: Self.whole(text)) != nil
    }

    /// The places of all matches that hold a character at least, in order, not overlapping.
    public func ranges(in text: String) -> [Range<String.Index>] {
        expression.regex.matches(in: text, range: Self.whole(text)).compactMap { match in
            Range(match.range, in: text).flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    /// The text with every match replaced; of a regular expression, `$1` stands for what its first group caught.
    public func replacing(in text: String, with replacement: String) -> String {
        let template = isRegex ? replacement : NSRegularExpression.escapedTemplate(for: replacement)
        return expression.regex.stringByReplacingMatches(in: text, range: Self.whole(text), withTemplate: template)
    }

    // MARK: -

    private static func whole(_ text: String) -> NSRange { NSRange(location: 0, length: text.utf16.count) }

    /// `\S` says no capital.
    private static func withoutEscapes(_ source: String) -> String {
        var plain = ""
        var isEscaped = false
        for character in source {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                plain.append(character)
            }
        }
        return plain
    }

    /// Immutable once made, so that threads may share it.
    private struct Expression: Hashable, @unchecked Sendable {
        let regex: NSRegularExpression
        init(_ regex: NSRegularExpression) { self.regex = regex }
    }
}

/// Why a pattern cannot be looked for.
public enum PatternProblem: Error, Hashable, Sendable {
    case empty
    case unreadable(String)
}

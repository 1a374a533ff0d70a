import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Patterns against Foundation's regular expressions.
struct PatternParserTests {
    private static let patterns = [
        "^abc$", "abc", "^a", "c$", "^a|c$", "^[a-c]+$", "^[^a-c]*$", "^a.c$", "^(ab|c){2,3}$", "^(?:a|b)?c$", "^a{2}$",
        "^a{2,}$", "^\\d{3}-\\d{4}$", "^\\w+\\s\\w+$", "^\\S+$", "^\\D\\W$", "^[\\w.-]+@[\\w-]+\\.com$", "^\"\\\\$",
        "^[\"\\\\]+$", "^\\u0061\\x62$", "^月.?$", "^a+?b*?$", "(?:)", "^$", "^(a|)$", "^[-a]$", "^[a\\]]$", "^\\ta$",
    ]
    private static let texts = [
        "", "a", "b", "c", "abc", "xabcx", "aa", "aaa", "aac", "abab", "abcab", "ccc", "ac", "bc", "555-1234", "5-12",
        "two words", "two  words", "a!", "ab", "a-b.c@d-e.com", "a@b.org", "\"\\", "\"\"", "\\", "月", "月👍", "月光光",
        "xyz",
        "a\nc", "-", "]", "\ta", "aab", "0", "é",
    ]

    @Test(arguments: patterns) func aPatternTakesWhatItMatches(_ pattern: String) throws {
        let schema = SchemaValue.object([
            .init(key: "type", value: .text("string")), .init(key: "pattern", value: .text(pattern)),
        ]).json
        let expression = try NSRegularExpression(pattern: pattern)
        for text in Self.texts {
            let range = NSRange(location: 0, length: text.utf16.count)
            let matches = expression.firstMatch(in: text, range: range) != nil
            #expect(
                try AnswerForm.schema(schema).takes(SchemaValue.text(text).json) == matches,
                "\(text.debugDescription)")
        }
    }

    @Test(arguments: [
        "(?=a)", "(?!a)", "(?<=a)b", "(a)\\1", "\\bword\\b", "a^b", "a$b", "(^a)", "(a", "a)", "[a", "a{", "a{2,1}",
        "*",
        "a**", "\\p{L}", "\\", "[z-a]", "a{99999}", "(?<n>a)", "[\\w-z]",
    ])
    func whatIsNotFollowedIsNamed(_ pattern: String) {
        let schema = SchemaValue.object([
            .init(key: "type", value: .text("string")), .init(key: "pattern", value: .text(pattern)),
        ]).json
        #expect(AnswerForm.schema(schema).fault == .keyword("pattern", at: "#"))
    }
}

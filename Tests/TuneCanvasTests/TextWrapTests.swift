import Testing
import TuneCanvas

@Suite struct TextWrapTests {
    private func lines(_ text: String, _ width: Int) -> [String] {
        TextWrap(width: width).lines(of: text).map(String.init)
    }

    @Test func wordsStayWhole() {
        #expect(lines("the quick brown fox", 10) == ["the quick", "brown fox"])
    }

    @Test func aWordLongerThanTheLineIsCut() {
        #expect(lines("incomprehensible", 6) == ["incomp", "rehens", "ible"])
    }

    @Test func chineseBreaksBetweenAnyTwoCharacters() {
        #expect(lines("微调一个小语言模型", 7) == ["微调一", "个小语", "言模型"])
    }

    @Test func mixedTextBreaksAtTheScripts() {
        #expect(lines("使用LoRA训练模型", 8) == ["使用LoRA", "训练模型"])
        #expect(lines("中文 LoRA", 6) == ["中文", "LoRA"])
    }

    @Test func punctuationNeverBeginsALineAndABracketNeverEndsOne() {
        #expect(lines("你好吗，世界", 6) == ["你好", "吗，世", "界"])
        #expect(lines("看看（括号）", 6) == ["看看", "（括", "号）"])
    }

    @Test func newlinesAreKept() {
        #expect(lines("a\n\nb\n", 5) == ["a", "", "b", ""])
        #expect(lines("", 5) == [""])
    }

    @Test func aGlyphWiderThanTheLineStandsAlone() {
        #expect(lines("中a", 1) == ["中", "a"])
    }

    @Test func noLineIsWiderThanAsked() {
        let text = "Prompts 提示 should end with “ ->”，而 completions 应以空格开头。👨‍👩‍👧 family e\u{301}tude — 3,000 tokens…"
        for width in 2...40 {
            for line in TextWrap(width: width).lines(of: text) {
                #expect(GlyphWidth.standard.columns(of: line) <= width)
            }
            let kept = lines(text, width).joined().filter { $0 != " " }
            #expect(kept == text.filter { $0 != " " })
        }
    }
}

import Testing
import TuneCanvas

@Suite struct EditLinesTests {
    private let text = "one two three\n中文字符很多\n\nend"

    @Test func everyCharacterStandsInOneLine() {
        let lines = EditLines(text, width: 8)
        #expect(lines.lines.map { String(text[$0]) } == ["one two ", "three", "中文字", "符很多", "", "end"])
    }

    @Test func theCaretIsFoundInItsLineAndColumn() {
        let lines = EditLines(text, width: 8)
        let afterWide = text.index(text.firstIndex(of: "文")!, offsetBy: 1)
        #expect(lines.place(of: afterWide) == (2, 4))
        #expect(lines.place(of: text.endIndex) == (5, 3))
        #expect(lines.place(of: text.startIndex) == (0, 0))
    }

    @Test func movingDownKeepsTheColumnAndNeverEntersHalfAGlyph() {
        let lines = EditLines(text, width: 8)
        #expect(text[lines.index(line: 2, column: 3)] == "文")
        #expect(lines.index(line: 99, column: 99) == text.endIndex)
        // The end of a wrapped line belongs to the next one.
        #expect(lines.place(of: lines.index(line: 0, column: 99)).line == 0)
    }

    @Test func onlyLineFeedsEndALine() {
        let text = "a\u{2028}b\rc\u{0B}d\r\ne"
        #expect(EditLines(text, width: 40).lines.map { String(text[$0]) } == ["a\u{2028}b\rc\u{0B}d", "e"])
    }
}

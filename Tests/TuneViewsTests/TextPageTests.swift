import Testing
import TuneCanvas
import TuneControl

@testable import TuneViews

@MainActor
struct TextPageTests {
    private func buffer(_ text: String, caret: Int) -> TextBuffer {
        var buffer = TextBuffer(text, allowsNewlines: true)
        buffer.apply(.move(.to(caret)))
        return buffer
    }

    private let text = "one two three\n中文字符很多\n\nend"

    @Test func theCaretStandsWhereItsLetterIs() {
        let page = TextPage(buffer(text, caret: 17), width: 8, height: 6)
        #expect(page.rows.map(\.text) == ["one two ", "three", "中文字", "符很多", "", "end"])
        #expect(page.caret == Point(x: 2, y: 2))
        #expect(TextPage(buffer(text, caret: text.utf8.count), width: 8, height: 6).caret == Point(x: 3, y: 5))
    }

    @Test func thePageScrollsNoFurtherThanTheCaretNeeds() {
        var buffer = buffer(text, caret: text.utf8.count)
        var page = TextPage(buffer, width: 8, height: 3)
        #expect(page.rows.map(\.text) == ["符很多", "", "end"])
        // Going up, the page stays until the caret leaves it.
        for expected in [["符很多", "", "end"], ["符很多", "", "end"], ["中文字", "符很多", ""]] {
            buffer.top = page.top
            buffer.apply(.move(page.motion(rows: -1)))
            page = TextPage(buffer, width: 8, height: 3)
            #expect(page.rows.map(\.text) == expected)
        }
    }

    @Test func rowsKeepTheColumnTheyBeganWith() {
        var buffer = buffer("abcdef\nxy\n中中中中\n", caret: 5)
        var columns: [Int] = []
        for _ in 0..<3 {
            buffer.apply(.move(TextPage(buffer, width: 20, height: 9).motion(rows: 1)))
            columns.append(buffer.cursor.column)
        }
        #expect(columns == [2, 2, 0])
        #expect(buffer.goal == 5)
        buffer.apply(.move(TextPage(buffer, width: 20, height: 9).motion(rows: -1)))
        #expect(buffer.cursor == TextPosition(line: 2, column: 2))
        buffer.apply(.move(.left))
        #expect(buffer.goal == nil)
    }

    @Test func aPageLessOneRowIsTurned() {
        let lines = (0..<30).map(String.init).joined(separator: "\n")
        var buffer = buffer(lines, caret: 0)
        buffer.apply(.move(TextPage(buffer, width: 20, height: 10).motion(pages: 1)))
        #expect(buffer.cursor.line == 9)
        for _ in 0..<5 { buffer.apply(.move(TextPage(buffer, width: 20, height: 10).motion(pages: 1))) }
        #expect(buffer.caret == buffer.count)
    }

    /// Up and down through wrapped text of every kind, nothing is skipped and the caret is always on the page.
    @Test(arguments: [1, 2, 3, 9, 40])
    func everyRowCanBeReached(width: Int) {
        let text = "plain words\n中文👨‍👩‍👧🇨🇳e\u{301}\r\n\u{1B}[31mred\u{202E}x\t\n" + String(repeating: "long ", count: 30)
        var buffer = buffer(text, caret: 0)
        var rows = 0
        while buffer.caret < buffer.count, rows < 1000 {
            let page = TextPage(buffer, width: width, height: 4)
            #expect(page.caret != nil)
            buffer.top = page.top
            let before = buffer.caret
            buffer.apply(.move(page.motion(rows: 1)))
            #expect(buffer.caret > before)
            rows += 1
        }
        #expect(buffer.caret == buffer.count)
        while buffer.caret > 0, rows < 3000 {
            let page = TextPage(buffer, width: width, height: 4)
            #expect(page.caret != nil)
            buffer.apply(.move(page.motion(rows: -1)))
            rows += 1
        }
        #expect(buffer.caret == 0)
    }
}

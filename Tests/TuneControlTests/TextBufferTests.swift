import Testing

@testable import TuneControl

struct TextBufferTests {
    @Test func deletesWholeGraphemes() {
        var buffer = TextBuffer("a👨‍👩‍👧e\u{301}中")
        for expected in ["a👨‍👩‍👧e\u{301}", "a👨‍👩‍👧", "a", "", ""] {
            buffer.apply(.deleteBackward)
            #expect(buffer.text == expected)
        }
    }

    @Test func aCombiningMarkJoinsTheLetterBeforeIt() {
        var buffer = TextBuffer("e")
        buffer.apply(.insert("\u{301}"))
        #expect(buffer.cursor == TextPosition(line: 0, column: 1))
        buffer.apply(.deleteBackward)
        #expect(buffer.text.isEmpty)
    }

    @Test(arguments: ["", "one", "a\nb", "a\r\nb\r\n", "\n\n", "中\n文"])
    func givesBackWhatItWasGiven(text: String) {
        #expect(Array(TextBuffer(text, allowsNewlines: true).text.utf8) == Array(text.utf8))
    }

    @Test func linesSplitAndJoin() {
        var buffer = TextBuffer("ab", allowsNewlines: true)
        buffer.apply(.left)
        buffer.apply(.newline)
        #expect(buffer.text == "a\nb")
        #expect(buffer.cursor == TextPosition(line: 1, column: 0))
        buffer.apply(.deleteBackward)
        #expect(buffer.text == "ab")
        #expect(buffer.cursor == TextPosition(line: 0, column: 1))
        buffer.apply(.newline)
        buffer.apply(.left)
        buffer.apply(.deleteForward)
        #expect(buffer.text == "ab")
    }

    @Test func aFieldOfOneLineTakesPastedLinesAsSpaces() {
        var buffer = TextBuffer()
        buffer.apply(.insert("a\nb\r\nc"))
        buffer.apply(.newline)
        #expect(buffer.text == "a b c")
    }

    @Test func undoTakesBackATypedWordNotALetter() {
        var buffer = TextBuffer("x ")
        for letter in ["o", "n", "e"] { buffer.apply(.insert(letter)) }
        buffer.apply(.undo)
        #expect(buffer.text == "x ")
        buffer.apply(.redo)
        #expect(buffer.text == "x one")
    }

    @Test func movingStartsANewStepOfUndo() {
        var buffer = TextBuffer()
        buffer.apply(.insert("a"))
        buffer.apply(.lineStart)
        buffer.apply(.insert("b"))
        buffer.apply(.undo)
        #expect(buffer.text == "a")
    }

    @Test func aChangeAfterUndoForgetsWhatWasUndone() {
        var buffer = TextBuffer("a")
        buffer.apply(.insert("b"))
        buffer.apply(.undo)
        buffer.apply(.insert("c"))
        buffer.apply(.redo)
        #expect(buffer.text == "ac")
    }

    @Test func movesByWords() {
        var buffer = TextBuffer("one, two three")
        buffer.apply(.wordLeft)
        #expect(buffer.cursor.column == 9)
        buffer.apply(.wordLeft)
        #expect(buffer.cursor.column == 5)
        buffer.apply(.wordRight)
        #expect(buffer.cursor.column == 8)
        buffer.apply(.deleteWordBackward)
        #expect(buffer.text == "one,  three")
    }

    @Test func cutsToTheEndsOfTheLine() {
        var buffer = TextBuffer("left right\nnext", allowsNewlines: true)
        buffer.apply(.moveTo(TextPosition(line: 0, column: 4)))
        buffer.apply(.deleteToLineEnd)
        #expect(buffer.text == "left\nnext")
        buffer.apply(.deleteToLineStart)
        #expect(buffer.text == "\nnext")
    }
}

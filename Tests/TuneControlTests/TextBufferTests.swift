import Testing

@testable import TuneControl

struct TextBufferTests {
    @Test func deletesWholeGraphemes() {
        var buffer = TextBuffer("a👨‍👩‍👧e\u{301}中")
        for expected in ["a👨‍👩‍👧e\u{301}", "a👨‍👩‍👧", "a", "", ""] {
            buffer.apply(.delete(.left))
            #expect(buffer.text == expected)
        }
    }

    @Test func aCombiningMarkJoinsTheLetterBeforeIt() {
        var buffer = TextBuffer("e")
        buffer.apply(.insert("\u{301}"))
        #expect(buffer.cursor == TextPosition(line: 0, column: 1))
        buffer.apply(.delete(.left))
        #expect(buffer.text.isEmpty)
    }

    @Test(arguments: ["", "one", "a\nb", "a\r\nb\r\n", "\n\n", "中\n文"])
    func givesBackWhatItWasGiven(text: String) {
        #expect(Array(TextBuffer(text, allowsNewlines: true).text.utf8) == Array(text.utf8))
    }

    @Test func linesSplitAndJoin() {
        var buffer = TextBuffer("ab", allowsNewlines: true)
        buffer.apply(.move(.left))
        buffer.apply(.newline)
        #expect(buffer.text == "a\nb")
        #expect(buffer.cursor == TextPosition(line: 1, column: 0))
        buffer.apply(.delete(.left))
        #expect(buffer.text == "ab")
        #expect(buffer.cursor == TextPosition(line: 0, column: 1))
        buffer.apply(.newline)
        buffer.apply(.move(.left))
        buffer.apply(.delete(.right))
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
        buffer.apply(.move(.lineStart))
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
        buffer.apply(.move(.wordLeft))
        #expect(buffer.cursor.column == 9)
        buffer.apply(.move(.wordLeft))
        #expect(buffer.cursor.column == 5)
        buffer.apply(.move(.wordRight))
        #expect(buffer.cursor.column == 8)
        buffer.apply(.kill(.wordLeft))
        #expect(buffer.text == "one,  three")
    }

    @Test func cutsToTheEndsOfTheLine() {
        var buffer = TextBuffer("left right\nnext", allowsNewlines: true)
        buffer.apply(.move(.to(4)))
        buffer.apply(.kill(.lineEnd))
        #expect(buffer.text == "left\nnext")
        buffer.apply(.kill(.lineStart))
        #expect(buffer.text == "\nnext")
    }
}

/// Selecting, cutting and pasting.
struct TextSelectionTests {
    @Test func typingReplacesTheSelection() {
        var buffer = TextBuffer("one two")
        buffer.apply(.extend(.wordLeft))
        #expect(buffer.selectedText == "two")
        buffer.apply(.insert("2"))
        #expect(buffer.text == "one 2")
        #expect(buffer.selection == nil)
        buffer.apply(.undo)
        #expect(buffer.text == "one two")
    }

    @Test func movingLeavesTheSelectionAtItsEnds() {
        var buffer = TextBuffer("abcd")
        buffer.apply(.extend(.left))
        buffer.apply(.extend(.left))
        buffer.apply(.move(.left))
        #expect(buffer.caret == 2)
        #expect(buffer.selection == nil)
        buffer.apply(.extend(.left))
        buffer.apply(.move(.right))
        #expect(buffer.caret == 2)
    }

    @Test func theMarkMakesMovementsSelect() {
        var buffer = TextBuffer("one two")
        buffer.apply(.mark)
        buffer.apply(.move(.wordLeft))
        #expect(buffer.selectedText == "two")
        #expect(buffer.taken(by: .copy) == "two")
        buffer.apply(.cut)
        #expect(buffer.text == "one ")
        #expect(!buffer.isSelecting)
    }

    @Test func aKillTellsWhatItTakes() {
        var buffer = TextBuffer("one two\nthree", allowsNewlines: true)
        buffer.apply(.move(.to(4)))
        #expect(buffer.taken(by: .kill(.lineEnd)) == "two")
        buffer.apply(.kill(.lineEnd))
        #expect(buffer.taken(by: .kill(.lineEnd)) == "\n")
        buffer.apply(.kill(.lineEnd))
        #expect(buffer.text == "one three")
        #expect(buffer.taken(by: .copy) == nil)
    }

    @Test func chineseWordsEndWhereTheScriptChanges() {
        var buffer = TextBuffer("学习Swift语言，カタカナひらがな")
        var stops: [Int] = []
        buffer.apply(.move(.lineStart))
        while buffer.caret < buffer.count {
            buffer.apply(.move(.wordRight))
            stops.append(buffer.cursor.column)
        }
        #expect(stops == [2, 7, 9, 14, 18])
        stops = []
        while buffer.caret > 0 {
            buffer.apply(.move(.wordLeft))
            stops.append(buffer.cursor.column)
        }
        #expect(stops == [14, 10, 7, 2, 0])
    }

    @Test func aReturnAndALineFeedAreOneStep() {
        var buffer = TextBuffer("a\r\nb", allowsNewlines: true)
        buffer.apply(.move(.lineEnd))
        #expect(buffer.caret == 1)
        buffer.apply(.move(.right))
        #expect(buffer.caret == 3)
        buffer.apply(.delete(.left))
        #expect(buffer.text == "ab")
    }

    @Test func undoOfTypingAfterAJumpIsAStepOfItsOwn() {
        var buffer = TextBuffer("")
        for letter in ["a", "b"] { buffer.apply(.insert(letter)) }
        buffer.apply(.delete(.left))
        buffer.apply(.delete(.left))
        #expect(buffer.depth == 2)
        buffer.apply(.undo)
        #expect(buffer.text == "ab")
        buffer.apply(.undo)
        #expect(buffer.isEmpty)
    }
}

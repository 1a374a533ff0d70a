import Testing
import TuneCanvas

@testable import TuneCurses

@Suite struct KeyDecoderTests {
    private func decoder() -> KeyDecoder {
        KeyDecoder(keys: [300: .up, 301: .ctrl(.left)], pasteStart: 400, pasteEnd: 401)
    }

    private func keys(_ bytes: String) -> [Key] {
        var decoder = decoder()
        return decoder.decode(bytes.utf8.map(Int32.init))
    }

    @Test func textIsReadAsCharactersNotBytes() {
        #expect(keys("j中👨‍👩‍👧") == ["j", "中", "👨‍👩‍👧"])
    }

    @Test func controlBytesAreNamedKeys() {
        #expect(
            keys("\r\t\u{7F}\u{03}\u{0A}\u{00}") == [
                .enter, .tab, .backspace, .ctrl("c"), .ctrl("j"), .ctrl(.space),
            ])
    }

    @Test func anEscapeAloneIsTheKeyAndBeforeALetterIsAlt() {
        #expect(keys("\u{1B}") == [.escape])
        #expect(keys("\u{1B}x") == [.alt("x")])
        #expect(keys("\u{1B}中a") == [.alt("中"), "a"])
        #expect(keys("\u{1B}\r") == [.alt(.enter)])
    }

    @Test func sequencesThatNobodyKnowsTypeNothing() {
        #expect(keys("a\u{1B}[?62;4cb") == ["a", "b"])
        #expect(keys("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\b") == ["b"])
        #expect(keys("\u{1B}]11;rgb:0/0/0\u{07}b") == ["b"])
        #expect(keys("\u{1B}[Ib") == ["b"])
    }

    @Test func numberedModifiersAreUnderstood() {
        #expect(keys("\u{1B}[13;2u") == [.shift(.enter)])
        #expect(keys("\u{1B}[27;5;13~") == [.ctrl(.enter)])
        #expect(keys("\u{1B}[97;6u") == [.ctrl("A")])
    }

    @Test func keyCodesTakeTheEscapeBeforeThemAsAlt() {
        var decoder = decoder()
        #expect(decoder.decode([0x61, 300, 0x1B, 301]) == ["a", .up, .alt(.ctrl(.left))])
    }

    @Test func aPasteIsOneKeyWithLineEndsMendedAndControlsGone() {
        var decoder = decoder()
        let text = "one\r\ntwo\rthree\u{1B}[31m\u{07}"
        #expect(decoder.decode([0x61, 400] + text.utf8.map(Int32.init)) == ["a"])
        #expect(decoder.isPasting)
        #expect(decoder.decode([401, 0x62]) == [.paste("one\ntwo\nthree[31m"), "b"])
        #expect(!decoder.isPasting)
    }

    @Test func aPasteWithoutAnEndCanBeGivenUp() {
        var decoder = decoder()
        _ = decoder.decode([400, 0x61])
        #expect(decoder.endPaste() == [.paste("a")])
    }

    /// However the terminal's bytes are cut into blocks.
    @Test(arguments: 1...24)
    func aPasteInBlocksIsOneKeyAndWhatFollowsIsTyped(size: Int) {
        var decoder = decoder()
        var keys = decoder.decode([400])
        let sent = Array("one 中\u{1B}[20 two\u{1B}[201~x\u{1B}[200~\u{1B}[31mthree\u{1B}[201~".utf8)
        // Only what is typed between two pastes is read in one go.
        let cut = sent.firstRange(of: Array("\u{1B}[201~x\u{1B}[200~".utf8))!
        var blocks: [[UInt8]] = []
        for start in stride(from: 0, to: cut.lowerBound + 3, by: size) {
            blocks.append(Array(sent[start..<min(start + size, cut.lowerBound + 3)]))
        }
        blocks.append(Array(sent[(cut.lowerBound + 3)..<cut.upperBound]))
        for start in stride(from: cut.upperBound, to: sent.count, by: size) {
            blocks.append(Array(sent[start..<min(start + size, sent.count)]))
        }
        for block in blocks { keys += decoder.decode(block: block) }
        #expect(keys == [.paste("one 中[20 two"), "x", .paste("[31mthree")])
        #expect(!decoder.isPasting)
    }

    @Test func cursorKeysRightBehindAPasteAreUnderstood() {
        var decoder = decoder()
        _ = decoder.decode([400])
        let keys = decoder.decode(block: Array("a\u{1B}[201~\u{1B}[A\u{1B}[1;5D\u{1B}[3~\u{1B}OBb".utf8))
        #expect(keys == [.paste("a"), .up, .ctrl(.left), .delete, .down, "b"])
    }
}

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

    @Test func aMouseSaysWhatItDidAndWhere() {
        func mouse(_ act: Mouse.Act, _ x: Int, _ y: Int) -> Key { .mouse(Mouse(act, at: Point(x: x, y: y))) }
        #expect(keys("\u{1B}[<0;1;1M") == [mouse(.press, 0, 0)])
        #expect(keys("\u{1B}[<0;300;12m") == [mouse(.release, 299, 11)])
        #expect(keys("\u{1B}[<32;5;6M\u{1B}[<64;5;6Mj") == [mouse(.drag, 4, 5), mouse(.wheelUp, 4, 5), "j"])
        #expect(keys("\u{1B}[<81;2;3M") == [mouse(.wheelDown, 1, 2)])
    }

    @Test(arguments: [
        "2;1;1M", "1;1;1M", "35;1;1M", "0;0;1M", "0;1;0M", "0;1M", ";;M", "0;1;1;1M", "-1;1;1M",
        "0;99999999999999999999;1M",
        "0;1;1A", "999;1;1M", "66;1;1M",
    ])
    func aReportThatMeansNothingTypesNothing(report: String) {
        #expect(keys("a\u{1B}[<\(report)b") == ["a", "b"])
    }

    /// However a burst of reports is cut.
    @Test(arguments: 1...18)
    func aReportInPiecesIsOneReport(size: Int) {
        var decoder = decoder()
        let sent = Array("\u{1B}[<32;105;46M\u{1B}[<32;106;46Mj".utf8)
        var keys: [Key] = []
        // A lone escape is a key: ncurses waits for what follows it.
        let first = min(sent.count, max(3, size))
        var start = 0
        while start < sent.count {
            var end = start == 0 ? first : min(sent.count, start + size)
            while end < sent.count, sent[..<end].suffix(2).contains(0x1B) { end += 1 }
            keys += decoder.decode(sent[start..<end].map(Int32.init))
            start = end
        }
        let drags = [104, 105].map { Key.mouse(Mouse(.drag, at: Point(x: $0, y: 45))) }
        #expect(keys == drags + ["j"])
    }
}

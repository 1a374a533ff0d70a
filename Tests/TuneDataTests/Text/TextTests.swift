import Testing

@testable import TuneData

struct CleaningTests {
    private func cleaned(_ bytes: [UInt8]) -> String {
        let buffer = ByteBuffer()
        bytes.withUnsafeBufferPointer { Cleaning.clean($0, into: buffer) }
        let text = buffer.array
        #expect(bytes.withUnsafeBufferPointer(Cleaning.isNeeded) == (text != bytes))
        return String(decoding: text, as: UTF8.self)
    }

    @Test(arguments: [
        ("plain\ttext\nof\r\nlines é漢😀", "plain\ttext\nof\r\nlines é漢😀"),
        ("\u{1b}[1;32mgreen\u{1b}[m", "green"), ("\u{1b}]0;title\u{7}x", "x"),
        ("\u{1b}]8;;http://a\u{1b}\\link", "link"),
        ("a\u{0}b\u{8}c\u{7f}d", "abcd"), ("\u{9b}31mred\u{85}", "red"), ("\u{1b}(Bx", "x"), ("\u{1b}7x", "x"),
        ("open \u{1b}]0;never ends", "open 0;never ends"), ("end\u{1b}", "end"), ("\u{1b}[", ""),
    ])
    func takesOutWhatActsOnTerminals(_ text: String, _ clean: String) {
        #expect(cleaned(Array(text.utf8)) == clean)
    }

    @Test func marksBrokenCharacters() {
        #expect(cleaned([0x61, 0xff, 0x62]) == "a\u{fffd}b")
        #expect(cleaned([0xed, 0xa0, 0xbd, 0x62]) == "\u{fffd}b")
        #expect(cleaned([0xe6, 0xbc]) == "\u{fffd}\u{fffd}")
        #expect(cleaned([0xc0, 0x80]) == "\u{fffd}\u{fffd}")
    }
}

struct LetterCaseTests {
    private func lower(_ text: String) -> String {
        let buffer = ByteBuffer()
        Array(text.utf8).withUnsafeBufferPointer { LetterCase.lower($0, into: buffer) }
        return String(decoding: buffer.array, as: UTF8.self)
    }

    @Test(arguments: [
        ("HELLO World 1", "hello world 1"), ("ÄÖÜ STRASSE ẞ", "äöü strasse ß"), ("ΟΔΥΣΣΕΥΣ ΟΔΟΣ.", "οδυσσευς οδος."),
        ("İstanbul", "i\u{307}stanbul"), ("漢字ПРИВЕТ😀", "漢字привет😀"), ("Σ", "σ"),
    ])
    func lowersAllScripts(_ text: String, _ lowered: String) {
        #expect(lower(text) == lowered)
        #expect(Array(lowered.utf8).withUnsafeBufferPointer(LetterCase.isLower))
        #expect(!Array(text.utf8).withUnsafeBufferPointer(LetterCase.isLower))
    }

    @Test func countsLettersOfBothCases() {
        var tally = LetterCase.Tally()
        Array("ABc漢Éé1 ".utf8).withUnsafeBufferPointer { tally.add($0) }
        #expect(tally == LetterCase.Tally(upper: 3, lower: 2))
        #expect(tally.isMostlyUpper)
    }
}

struct CommonEdgeTests {
    private func edge(_ side: CommonEdge.Side, _ texts: [String]) -> String {
        var edge = CommonEdge(side)
        for text in texts { Array(text.utf8).withUnsafeBufferPointer { edge.narrow(by: $0) } }
        return String(decoding: edge.bytes, as: UTF8.self)
    }

    @Test func sharesWholeCharactersOnly() {
        #expect(edge(.start, ["漢a", "漢b"]) == "漢")
        // U+6F22 and U+6F23 differ in their last byte only.
        #expect(edge(.start, ["x\u{6f22}", "x\u{6f23}"]) == "x")
        // U+00E9 and U+0129 end in the same byte.
        #expect(edge(.end, ["\u{e9}z", "\u{129}z"]) == "z")
        #expect(edge(.end, ["one ->", "two ->", " ->"]) == " ->")
        #expect(edge(.end, ["one ->", ""]) == "")
    }
}

struct MarkSearchTests {
    /// The plain way: the first mark that no text holds.
    private func expected(_ marks: [String], _ texts: [String]) -> Int? {
        marks.firstIndex { mark in !texts.contains { $0.contains(mark) } }
    }

    @Test func findsMarksThatTurnUpLate() {
        let marks = ["+", "*", "#", "@"]
        for late in [["+"], ["+", "*"], ["*", "+"], ["#"], ["+", "#", "*"], ["+", "*", "#", "@"]] {
            var texts = (0..<2000).map { "text \($0)" }
            for (index, mark) in late.enumerated() { texts[300 + 400 * index] += mark }
            var census = MarkCensus(marks)
            for stretch in [0..<700, 700..<760, 760..<2000] {
                var search = MarkSearch(marks)
                for row in stretch {
                    Array(texts[row].utf8).withUnsafeBufferPointer { search.look(in: $0, row: row) }
                }
                census.add(search)
            }
            while let mark = census.firstUnseen {
                let missing = census.unsearched.flatMap { texts[$0] }
                guard missing.contains(where: { $0.contains(marks[mark]) }) else { break }
                census.rule(out: mark)
            }
            #expect(census.firstUnseen == expected(marks, texts), "\(late)")
        }
    }
}

struct DigestTests {
    @Test func tellsTextsApart() {
        var set = DigestSet()
        var digests: [Digest] = []
        for (a, b) in [("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", ""), ("abc\0", ""), ("", "")] {
            Array(a.utf8).withUnsafeBufferPointer { a in
                Array(b.utf8).withUnsafeBufferPointer { b in digests.append(Digest(a, b)) }
            }
        }
        let first = digests.map { set.insert($0) }
        let second = digests.map { set.insert($0) }
        #expect(first == digests.map { _ in true })
        #expect(second == digests.map { _ in false })
    }

    @Test func holdsManyOfThem() {
        var set = DigestSet()
        for number in 0..<20_000 {
            Array("\(number % 10_000)".utf8).withUnsafeBufferPointer { _ = set.insert(Digest($0)) }
        }
        #expect(set.count == 10_000)
    }
}

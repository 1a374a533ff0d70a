import Testing

@testable import TuneControl

/// The buffer beside a plain `String` that does the same in the simplest way there is.
struct TextStoreTests {
    /// Whatever joins, splits or hides: marks, joiners, flags, syllables in parts, letters written before others.
    static let scraps = [
        "a", "b", " ", "word ", "\n", "\r\n", "\r", "\t", "中", "文字", "é", "e", "\u{301}", "\u{300}\u{323}", "👩",
        "\u{200D}",
        "👨‍👩‍👧", "🇩", "🇪🇨🇳", "🏽", "👍", "\u{FE0F}", "\u{1100}", "\u{1161}", "\u{11A8}", "각", "ก", "\u{0E33}", "\u{0903}",
        "\u{0915}\u{094D}", "\u{0937}", "\u{0600}", "\u{0D4E}", "مرحبا", "\u{202E}", "\u{1B}[31m", "\u{0}", "\u{2028}",
        "☃",
        "\u{20E3}", "𝕏", "\u{E0067}", "0",
    ]

    struct Model {
        var text: String
        var caret: Int

        private func index(_ offset: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: offset) }
        private func offset(_ index: String.Index) -> Int { text.utf8.distance(from: text.startIndex, to: index) }

        func next() -> Int { caret == text.utf8.count ? caret : offset(text.index(after: index(caret))) }
        func previous() -> Int { caret == 0 ? 0 : offset(text.index(before: index(caret))) }

        mutating func replace(_ range: Range<Int>, with new: String) {
            var bytes = Array(text.utf8)
            bytes.replaceSubrange(range, with: Array(new.utf8))
            text = String(decoding: bytes, as: UTF8.self)
            caret = range.lowerBound + new.utf8.count
            // Forward to the nearest place between two graphemes.
            var place = text.startIndex
            while offset(place) < caret { place = text.index(after: place) }
            caret = offset(place)
        }
    }

    @Test(arguments: 0..<8)
    func thousandsOfEditsAgreeWithAPlainString(seed: Int) {
        var random = Seeded(state: UInt64(seed))
        func scrap() -> String { Self.scraps.randomElement(using: &random)! }
        // Long enough for several pieces, so that seams are met everywhere.
        let start = (0..<(seed < 4 ? 3000 : 40)).map { _ in scrap() }.joined()
        var buffer = TextBuffer(start, allowsNewlines: true)
        var model = Model(text: start, caret: buffer.caret)
        for round in 0..<1500 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0...3:
                let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in scrap() }.joined()
                buffer.apply(.insert(text))
                model.replace(model.caret..<model.caret, with: text)
            case 4:
                let end = model.caret
                buffer.apply(.delete(.left))
                if model.previous() < end { model.replace(model.previous()..<end, with: "") }
            case 5:
                let end = model.next()
                buffer.apply(.delete(.right))
                if model.caret < end { model.replace(model.caret..<end, with: "") }
            case 6:
                buffer.apply(.move(.left))
                model.caret = model.previous()
            case 7:
                buffer.apply(.move(.right))
                model.caret = model.next()
            default:
                let goal = Int.random(in: 0...max(1, model.text.utf8.count), using: &random)
                buffer.apply(.move(.to(goal)))
                // A jump must end between two graphemes, at the wished place or the next.
                #expect(buffer.caret >= min(goal, buffer.count))
                model.caret = buffer.caret
                #expect(
                    model.text.utf8.index(model.text.startIndex, offsetBy: buffer.caret)
                        .samePosition(in: model.text) != nil)
            }
            guard buffer.caret == model.caret, buffer.count == model.text.utf8.count else {
                Issue.record("seed \(seed), round \(round): caret \(buffer.caret), not \(model.caret)")
                return
            }
            if round % 50 == 0 { #expect(buffer.text.utf8.elementsEqual(model.text.utf8)) }
        }
        #expect(buffer.text.utf8.elementsEqual(model.text.utf8))
        let end = model.text
        while buffer.depth > 0 { buffer.apply(.undo) }
        #expect(buffer.text.utf8.elementsEqual(start.utf8))
        for _ in 0..<2000 { buffer.apply(.redo) }
        #expect(buffer.text.utf8.elementsEqual(end.utf8))
    }

    @Test(arguments: 0..<4)
    func linesAreWhereTheirFeedsAre(seed: Int) {
        var random = Seeded(state: UInt64(100 + seed))
        let text = (0..<4000).map { _ in Self.scraps.randomElement(using: &random)! }.joined()
        let store = TextStore(text)
        let bytes = Array(text.utf8)
        for _ in 0..<300 {
            let offset = store.aligned(Int.random(in: 0...bytes.count, using: &random))
            let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            var end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
            if end < bytes.count, end > offset, bytes[end - 1] == 0x0D { end -= 1 }
            #expect(store.lineStart(offset) == start)
            #expect(store.lineEnd(offset) == end)
            let line = bytes[..<offset].count { $0 == 0x0A }
            #expect(store.line(of: offset) == line)
            #expect(store.start(ofLine: line) == start)
        }
    }

    @Test(arguments: ["x", "word ", "中", "👍🏽", "e\u{301}", "a\n", "ab\r\n"])
    func stretchesCoverEveryByteOnce(unit: String) {
        let buffer = TextBuffer(String(repeating: unit, count: 90_000 / unit.utf8.count), allowsNewlines: true)
        var stretch = buffer.stretch(around: 0)
        var all = ""
        var longest = 0
        while true {
            all += buffer[stretch] + buffer.ending(of: stretch)
            longest = max(longest, stretch.count)
            #expect(buffer.stretch(around: stretch.lowerBound) == stretch)
            guard let next = buffer.stretch(after: stretch) else { break }
            #expect(buffer.stretch(before: next) == stretch)
            stretch = next
        }
        #expect(all.utf8.elementsEqual(buffer.text.utf8))
        #expect(longest < 20_000)
    }
}

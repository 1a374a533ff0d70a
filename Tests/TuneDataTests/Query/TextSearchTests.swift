import Testing

@testable import TuneData

struct TextSearchTests {
    /// Words that are put together to texts: letters that fold in odd ways among them.
    private static let pieces = [
        "a", "B", "ss", "ß", "SS", "ﬁ", "fi", "K", "k", "ſ", "s", "é", "É", "明", "月", "明月", " ", "\n", "/", "\"", "İ",
        "i",
        "Я", "я", "ΣΑΣ", "σας", "🙂", "e\u{301}", "1", "--",
    ]

    @Test func bytesAndPatternsFindTheSame() throws {
        var random = MersenneTwister(seed: 7)
        func text(_ length: UInt32) -> String {
            (0...random.next(upTo: length)).map { _ in
                Self.pieces[Int(random.next(upTo: UInt32(Self.pieces.count - 1)))]
            }.joined()
        }
        var hits = 0
        for _ in 0..<4000 {
            let pattern = try TextPattern(text(2))
            let search = TextSearch(pattern)
            var text = text(12)
            let isHit = text.withUTF8 { search.isIn($0) }
            #expect(isHit == pattern.matches(text), "\(pattern.source) in \(text)")
            hits += isHit ? 1 : 0
        }
        #expect(hits > 300)
    }
}

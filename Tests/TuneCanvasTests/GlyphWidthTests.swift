import Testing
import TuneCanvas

@Suite struct GlyphWidthTests {
    @Test(
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("，", 2), ("Ａ", 2), ("ｱ", 1), ("한", 2),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("❤", 1), ("❤️", 2), ("1️⃣", 2), ("🫨", 2), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2), ("☎️", 2),
            ("𠀀", 2), ("ก็", 1), ("✓", 1), ("…", 1), ("─", 1), ("⣿", 1), ("\u{E0B0}", 1), ("⚑", 1), ("㎡", 2),
        ] as [(Character, Int)])
    func oneGlyph(_ glyph: Character, _ columns: Int) {
        #expect(GlyphWidth.standard.columns(of: glyph) == columns)
    }

    @Test func textIsTheSumOfItsGlyphs() {
        #expect(GlyphWidth.standard.columns(of: "") == 0)
        #expect(GlyphWidth.standard.columns(of: "plain ASCII") == 11)
        #expect(GlyphWidth.standard.columns(of: "微调 LoRA 👨‍👩‍👧!") == 13)
    }

    @Test func ambiguousSignsAreAsWideAsTheSettingSays() {
        let wide = GlyphWidth(ambiguous: 2)
        #expect(wide.columns(of: "…─①±") == 8)
        #expect(GlyphWidth.standard.columns(of: "…─①±") == 4)
        #expect(wide.columns(of: "a中⣿") == 4)
    }

    @Test func hiddenCharactersCountAsTheirStandIns() {
        #expect(GlyphWidth.standard.columns(of: "a\u{1B}b") == 3)
        #expect(GlyphWidth.standard.columns(of: "\u{202E}") == 5)
        #expect(GlyphWidth.standard.columns(of: "\r\n") == 2)
    }

    @Test func aPrefixNeverSplitsAWideGlyph() {
        let (text, columns) = GlyphWidth.standard.prefix(of: "a中b", fitting: 2)
        #expect(text == "a")
        #expect(columns == 1)
    }
}

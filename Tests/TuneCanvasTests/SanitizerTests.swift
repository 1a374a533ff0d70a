import Testing
import TuneCanvas

@Suite struct SanitizerTests {
    @Test(arguments: [
        ("a\u{1B}[31mb", "a␛[31mb"), ("x\ty\nz", "x␉y␊z"), ("\r\n", "␍␊"), ("\u{7F}", "␡"), ("\u{9B}2J", "⟨CSI⟩2J"),
        ("\u{202E}abc", "⟨RLO⟩abc"), ("a\u{200B}b", "a⟨ZWSP⟩b"), ("\u{FEFF}x", "⟨BOM⟩x"), ("a\u{2066}b", "a⟨LRI⟩b"),
        ("a\u{200D}b", "a⟨ZWJ⟩b"), ("a\u{E0041}b", "a⟨TAG A⟩b"), ("soft\u{AD}hyphen", "soft⟨SHY⟩hyphen"),
        ("a\u{FE0F}", "a⟨VS16⟩"), ("\u{3164}", "⟨HF⟩"), ("\u{FFFF}", "⟨U+FFFF⟩"), ("\u{301}x", "◌\u{301}x"),
        ("a\u{2028}b", "a⟨LS⟩b"),
    ])
    func whatWouldCommandOrHideIsSpelledOut(_ text: String, _ shown: String) {
        #expect(Sanitizer.visible(text) == shown)
    }

    @Test(arguments: [
        "plain", "中文，标点。", "café e\u{301}", "👨‍👩‍👧 👍🏽 🇨🇳 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "क्‍ष", "ไทย", "葛\u{E0100}", "\u{E0B0}",
    ])
    func honestTextStaysAsItIs(_ text: String) {
        #expect(Sanitizer.visible(text) == text)
    }

    @Test func tagsHiddenBehindAFlagAreShown() {
        let smuggled = "🏴\u{E0068}\u{E0069}\u{E007F}"
        #expect(Sanitizer.visible(smuggled) == "🏴⟨TAG h⟩⟨TAG i⟩⟨TAG END⟩")
    }

    @Test func marksPiledHighAreCounted() {
        let piled = "a" + String(repeating: "\u{301}", count: 20)
        #expect(Sanitizer.visible(piled) == "a" + String(repeating: "\u{301}", count: 8) + "⟨+12⟩")
    }

    @Test func noControlIsLeftInAnyCharacter() {
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = Sanitizer.visible(String(scalar))
            let isSafe = shown.unicodeScalars.allSatisfy {
                ![.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
                    && !(0x202A...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value)
            }
            if !isSafe { Issue.record("U+\(String(value, radix: 16)) is shown as it is") }
        }
    }
}

import Testing
import TuneCanvas

@Suite struct KeyNotationTests {
    @Test func aScriptOfKeysIsRead() throws {
        #expect(try KeyNotation.keys(in: "jj<enter>f<c-p>") == ["j", "j", .enter, "f", .ctrl("p")])
        #expect(
            try KeyNotation.keys(in: "<a-enter><c-s-left><f12><lt>中<esc>") == [
                .alt(.enter), .ctrl(.shift(.left)), .function(12), "<", "中", .escape,
            ])
    }

    @Test(arguments: [
        Key.enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .pageDown, .function(5), "j", "<", ">",
        " ", .ctrl("p"), .ctrl(" "), .alt("x"), .ctrl(.alt(.shift(.up))), .ctrl("-"), "中",
    ])
    func whatIsWrittenIsReadBack(_ key: Key) throws {
        #expect(try KeyNotation.keys(in: KeyNotation.text(for: key)) == [key])
    }

    @Test func unknownNamesAndOpenBracketsAreTold() {
        #expect(throws: KeyNotationError.unknownKey("entre")) { try KeyNotation.keys(in: "a<entre>") }
        #expect(throws: KeyNotationError.unclosed("<enter")) { try KeyNotation.keys(in: "a<enter") }
        #expect(throws: KeyNotationError.unknownKey("f13")) { try KeyNotation.keys(in: "<f13>") }
    }

    @Test func labelsAreShort() {
        #expect(KeyNotation.label(for: .ctrl("p")) == "^p")
        #expect(KeyNotation.label(for: .enter) == "⏎")
        #expect(KeyNotation.label(for: .escape) == "esc")
    }
}

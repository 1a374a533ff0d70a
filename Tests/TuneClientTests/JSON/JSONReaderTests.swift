import Testing

@testable import TuneClient

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws -> JSON { try JSONReader.read(Array(text.utf8)) }

    @Test func membersKeepTheirOrderAndNumbersTheirDigits() throws {
        let text = #"{"z":1.50,"a":[12345678901234567890,-0,1e3],"m":{"ü":null,"x":true}}"#
        #expect(try read(text).line == text)
    }

    @Test func escapesAreUndone() throws {
        #expect(try read(#""a\n\t\"\\\/\u00e9\ud83e\udd8a\ud83e!""#).text == "a\n\t\"\\/é🦊\u{FFFD}!")
    }

    @Test func bytesThatAreNoTextHideNothingElse() throws {
        let json = try JSONReader.read(Array(#"{"a":""#.utf8) + [0xC3] + Array(#"","b":2}"#.utf8))
        #expect(json["b"].integer == 2)
        #expect(json["a"].text == "\u{FFFD}")
    }

    @Test func figuresThatAreNoNumbersAreMissing() throws {
        let json = try read(#"{"a":NaN,"b":-Infinity,"c":Infinity,"d":-1,"e":"0.5"}"#)
        #expect(json["a"] == .null && json["b"] == .null && json["c"] == .null)
        #expect(json["d"].figure == nil)
        #expect(json["e"].figure == 0.5)
    }

    @Test(arguments: ["", "{", "[1", #"{"a""#, #""ab"#, "tru", "-", #""\u12"#])
    func whatEndsTooEarlyIsCutShort(_ text: String) {
        #expect(throws: JSONReader.Fault.cutShort) { try read(text) }
    }

    @Test(arguments: ["{,}", "[1,]", "01x", "{\"a\":1}x", "\"\\q\"", "1 2"])
    func whatIsNoJSONIsRefused(_ text: String) {
        #expect(throws: JSONReader.Fault.self) { try read(text) }
    }

    @Test func nestingHasALimit() {
        #expect(throws: JSONReader.Fault.tooDeep) { try read(String(repeating: "[", count: 100_000)) }
    }
}

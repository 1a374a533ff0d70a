import Testing

@testable import TuneServer

struct JSONReaderTests {
    private func read(_ text: String) throws(JSONFault) -> JSON { try JSONReader.read(Array(text.utf8)) }

    @Test func aValueOfEveryKindIsRead() throws {
        let value = try read(#" {"a":[1,-2.5,1e3,true,false,null,"x\n\u00e9\ud83d\ude00"],"b":{}} "#)
        #expect(
            value["a"].list == [.integer(1), .number(-2.5), .number(1000), .bool(true), .bool(false), .null, "x\né😀"])
        #expect(value["b"] == .object(JSONObject()))
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let value = JSON.object([
            ("text", "a\"\\\n\t\u{1B}[31m\u{202E}ü"), ("list", .list([.integer(.max), .number(0.1), .null])),
        ])
        #expect(try read(value.line) == value)
        #expect(!value.bytes.contains(0x1B))
    }

    @Test func theLastOfTwoEqualNamesCounts() throws {
        #expect(try read(#"{"a":1,"a":2}"#)["a"] == .integer(2))
    }

    @Test func halfACharacterBecomesTheReplacementCharacter() throws {
        #expect(try read(#""\ud83d!""#) == "\u{FFFD}!")
        #expect(try read(#""\ude00""#) == "\u{FFFD}")
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", #"{"a""#, #"{"a":"#, #"{"a":1"#, #""abc"#, "tru", "01", "+1", "1.", ".5", "1e",
        "-", "--1", "1e999", "NaN", "Infinity", "[1,]", #"{"a":1,}"#, "{a:1}", "'a'", "[1 2]", "1 2", "\"\u{01}\"",
        #""\x""#, #""\u12""#, #""\u12g4""#, "{}{}", "nul", "[}", "{]", ",", ":", "[[[", "\u{FEFF}{}", "/**/1",
    ])
    func aMalformedTextIsRefused(_ text: String) {
        #expect(throws: JSONFault.self) { try read(text) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: JSONFault.notUTF8(offset: 0)) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }

    @Test func nestingHasALimit() throws {
        let limit = JSONReader.deepest
        let fits = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        #expect(try read(fits).list?.count == 1)
        #expect(throws: JSONFault.tooDeep(limit: limit)) { try read(String(repeating: "[", count: 1_000_000)) }
        // What is closed again is not deep.
        #expect(try read("[" + String(repeating: "[],", count: 500) + "[]]").list?.count == 501)
    }

    @Test func valuesHaveALimit() {
        let text = "[" + String(repeating: "0,", count: JSONReader.mostValues) + "0]"
        #expect(throws: JSONFault.tooManyValues(limit: JSONReader.mostValues)) { try read(text) }
    }

    @Test func noMadeUpTextIsMoreThanRefused() {
        var source = SystemRandomNumberGenerator()
        let signs = Array(#"{}[]",:\u0123456789.eE+-truefalsn "#.utf8) + [0, 0x1F, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &source)).map { _ in signs.randomElement(using: &source)! }
            if let value = try? JSONReader.read(bytes) { #expect((try? JSONReader.read(value.bytes)) != nil) }
        }
    }
}

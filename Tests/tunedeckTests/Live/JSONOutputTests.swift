import Foundation
import Testing

@testable import tunedeck

struct JSONOutputTests {
    @Test func keysKeepTheirOrder() {
        let json = JSONOutput.object([("z", 1), ("a", .list([true, .null, .number(0.5)]))])
        #expect(json.text(isPretty: false) == #"{"z":1,"a":[true,null,0.5]}"#)
    }

    @Test func prettyTextIsIndentedAndTheSameData() throws {
        let json = JSONOutput.object([("list", .list([1, 2])), ("empty", .list([])), ("text", "a\"b\\c\n")])
        let text = json.text(isPretty: true)
        #expect(text.hasPrefix("{\n  \"list\": [\n    1,\n    2\n  ],\n  \"empty\": [],"))
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(read?["text"] as? String == "a\"b\\c\n")
    }

    @Test func nothingInATextCanCommandATerminal() throws {
        let foreign = "\u{1B}[31m\u{9B}2J\u{7F}\u{202E}\u{2066}\r\u{0}名字🙂"
        let text = JSONOutput.text(foreign).text(isPretty: false)
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        #expect(!text.unicodeScalars.contains("\u{202E}") && !text.unicodeScalars.contains("\u{2066}"))
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        #expect(read as? String == foreign)
    }

    @Test func numbersThatJSONCannotSayAreNull() {
        #expect(JSONOutput.number(.nan).text(isPretty: false) == "null")
        #expect(JSONOutput.number(-.infinity).text(isPretty: false) == "null")
    }
}

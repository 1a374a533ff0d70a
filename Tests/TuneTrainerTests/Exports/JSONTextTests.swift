import Foundation
import Testing

@testable import TuneTrainer

struct JSONTextTests {
    @Test func whatIsWrittenIsReadAgain() throws {
        let texts = ["", "a\"b\\c", "\n\t\r\u{1}\u{7F}", "月 é 😀", "</script>"]
        let json = JSONText.object([
            ("texts", .list(texts.map(JSONText.text))), ("n", .integer(-7)), ("x", .number(1e-5)), ("on", .bool(true)),
            ("none", .null), ("empty", .list([])), ("nothing", .object([])),
        ])
        for flat in [0, 1, 2, Int.max] {
            let read = try JSONSerialization.jsonObject(with: Data(json.written(flatBelow: flat).utf8))
            let object = try #require(read as? [String: Any])
            #expect(object["texts"] as? [String] == texts)
            #expect(object["n"] as? Int == -7 && object["on"] as? Bool == true && object["none"] is NSNull)
            #expect(object["x"] as? Double == 1e-5)
            #expect(
                (object["empty"] as? [Any])?.isEmpty == true && (object["nothing"] as? [String: Any])?.isEmpty == true)
        }
    }

    @Test func keysKeepTheirOrderAndDepthItsLines() {
        let json = JSONText.object([("b", .list([.integer(1), .integer(2)])), ("a", .object([("c", .null)]))])
        #expect(json.written(flatBelow: 1) == "{\n  \"b\": [1, 2],\n  \"a\": {\"c\": null}\n}\n")
        #expect(json.written(flatBelow: 0) == "{\"b\": [1, 2], \"a\": {\"c\": null}}\n")
    }
}

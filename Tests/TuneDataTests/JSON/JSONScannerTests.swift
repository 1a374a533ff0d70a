import Testing

@testable import TuneData

struct JSONScannerTests {
    private func failure(_ text: String) -> JSONScanner.Failure? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            do throws(JSONScanner.Failure) { _ = try JSONValue(bytes) } catch { return error }
            return nil
        }
    }

    private func value(_ text: String) -> JSONValue? {
        Array(text.utf8).withUnsafeBufferPointer { try? JSONValue($0) }
    }

    @Test(arguments: [
        ("", JSONProblem.unexpectedEnd, 0), ("{", .unexpectedEnd, 1), (#"{"a""#, .unexpectedEnd, 4),
        (#"{"a" 1}"#, .expectedColon, 5), (#"{"a": 1 "b": 2}"#, .expectedCommaOrEnd, 8), (#"{a: 1}"#, .expectedKey, 1),
        (#"{"a": 1,}"#, .expectedKey, 8), ("[1,]", .expectedValue, 3), ("[1 2]", .expectedCommaOrEnd, 3),
        ("1 2", .textAfterEnd, 2), ("01", .textAfterEnd, 1), ("-", .unexpectedEnd, 1), ("1.x", .badNumber, 2),
        ("1e+", .unexpectedEnd, 3), ("tru", .unexpectedEnd, 3), ("nul!", .expectedValue, 3),
        (#""abc"#, .unclosedText, 0),
        (#""a\x""#, .badEscape, 2), (#""\u12g4""#, .badEscape, 1), (#""\u12""#, .badEscape, 1),
        ("NaN", .expectedValue, 0),
    ])
    func tellsWhatIsWrongAndAtWhichByte(_ text: String, _ problem: JSONProblem, _ offset: Int) throws {
        let found = try #require(failure(text))
        #expect(found.problem == problem)
        #expect(found.offset == offset)
    }

    @Test func readsEveryKindOfValue() {
        #expect(
            value(#" {"a": [1, -2.5e+3, true, false, null], "b": "x\n\u00e9\ud83d\ude00"} "#)
                == .object([
                    .init(
                        key: "a", value: .list([.number("1"), .number("-2.5e+3"), .bool(true), .bool(false), .null])),
                    .init(key: "b", value: .text(Array("x\né😀".utf8))),
                ]))
    }

    @Test func takesTheLastOfRepeatedKeys() {
        #expect(value(#"{"a": 1, "a": 2}"#)?["a"] == .number("2"))
    }

    @Test func stopsAtTheDepthLimitWithoutFalling() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(failure(deep)?.problem == .nestedTooDeep)
        #expect(failure(#"{"a": "# + deep)?.problem == .nestedTooDeep)
        let fine = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(failure(fine) == nil)
    }

    @Test func findsQuotesAtEveryDistance() throws {
        for length in 0..<40 {
            let text = String(repeating: "x", count: length)
            #expect(value("\"\(text)\"") == .text(Array(text.utf8)))
            #expect(value("\"\(text)\\\"\(text)\"") == .text(Array("\(text)\"\(text)".utf8)))
        }
    }

    @Test func survivesEveryCutAndEveryFlippedByte() {
        let text = Array(#"{"prompt": "a\u00e9\n漢", "completion": [1.5e-3, {"x": null}], "n": true}"#.utf8)
        for end in 0..<text.count {
            text[..<end].withUnsafeBufferPointer { #expect((try? JSONValue($0)) == nil) }
        }
        for place in text.indices {
            for byte: UInt8 in [0, 0x0a, 0x22, 0x5c, 0x7b, 0x7d, 0x80, 0xff] {
                var broken = text
                broken[place] = byte
                // Whether it still reads does not matter here; that it returns does.
                let row = Row(index: 0, line: 1, bytes: broken)
                #expect(row.record != nil || row.problem != nil)
            }
        }
    }
}

struct JSONTextTests {
    private func encoded(_ text: [UInt8]) -> String {
        let buffer = ByteBuffer()
        text.withUnsafeBufferPointer { JSONText.encode($0, into: buffer) }
        return String(decoding: buffer.array, as: UTF8.self)
    }

    private func decoded(_ text: String) -> [UInt8] {
        let buffer = ByteBuffer()
        Array(text.utf8).withUnsafeBufferPointer { JSONText.decode($0, into: buffer) }
        return buffer.array
    }

    @Test func escapesWhatTheClassicToolEscapes() {
        #expect(
            encoded(Array("a/b\"c\\d\u{8}\u{c}\n\r\t\u{1b}\u{0}\u{7f}é漢😀".utf8))
                == #""a\/b\"c\\d\b\f\n\r\t\u001b\u0000"# + "\u{7f}é漢😀\"")
    }

    @Test func loneSurrogatesComeThroughUnharmed() {
        #expect(encoded(decoded(#"x\ud83dy\ude00"#)) == #""x\ud83dy\ude00""#)
        #expect(encoded(decoded(#"\ud83d\ude00"#)) == "\"😀\"")
        #expect(encoded(Array("한국어 텍스트".utf8)) == "\"한국어 텍스트\"")
    }

    @Test(arguments: [
        ("1", "1"), ("-0", "0"), ("1.0", "1.0"), ("2.50", "2.5"), ("1e3", "1000.0"), ("1e16", "1e+16"),
        ("0.00001", "1e-05"), ("1.5e300", "1.5e+300"), ("true", "True"), ("null", "None"), ("[1, 2]", "[1, 2]"),
        (#"{"x": ["a", null]}"#, "{'x': ['a', None]}"), (#"["it's"]"#, #"["it's"]"#),
    ])
    func valuesReadAsTheClassicToolSpelledThem(_ json: String, _ text: String) throws {
        let value = try Array(json.utf8).withUnsafeBufferPointer { try JSONValue($0) }
        #expect(PlainText.text(of: value) == text)
    }
}

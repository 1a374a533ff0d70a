import Foundation
import Testing

@testable import TuneTrainer

struct JSONReaderTests {
    private func value(_ text: String, limit: Int = 1_000) throws -> JSONValue {
        var text = text
        return try text.withUTF8 { bytes in
            var reader = JSONReader(UnsafeRawBufferPointer(bytes), path: "f")
            let value = try reader.readValue(limit: limit)
            try reader.finish()
            return value
        }
    }

    @Test func readsEveryKindOfValue() throws {
        let text = #" {"a" : [1, -2, 1.5e2, true, false, null, "x"], "b": {}, "c": [], "": "\u00e9"} "#
        #expect(
            try value(text)
                == .object([
                    "a": .array([
                        .integer(1), .integer(-2), .number(150), .bool(true), .bool(false), .null, .string("x"),
                    ]),
                    "b": .object([:]), "c": .array([]), "": .string("é"),
                ]))
    }

    @Test func escapesAreResolved() throws {
        #expect(try value(#""\"\\\/\b\f\n\r\t\u0041\ud83d\udc4d""#) == .string("\"\\/\u{8}\u{C}\n\r\tA👍"))
    }

    /// Texts that are none, with the fault and its place.
    private static let broken: [(text: String, offset: Int, fault: JSONFault)] = [
        ("", 0, .cutShort), ("[1", 2, .cutShort), ("[1 2]", 3, .expected(.commaOrEnd)),
        ("{\"a\" 1}", 5, .expected(.colon)),
        ("{a: 1}", 1, .expected(.string)), ("[1,]", 3, .expected(.value)), ("nul", 0, .expected(.value)),
        ("\"a", 2, .cutShort), ("\"\\q\"", 2, .badString), ("\"\\ud83d\"", 3, .badString), ("\"\\u12\"", 3, .cutShort),
        ("\"a\u{1}\"", 2, .badString), ("1 2", 2, .expected(.end)), ("[1e999]", 1, .badNumber), ("-", 0, .badNumber),
        ("{\"a\": 1, \"a\": 2}", 13, .duplicateKey("a")), ("+1", 0, .expected(.value)),
    ]

    @Test(arguments: broken.indices) func aBrokenTextIsAFaultWithItsPlace(_ index: Int) {
        let (text, offset, fault) = Self.broken[index]
        #expect(throws: TrainerError.damagedJSON(path: "f", byteOffset: offset, fault), "\(text)") { try value(text) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        let bytes: [UInt8] = [0x22, 0xFF, 0x22]
        bytes.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes, path: "f", origin: 8)
            #expect(throws: TrainerError.damagedJSON(path: "f", byteOffset: 8, .badString)) { try reader.readValue() }
        }
    }

    @Test func nestingAndNumberOfValuesAreLimited() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: TrainerError.damagedJSON(path: "f", byteOffset: 65, .tooDeep(limit: 64))) { try value(deep) }
        let many = "[" + String(repeating: "1,", count: 20) + "1]"
        #expect(throws: TrainerError.damagedJSON(path: "f", byteOffset: 19, .tooManyValues(limit: 10))) {
            try value(many, limit: 10)
        }
    }

    @Test func whatIsNotAskedForIsPassedOver() throws {
        var text = #"{"skipped": {"x": [1, {"y": "\n"}, null, true]}, "kept": 7}"#
        var kept: Int?
        try text.withUTF8 { bytes in
            var reader = JSONReader(UnsafeRawBufferPointer(bytes), path: "f")
            try reader.readObject { (reader, key) throws(TrainerError) in
                if key == "kept" { kept = try reader.readInteger() } else { try reader.skip() }
            }
        }
        #expect(kept == 7)
    }
}

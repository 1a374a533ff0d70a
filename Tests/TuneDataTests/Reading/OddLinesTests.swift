import Foundation
import Testing
import TuneModel

@testable import TuneData

/// Lines that are odd or broken: each is shown, kept, and told by its place.
struct OddLinesTests {
    private static let broken: [(String, JSONProblem, Int)] = [
        ("", .unexpectedEnd, 1), ("{", .unexpectedEnd, 2), ("}", .expectedValue, 1),
        ("]", .expectedValue, 1),
        ("{]", .expectedKey, 2), ("{\"", .unclosedText, 2), ("{\"a", .unclosedText, 2), ("{\"a\"", .unexpectedEnd, 5),
        ("{\"a\":", .unexpectedEnd, 6), ("{\"a\":}", .expectedValue, 6), ("{\"a\":1", .unexpectedEnd, 7),
        ("{\"a\":1,", .unexpectedEnd, 8), ("{\"a\":1,}", .expectedKey, 8), ("{,}", .expectedKey, 2),
        ("{\"a\":1}}", .textAfterEnd, 8), ("{\"a\":1} x", .textAfterEnd, 9), ("{\"a\":1}{}", .textAfterEnd, 8),
        ("{'a':1}", .expectedKey, 2), ("{a:1}", .expectedKey, 2), ("{\"a\":01}", .expectedCommaOrEnd, 7),
        ("{\"a\":+1}", .expectedValue, 6), ("{\"a\":.5}", .expectedValue, 6), ("{\"a\":1.}", .badNumber, 8),
        ("{\"a\":1e}", .badNumber, 8), ("{\"a\":-}", .badNumber, 7), ("{\"a\":NaN}", .expectedValue, 6),
        ("{\"a\":Infinity}", .expectedValue, 6), ("{\"a\":undefined}", .expectedValue, 6),
        ("{\"a\":True}", .expectedValue, 6),
        ("{\"a\":tru}", .expectedValue, 9), ("{\"a\":\"\\x\"}", .badEscape, 7), ("{\"a\":\"\\u12\"}", .badEscape, 7),
        ("{\"a\":\"\\", .unclosedText, 7), ("{\"a\" 1}", .expectedColon, 6),
        ("{\"a\":1 \"b\":2}", .expectedCommaOrEnd, 8),
        ("[]", .notAnObject, 1), ("5", .notAnObject, 1), ("\"text\"", .notAnObject, 1), ("null", .notAnObject, 1),
        ("\u{0}", .expectedValue, 1), ("{\u{0}}", .expectedKey, 2), ("{\"漢\":oops}", .expectedValue, 6),
        ("//", .expectedValue, 1), ("{\"a\":[1,}", .expectedValue, 9), ("{\"a\":[1 2]}", .expectedCommaOrEnd, 9),
        ("<xml/>", .expectedValue, 1), ("{\u{a0}}", .expectedKey, 2),
    ]

    @Test(arguments: broken)
    func brokenLinesAreToldByTheirPlace(_ text: String, _ problem: JSONProblem, _ column: Int) throws {
        let bytes = Array(text.utf8)
        #expect(Row(index: 0, line: 1, bytes: bytes).problem == .notJSON(problem, column: column))
        guard !text.isEmpty else { return }
        // Among others it is one row; preparing and training stop at it.
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", bytes: Array(pairs([("a", "b")]).utf8) + bytes + [0x0a])
        let dataset = try Dataset(opening: path)
        #expect(dataset.count == 2 && dataset.isEditable)
        #expect(try dataset.row(at: 1).bytes == bytes)
        let error = DataError.notJSON(file: path, line: 2, column: column, problem: problem)
        #expect(throws: error) { try TrainingFile.records(at: path) }
        #expect(throws: error) { try Preparation(analysing: dataset) }
        let ids = try DatasetCheck.findings(of: dataset).map(\.id)
        #expect(ids.contains("broken-line"))
    }

    @Test(arguments: [
        // Lone and paired surrogates, broken UTF-8, NUL bytes, repeated keys, odd spaces, odd numbers.
        (#"{"prompt":"\ud83d","completion":"b"}"#, "lone-surrogate"),
        (#"{"prompt":"\udc00\ud800","completion":"b"}"#, "lone-surrogate"),
        (#"{"prompt":"a\u0000","completion":"b"}"#, "control-characters"),
        ("{\"prompt\":\"a\u{0}\",\"completion\":\"b\"}", "control-characters"),
        (#"{"prompt":"a","prompt":"c","completion":"b"}"#, "repeated-key"),
        (#"{"prompt":"a\u200b","completion":"b"}"#, "invisible-characters"),
        (#"{"prompt":1e400,"completion":"b"}"#, "not-text"),
        (#"{"prompt":12345678901234567890123,"completion":"b"}"#, "not-text"),
    ])
    func oddRowsAreShownAndReported(_ line: String, _ finding: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", line + "\r\n" + pairs([("x", "y")]))
        let dataset = try Dataset(opening: path)
        #expect(dataset.count == 2)
        let row = try dataset.row(at: 0)
        #expect(row.record != nil && row.bytes == Array(line.utf8))
        #expect(try DatasetCheck.findings(of: dataset).contains { $0.id == finding && $0.rows == [0] })
    }

    @Test func brokenUTF8IsShownKeptAndReported() throws {
        let scratch = try Scratch()
        let line =
            Array("{\"prompt\":\"".utf8) + [0xff, 0xc0, 0x80, 0xed, 0xa0] + Array("\",\"completion\":\"b\"}".utf8)
        let path = try scratch.file("d.jsonl", bytes: line + [0x0a])
        let dataset = try Dataset(opening: path)
        let row = try dataset.row(at: 0)
        #expect(row.bytes == line && row.text.contains("\u{fffd}"))
        #expect(try DatasetCheck.findings(of: dataset).contains { $0.id == "invalid-utf8" })
    }

    @Test func deepNestingIsAnErrorEverywhere() throws {
        let scratch = try Scratch()
        let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
        for (name, text) in [
            ("d.jsonl", "{\"prompt\":\(deep),\"completion\":\"b\"}\n{}\n"),
            ("d.json", "[{\"prompt\":\(deep),\"completion\":\"b\"}]"),
            ("e.json", "{\"prompt\":\n\(deep),\"completion\":\"b\"}"),
        ] {
            do {
                let dataset = try Dataset(opening: scratch.file(name, text))
                guard case .notJSON(.nestedTooDeep, _) = try dataset.row(at: 0).problem else {
                    Issue.record("\(name)")
                    continue
                }
            } catch DataError.notJSON(_, _, _, .nestedTooDeep) {
            }
        }
    }

    @Test(arguments: ["d.jsonl", "d.json", "d.csv", "d.tsv", "d.txt"], ["", "\u{feff}", "\n", "\r\n \t\n", " "])
    func anEmptyFileHasNoRecords(_ name: String, _ text: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file(name, text)
        let dataset = try Dataset(opening: path)
        if name == "d.txt", text != "" {
            // Every line of a text is a completion, if an empty one.
            #expect(dataset.count > 0)
        } else if dataset.count > 0 {
            Issue.record("\(dataset.count) rows in \(name)")
        } else {
            #expect(throws: DataError.noRecords(file: path)) { try Preparation(analysing: dataset) }
            #expect(throws: DataError.noRecords(file: path)) { try DatasetCheck.findings(of: dataset) }
        }
    }

    @Test func aListOfRecordsTellsFaultsByTheirPlace() {
        let cases: [(String, Int, Int, JSONProblem)] = [
            ("[", 1, 2, .unexpectedEnd), ("[{\"a\": 1}", 1, 10, .unexpectedEnd),
            ("[{\"a\": 1},]", 1, 11, .expectedValue),
            ("[{}] x", 1, 6, .textAfterEnd), ("[\n{\"a\": 1,\n\"b\": oops}]", 3, 6, .expectedValue),
            ("[{\"a\": \"b]", 1, 8, .unclosedText), ("[{\"漢\": ]}]", 1, 8, .expectedValue),
            ("[{} {}]", 1, 5, .expectedCommaOrEnd),
        ]
        for (text, line, column, problem) in cases {
            do {
                let scratch = try Scratch()
                _ = try Dataset(opening: scratch.file("d.json", text))
                Issue.record("\(text) was read")
            } catch DataError.notJSON(_, let foundLine, let foundColumn, let found) {
                #expect((foundLine, foundColumn) == (line, column) && found == problem, "\(text)")
            } catch {
                Issue.record("\(text): \(error)")
            }
        }
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneData

struct DatasetTests {
    @Test func findsEveryRowOfALargeFile() throws {
        let scratch = try Scratch()
        // Rows longer than the read buffer stand among short ones.
        let rows = (0..<300).map { ("p\($0)", String(repeating: "x", count: $0 % 100 == 50 ? 1_500_000 : $0)) }
        let dataset = try Dataset(opening: try scratch.file("data.jsonl", pairs(rows)))
        #expect(dataset.count == 300)
        for position in [0, 1, 50, 51, 63, 64, 127, 128, 150, 251, 299] {
            let expected = Record.completion(prompt: rows[position].0, completion: rows[position].1)
            #expect(try dataset.record(at: position) == expected)
        }
        #expect(try dataset.rows(in: 60..<70).map(\.index) == Array(60..<70))
        #expect(try dataset.rows(in: 295..<400).map(\.index) == Array(295..<300))
        #expect(throws: DataError.noSuchRow(file: dataset.path, row: 300, count: 300)) { try dataset.row(at: 300) }
    }

    @Test func passesOverBlankLinesMarksAndLineEnds() throws {
        let scratch = try Scratch()
        let text = "\u{feff}{\"prompt\":\"a\",\"completion\":\"b\"}\r\n\r\n  \n{\"prompt\":\"c\",\"completion\":\"d\"}"
        let dataset = try Dataset(opening: try scratch.file("data.jsonl", text))
        #expect(dataset.count == 2)
        let rows = try dataset.rows(in: 0..<2)
        #expect(rows.map(\.line) == [1, 4])
        #expect(rows[0].text == #"{"prompt":"a","completion":"b"}"#)
        #expect(rows[1].record == .completion(prompt: "c", completion: "d"))
    }

    @Test func brokenRowsAreShownAndExplained() throws {
        let scratch = try Scratch()
        let bytes = Array("{\"prompt\": \"漢\", oops}\n5\n{\"prompt\":\"a\"}\n".utf8) + [0x7b, 0xff, 0x00, 0x0a]
        let dataset = try Dataset(opening: try scratch.file("data.jsonl", bytes: bytes))
        let rows = try dataset.rows(in: 0..<4)
        #expect(rows[0].problem == .notJSON(.expectedKey, column: 17))
        #expect(rows[1].problem == .notJSON(.notAnObject, column: 1))
        #expect(rows[2].problem == .record(.missing(field: "completion")))
        #expect(rows[3].bytes == [0x7b, 0xff, 0x00])
        #expect(rows[3].text == "{\u{fffd}\u{0}")
    }

    @Test func readsEveryShape() throws {
        let scratch = try Scratch()
        let chat = try Dataset(
            opening: scratch.file(
                "chat.jsonl",
                #"{"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]},{"role":"assistant","content":"yo","weight":0}]}"#
            ))
        #expect(chat.shape == .chat)
        #expect(
            try chat.record(at: 0)
                == .chat([
                    Message(role: "user", content: "hi"), Message(role: "assistant", content: "yo", weight: 0),
                ]))
        let preference = try Dataset(
            opening: scratch.file(
                "preference.jsonl",
                #"{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}"#
            ))
        #expect(preference.shape == .preference)
        #expect(
            try preference.record(at: 0)
                == .preference(
                    input: [Message(role: "user", content: "q")],
                    preferred: [Message(role: "assistant", content: "a")],
                    rejected: [Message(role: "assistant", content: "b")]))
    }

    @Test func noticesThatTheFileChanged() throws {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", pairs([("a", "b")]))
        let dataset = try Dataset(opening: path)
        #expect(dataset.isCurrent)
        try scratch.file("data.jsonl", pairs([("a", "b"), ("c", "d")]))
        #expect(!dataset.isCurrent)
        #expect(try Dataset(opening: path) != dataset)
    }

    @Test func aFileCutShortIsAnErrorToTell() throws {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", pairs((0..<200).map { ("p\($0)", "c") }))
        let dataset = try Dataset(opening: path)
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 100)
        #expect(throws: DataError.changedMeanwhile(file: path)) { try dataset.row(at: 199) }
    }

    @Test func aFolderIsNoFile() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.path("x.jsonl"), withIntermediateDirectories: true)
        #expect(throws: DataError.notAFile(file: scratch.path("x.jsonl"))) {
            try Dataset(opening: scratch.path("x.jsonl"))
        }
    }
}

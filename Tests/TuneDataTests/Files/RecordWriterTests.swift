import Foundation
import Testing
import TuneData
import TuneModel

struct RecordWriterTests {
    private let record = Record.completion(prompt: "q", completion: "a/b")
    private let line = #"{"prompt":"q","completion":"a\/b"}"#

    @Test func addsBehindAMissingLineEnd() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", #"{"prompt": "x", "completion": "y"}"#)
        try RecordWriter.append([record, record], to: path)
        #expect(try scratch.text("d.jsonl") == #"{"prompt": "x", "completion": "y"}"# + "\n\(line)\n\(line)\n")
    }

    @Test func makesAFileThatIsNotThere() throws {
        let scratch = try Scratch()
        try RecordWriter.append([record], to: scratch.path("new.jsonl"))
        #expect(try scratch.text("new.jsonl") == line + "\n")
    }

    @Test func writesConversations() throws {
        let scratch = try Scratch()
        let chat = Record.chat([
            Message(role: "user", content: "q"), Message(role: "assistant", content: "a", weight: 0),
        ])
        try RecordWriter.append([chat], to: scratch.path("c.jsonl"))
        #expect(
            try scratch.text("c.jsonl")
                == #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":0}]}"# + "\n"
        )
    }

    @Test func replacesOneRowAndNoOtherByte() throws {
        let scratch = try Scratch()
        let text = "\u{feff}{ \"prompt\": \"a\" , \"completion\": 1.0 }\r\n\r\n{\"b\":\"\\/\"}\r\n{\"c\": 1}"
        let path = try scratch.file("d.jsonl", text)
        try RecordWriter.replace(row: 1, of: Dataset(opening: path), with: record)
        #expect(try scratch.text("d.jsonl") == text.replacingOccurrences(of: "{\"b\":\"\\/\"}", with: line))
        try RecordWriter.replace(row: 0, of: Dataset(opening: path), with: record)
        #expect(try scratch.text("d.jsonl") == "\u{feff}\(line)\r\n\r\n\(line)\r\n{\"c\": 1}")
    }

    @Test func insertsAndRemovesRows() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", "{\"a\":1}\r\n{\"b\":2}")
        try RecordWriter.insert(record, after: 0, of: Dataset(opening: path))
        #expect(try scratch.text("d.jsonl") == "{\"a\":1}\r\n\(line)\r\n{\"b\":2}")
        try RecordWriter.insert(record, after: 2, of: Dataset(opening: path))
        #expect(try scratch.text("d.jsonl") == "{\"a\":1}\r\n\(line)\r\n{\"b\":2}\n\(line)")
        try RecordWriter.remove(row: 0, of: Dataset(opening: path))
        #expect(try scratch.text("d.jsonl") == "\(line)\r\n{\"b\":2}\n\(line)")
    }

    @Test func keepsModeAndLink() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", "{\"a\":1}\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try FileManager.default.createSymbolicLink(atPath: scratch.path("link.jsonl"), withDestinationPath: "d.jsonl")
        try RecordWriter.replace(row: 0, of: Dataset(opening: scratch.path("link.jsonl")), with: record)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link.jsonl")) == "d.jsonl")
        #expect(try scratch.text("d.jsonl") == line + "\n")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(scratch.names == ["d.jsonl", "link.jsonl"])
    }

    @Test func refusesAFileThatChangedMeanwhile() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", "{\"a\":1}\n")
        let dataset = try Dataset(opening: path)
        try RecordWriter.append([record], to: path)
        #expect(throws: DataError.changedMeanwhile(file: path)) {
            try RecordWriter.replace(row: 0, of: dataset, with: record)
        }
        #expect(try scratch.text("d.jsonl") == "{\"a\":1}\n\(line)\n")
    }
}

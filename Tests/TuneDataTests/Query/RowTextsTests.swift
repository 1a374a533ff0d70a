import Testing
import TuneModel

@testable import TuneData

struct RowTextsTests {
    /// Lines whose texts are found in place, and such as need the long way.
    @Test(arguments: [
        #"{"prompt":"a","completion":"b"}"#,
        #"{"completion":"b\n\u00e9","prompt":"\ud83d\ude42","x":[1,{"prompt":"no"}]}"#,
        #"{"Prompt":"a","completion":"b"}"#, #"{"prompt":1e3,"completion":["x",null]}"#,
        #"{"prompt":null,"completion":"b"}"#,
        #"{"prompt":"a"}"#, #"{"prompt":"a","completion":"b","prompt":"c"}"#, #"{"pr\u006fmpt":"a","completion":"b"}"#,
        #"{"prompt":"a","completion":"b","messages":[]}"#, #"{"MESSAGES":[{"role":"user","content":"x"}]}"#,
        #"{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y","weight":0},{"content":"z","role":"assistant"}]}"#,
        #"{"messages":[{"role":"user","content":[{"type":"text","text":"one"},{"text":"two"}]},{"role":"assistant","tool_calls":[]}]}"#,
        #"{"tools":[{"messages":1}],"messages":[{"role":"wizard","content":"x"}]}"#, #"{"messages":[1]}"#,
        #"{"messages":{}}"#,
        #"{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"g"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}"#,
        #"{"messages":[{"role":"user","content":"x","content":"y"}],"messages":[{"role":"user","content":"last"}]}"#,
        #"{"prompt":"a","completion":"b"} x"#, "[1]", "\"prompt\"", "", "{",
    ])
    func sayWhatTheRecordSays(_ line: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", line + "\n" + line)
        let texts = RowTexts(columns: .standard)
        let file = try SourceFile(opening: path)
        try LineReader(file: file).walk { line in
            texts.read(line)
            let row = Row(index: 0, line: 1, bytes: Array(line.bytes))
            #expect(texts.isRecord == (row.record != nil))
            let seen = texts.parts.map { "\($0.side) " + String(decoding: texts.text(of: $0), as: UTF8.self) }
            #expect(seen == Self.texts(of: row.record))
            return true
        }
    }

    @Test func keysOfOtherNamesAreColumnsToo() throws {
        let scratch = try Scratch()
        let path = try scratch.file("data.jsonl", #"{"问":"一","messages":"x","答":"二"}"#)
        let texts = RowTexts(columns: Columns(prompt: "问", completion: "答"))
        try LineReader(file: try SourceFile(opening: path)).walk { line in
            texts.read(line)
            #expect(texts.parts.map { String(decoding: texts.text(of: $0), as: UTF8.self) } == ["一", "二"])
            return true
        }
    }

    private static func texts(of record: Record?) -> [String] {
        switch record {
        case .completion(let prompt, let completion)?: ["prompt \(prompt)", "completion \(completion)"]
        case .chat(let messages)?: messages.map { ($0.isTrained ? "completion " : "prompt ") + $0.content }
        case .preference(let input, let preferred, let rejected)?:
            input.map { "prompt \($0.content)" } + preferred.map { "completion \($0.content)" }
                + rejected.map { "rejected \($0.content)" }
        case nil: []
        }
    }
}

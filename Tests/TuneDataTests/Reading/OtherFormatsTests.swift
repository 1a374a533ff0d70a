import Testing
import TuneData
import TuneModel

struct OtherFormatsTests {
    private func rows(_ name: String, _ text: String) throws -> [Row] {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file(name, text))
        return try dataset.rows(in: 0..<dataset.count)
    }

    private func error(_ name: String, _ text: String) -> DataError? {
        do { _ = try rows(name, text) } catch { return error as? DataError }
        return nil
    }

    @Test func tablesMayQuoteAnything() throws {
        let rows = try rows(
            "d.csv",
            "\u{feff}prompt,completion\r\n\"a,\"\"b\"\"\r\n\",x\r\n\r\nplain\"quote,\"q\"tail\r\"\",NA\n漢,\"end\"")
        #expect(
            rows.map(\.record) == [
                .completion(prompt: "a,\"b\"\r\n", completion: "x"),
                .completion(prompt: "plain\"quote", completion: "qtail"), .completion(prompt: "", completion: "NA"),
                .completion(prompt: "漢", completion: "end"),
            ])
        #expect(rows.map(\.line) == [2, 5, 6, 7])
    }

    @Test func tablesSayWhatIsWrongAndWhere() throws {
        guard case .badTable(_, 3, .tooManyCells(3, 2)) = error("d.csv", "prompt,completion\na,b\nc,d,e\n") else {
            Issue.record("too many cells")
            return
        }
        guard case .badTable(_, 2, .unclosedQuote) = error("d.csv", "prompt,completion\na,\"b\nc,d\n") else {
            Issue.record("unclosed quote")
            return
        }
        let short = try rows("d.tsv", "prompt\tcompletion\nonly\n")
        #expect(short.first?.problem == .record(.missing(field: "completion")))
    }

    @Test func repeatedHeadingsLeaveTheFirstInForce() throws {
        let rows = try rows("d.csv", "prompt,completion,prompt\na,b,c\n")
        #expect(rows.first?.record == .completion(prompt: "a", completion: "b"))
    }

    @Test func everyLineOfATextIsACompletion() throws {
        let rows = try rows("d.txt", "one\r\n\n two \"three\"\n")
        #expect(
            rows.map(\.record) == [
                .completion(prompt: "", completion: "one"), .completion(prompt: "", completion: ""),
                .completion(prompt: "", completion: " two \"three\""),
            ])
    }

    @Test(arguments: [
        #"[{"prompt": "a", "completion": "b"}, {"prompt": "c", "completion": "d"}]"#,
        "[\n  {\n    \"prompt\": \"a\",\n    \"completion\": \"b\"\n  },\n {\"prompt\": \"c\", \"completion\": \"d\"}\n]\n",
        #"{"prompt": ["a", "c"], "completion": ["b", "d"]}"#,
        "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"c\", \"completion\": \"d\"}\n",
    ])
    func documentsHoldTheSameRecords(_ text: String) throws {
        for name in ["d.json", "d.jsonl"] {
            #expect(
                try rows(name, text).map(\.record) == [
                    .completion(prompt: "a", completion: "b"), .completion(prompt: "c", completion: "d"),
                ])
        }
    }

    @Test func aSingleConversationIsNoTable() throws {
        let text = #"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#
        let expected = Record.chat([Message(role: "user", content: "q"), Message(role: "assistant", content: "a")])
        #expect(try rows("d.jsonl", text).map(\.record) == [expected])
        #expect(try rows("d.json", text).map(\.record) == [expected])
    }

    @Test func documentsSayWhatIsWrongAndWhere() {
        guard case .notJSON(_, 3, 3, .expectedCommaOrEnd) = error("d.json", "[\n {\"prompt\": \"a\"}\n  {}]") else {
            Issue.record("missing comma")
            return
        }
        guard case .notJSON(_, 1, 2, .notAnObject) = error("d.json", "[5]") else {
            Issue.record("no object")
            return
        }
        guard
            case .badTable(_, 1, .unevenColumns("completion", 1, 2)) =
                error("d.json", #"{"prompt": ["a", "b"], "completion": ["c"]}"#)
        else {
            Issue.record("uneven columns")
            return
        }
    }

    @Test func aListOfRecordsIsWrittenAsLinesEvenWhenNothingElseIsToDo() throws {
        let scratch = try Scratch()
        let path = try scratch.file(
            "d.json", #"[{"prompt": "a ->", "completion": " b."}, {"prompt": "c ->", "completion": " d."}]"#)
        #expect(try Preparation(analysing: Dataset(opening: path)).write().isWritten)
        #expect(
            try scratch.text("d_prepared.jsonl")
                == #"{"prompt":"a ->","completion":" b."}"# + "\n" + #"{"prompt":"c ->","completion":" d."}"# + "\n")
    }

    @Test func rowsOfOtherFormatsAreNotEditedInPlace() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.csv", "prompt,completion\na,b\n")
        #expect(throws: DataError.notEditable(file: path, extension: "csv")) {
            try RecordWriter.remove(row: 0, of: Dataset(opening: path))
        }
        #expect(throws: DataError.formatNotReadYet(file: "d.parquet", extension: "parquet")) {
            try Dataset(opening: "d.parquet", reading: ReadingOptions(recognition: .byName))
        }
    }
}

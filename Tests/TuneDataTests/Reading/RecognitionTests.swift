import Foundation
import Testing
import TuneData
import TuneModel

struct RecognitionTests {
    private let expected = [
        Record.completion(prompt: "a", completion: "b"), .completion(prompt: "c", completion: "d"),
    ]

    private static let lines = "{\"prompt\":\"a\",\"completion\":\"b\"}\n{\"prompt\":\"c\",\"completion\":\"d\"}\n"
    private static let list = "[\n {\"prompt\":\"a\",\"completion\":\"b\"},\n {\"prompt\":\"c\",\"completion\":\"d\"}]"
    private static let commas = "prompt,completion\na,b\nc,d\n"
    private static let tabs = "\u{feff}Prompt\tcompletion\na\tb\nc\td"

    @Test(arguments: [
        ("data", lines, Format.jsonl), ("data.bak", lines, .jsonl), ("data.csv", lines, .jsonl),
        ("d.txt", lines, .jsonl),
        ("data", list, .json), ("data.csv", list, .json), ("data.jsonl", list, .json), ("data", commas, .csv),
        ("data.jsonl", commas, .csv), ("data.tsv", commas, .csv), ("data.csv", tabs, .tsv), ("x.data", tabs, .tsv),
        ("data.xlsx", commas, .csv), ("data.jsonl", "[" + lines.replacing("}\n{", with: "},{") + "]", .json),
        ("data.jsonl", "{\n\"prompt\": [\"a\",\"c\"],\n\"completion\": [\"b\",\"d\"]}", .json),
        ("data.json", lines, .json), ("data.gz", lines, .jsonl),
    ])
    func contentSaysWhatANameDoesNot(_ name: String, _ text: String, _ format: Format) throws {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: scratch.file(name, text))
        #expect(dataset.format == format)
        #expect(try dataset.rows(in: 0..<9).map(\.record) == expected)
    }

    @Test func aNameThatLiesIsTold() throws {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: scratch.file("d.csv", Self.lines))
        #expect(dataset.notices.map(\.id) == ["recognised-format"])
        #expect(try DatasetCheck.findings(of: dataset).contains { $0.id == "recognised-format" })
        #expect(dataset.isEditable)
        #expect(try Dataset(opening: scratch.file("d.jsonl", Self.lines)).notices.isEmpty)
    }

    @Test func theClassicToolGoesByTheName() throws {
        let scratch = try Scratch()
        let options = ReadingOptions(recognition: .byName)
        for (name, ending) in [("d", ""), ("d.bak", "bak"), ("d.xml", "xml"), ("d.bak.gz", "bak"), (".jsonl", "")] {
            let path = try scratch.file(name, Self.lines)
            let shown = name.hasSuffix(".gz") ? "bak" : ending
            #expect(throws: DataError.unknownFormat(file: path, extension: shown)) {
                try Dataset(opening: path, reading: options)
            }
        }
        let text = try Dataset(opening: scratch.file("d.txt", Self.lines), reading: options)
        #expect(text.format == .txt && text.count == 2)
        #expect(throws: DataError.unknownFormat(file: "nowhere.xml", extension: "xml")) {
            try Dataset(opening: "nowhere.xml", reading: options)
        }
    }

    @Test(arguments: [
        ("notes", "Dear reader,\nthis is a letter.\n"), ("blob", "\u{0}\u{1}\u{2}"), ("empty", ""), ("set", "{a, b}"),
        ("code", "[section]\nkey=value\n"), ("numbers", "1,2\n3,4\n"),
    ])
    func whatIsNoDatasetIsRefused(_ name: String, _ text: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file(name, text)
        #expect(throws: DataError.unknownFormat(file: path, extension: "")) { try Dataset(opening: path) }
    }

    @Test func theFormatCanBeTold() throws {
        let scratch = try Scratch()
        let path = try scratch.file("notes", "one\ntwo\n")
        let text = try Dataset(opening: path, reading: ReadingOptions(format: .txt))
        #expect(try text.record(at: 1) == .completion(prompt: "", completion: "two"))
        let lines = try Dataset(opening: path, reading: ReadingOptions(format: .jsonl))
        #expect(try lines.row(at: 0).problem == .notJSON(.expectedValue, column: 1))
    }
}

struct ColumnsTests {
    private let options = ReadingOptions(columns: Columns(prompt: "question", completion: "Answer"))
    private let expected = [
        Record.completion(prompt: "a", completion: "b"), .completion(prompt: "c", completion: "d"),
    ]

    @Test(arguments: [
        ("d.jsonl", "{\"question\":\"a\",\"answer\":\"b\"}\n{\"Question\":\"c\",\"Answer\":\"d\",\"prompt\":\"x\"}\n"),
        ("d.csv", "id,question,answer\n1,a,b\n2,c,d\n"), ("d.tsv", "question\tanswer\na\tb\nc\td\n"),
        ("d.json", "{\"question\":[\"a\",\"c\"],\"answer\":[\"b\",\"d\"]}"),
        ("d.json", "[{\"question\":\"a\",\"answer\":\"b\"},{\"question\":\"c\",\"answer\":\"d\"}]"),
    ])
    func anyColumnsCanHoldTheRecords(_ name: String, _ text: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file(name, text)
        let dataset = try Dataset(opening: path, reading: options)
        #expect(dataset.shape == .completion && dataset.suggestedColumns == nil)
        #expect(try dataset.rows(in: 0..<9).map(\.record) == expected)
        #expect(try TrainingFile.records(at: path, reading: options) == expected)
        #expect(try DatasetStats(of: dataset).broken == 0)
        // Without them the reader says which they could be.
        let unknown = try Dataset(opening: path)
        #expect(unknown.suggestedColumns.map { [$0.prompt, $0.completion] } == ["question", "answer"])
    }

    @Test func preparedFilesHaveTheUsualKeys() throws {
        let scratch = try Scratch()
        let path = try scratch.file(
            "d.jsonl", "{\"question\":\"a ->\",\"answer\":\" b\\n\"}\n{\"question\":\"c ->\",\"answer\":\" d\\n\"}\n")
        let preparation = try Preparation(analysing: Dataset(opening: path, reading: options))
        #expect(preparation.notices.filter { $0.id == "renamed-key" }.count == 2)
        #expect(try preparation.write().isWritten)
        #expect(try scratch.text("d_prepared.jsonl") == pairs([("a ->", " b\n"), ("c ->", " d\n")]))
    }

    @Test func changedRowsKeepTheKeysOfTheFile() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.jsonl", "{\"question\":\"a\",\"answer\":\"b\"}\n")
        let columns = ReadingOptions(columns: Columns(prompt: "question", completion: "answer"))
        let record = Record.completion(prompt: "x", completion: "y")
        try RecordWriter.replace(row: 0, of: Dataset(opening: path, reading: columns), with: record)
        #expect(try scratch.text("d.jsonl") == "{\"question\":\"x\",\"answer\":\"y\"}\n")
    }

    @Test func missingColumnsAreSuggested() throws {
        let scratch = try Scratch()
        let path = try scratch.file("d.csv", "id,instruction,output\n1,a,b\n")
        do throws(DataError) {
            _ = try Preparation(analysing: Dataset(opening: path))
            Issue.record("no error")
        } catch {
            let explanation = error.explanation
            #expect(error == .missingColumn(file: path, column: "prompt", found: ["id", "instruction", "output"]))
            for text in [explanation.next.english, explanation.next.chinese] {
                #expect(text.contains("--prompt-column instruction --completion-column output"))
            }
        }
        #expect(Columns.suggested(among: ["foo", "bar"]) == nil)
        #expect(Columns.suggested(among: ["问题", "回答"])?.completion == "回答")
        #expect(Columns(prompt: "my q", completion: "it's").advice.english.contains("'my q'"))
    }
}

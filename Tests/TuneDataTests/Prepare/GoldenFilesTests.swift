import Testing

@testable import TuneData

/// Files that the classic tool wrote with every suggestion accepted.
struct GoldenFilesTests {
    @Test(arguments: [
        "conditional", "capitals", "prefixes", "taken-marks", "unicode", "has-marks", "some-empty-prompts",
    ])
    func writesTheSameBytesAsTheClassicTool(_ name: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("\(name).jsonl", try fixture("\(name).jsonl"))
        let files = try Preparation(analysing: Dataset(opening: path)).write()
        #expect(files.isWritten)
        #expect(try scratch.text("\(name)_prepared.jsonl") == fixture("\(name).expected.jsonl"))
        #expect(try scratch.text("\(name).jsonl") == fixture("\(name).jsonl"))
    }

    @Test(arguments: [("table", "csv"), ("tabs", "tsv"), ("list", "json")])
    func turnsOtherFormatsIntoTheSameLines(_ name: String, _ ending: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("\(name).\(ending)", try fixture("\(name).\(ending)"))
        _ = try Preparation(analysing: Dataset(opening: path)).write()
        #expect(try scratch.text("\(name)_prepared.jsonl") == fixture("\(name).expected.jsonl"))
    }

    @Test func splitsClassesIntoTheSameRecordsInTheSameOrder() throws {
        let scratch = try Scratch()
        let path = try scratch.file("two-classes.jsonl", try fixture("two-classes.jsonl"))
        let files = try Preparation(analysing: Dataset(opening: path)).write()
        #expect(files.trainingRecords == 32)
        #expect(files.validationRecords == 8)
        #expect(try scratch.text("two-classes_prepared_train.jsonl") == fixture("two-classes.expected-train.jsonl"))
        #expect(try scratch.text("two-classes_prepared_valid.jsonl") == fixture("two-classes.expected-valid.jsonl"))
    }

    @Test func drawsTheKnownOrderOfTen() {
        #expect(Split.permutation(of: 10) == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6])
    }
}

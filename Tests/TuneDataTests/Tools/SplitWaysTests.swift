import Testing
import TuneModel

@testable import TuneData

struct SplitWaysTests {
    private func split(
        _ rows: [(String, String)], _ count: Int, _ way: DatasetSplit.Way, seed: UInt64 = 42, near: Double? = nil
    ) throws -> (first: [String], second: [String], leaks: [String: [Int]]) {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", pairs(rows)))
        let files = try DatasetSplit(dataset, setApart: count, seed: seed, by: way)
            .write(looksForLeaks: true, near: near)
        let (first, second) = (try scratch.text("d_train.jsonl"), try scratch.text("d_valid.jsonl"))
        #expect(first.split(separator: "\n").count == files.firstRecords)
        #expect(second.split(separator: "\n").count == files.secondRecords)
        return (
            first.split(separator: "\n").map(String.init), second.split(separator: "\n").map(String.init),
            Dictionary(uniqueKeysWithValues: files.leaks.map { ($0.id, $0.rows) })
        )
    }

    @Test func byClassTakesTheSameShareOfEach() throws {
        let rows = (0..<1000).map { ("p\($0)", $0 % 10 == 0 ? "rare" : $0 % 2 == 0 ? "even" : "odd") }
        let parts = try split(rows, 100, .byClass)
        func count(_ name: String) -> Int { parts.second.count { $0.contains("\"\(name)\"") } }
        #expect((count("rare"), count("even"), count("odd")) == (10, 40, 50))
        #expect(Set(parts.first + parts.second).count == 1000)
        #expect(try split(rows, 100, .byClass).second == parts.second)
        #expect(try split(rows, 100, .byClass, seed: 43).second != parts.second)
    }

    @Test func byClassKeepsTheNumberWhereSharesAreNotWhole() throws {
        let rows = (0..<10).map { ("p\($0)", "class \($0 % 3)") }
        #expect(try split(rows, 4, .byClass).second.count == 4)
    }

    @Test func byGroupKeepsTheSamePromptOnOneSide() throws {
        let rows = (0..<300).map { ("p\($0 % 60)", "answer \($0)") }
        let parts = try split(rows, 30, .byGroup(near: nil))
        #expect(parts.second.count == 30)
        func prompts(_ lines: [String]) -> Set<Substring> { Set(lines.map { $0.split(separator: "\"")[2] }) }
        #expect(
            Set(parts.first.compactMap { $0.split(separator: ",").first })
                .isDisjoint(with: parts.second.compactMap { $0.split(separator: ",").first }))
        #expect(parts.leaks.keys.sorted() == ["no-leaks"])
        // At random some prompts stand on both sides.
        #expect(try split(rows, 30, .random).leaks["leaked-prompts"] != nil)
    }

    @Test func byGroupKeepsNearDuplicatesOnOneSide() throws {
        let texts = (0..<40).map { place in (0..<30).map { "word\(place * 31 + $0 * $0)" }.joined(separator: " ") }
        let rows = texts.enumerated().map { ("a\($0)", $1) } + texts.enumerated().map { ("b\($0)", $1 + "!") }
        let parts = try split(rows, 20, .byGroup(near: 0.8), near: 0.8)
        #expect(parts.second.count == 20)
        #expect(parts.leaks.keys.sorted() == ["no-leaks"])
        #expect(try split(rows, 20, .random, near: 0.8).leaks["leaked-near-duplicates"] != nil)
    }

    @Test func aGroupThatIsTooLargeIsAnError() throws {
        let rows = (0..<10).map { ("same", "answer \($0)") }
        #expect(throws: DataError.self) { try split(rows, 5, .byGroup(near: nil)) }
    }

    @Test func emptyPromptsAreNoGroup() throws {
        let rows = (0..<20).map { ("", "text \($0)") }
        #expect(try split(rows, 5, .byGroup(near: nil)).second.count == 5)
    }
}

struct LeakCheckTests {
    private func leaks(_ rows: [(String, String)], _ others: [(String, String)]) throws -> [String: [Int]] {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("valid.jsonl", pairs(rows)))
        let other = try Dataset(opening: try scratch.file("train.jsonl", pairs(others)))
        let findings = try LeakCheck.findings(of: dataset, against: other)
        return Dictionary(uniqueKeysWithValues: findings.map { ($0.id, $0.rows) })
    }

    private let long = "It is a truth universally acknowledged, that a single man in possession of a good fortune"

    @Test func tellsWhatStandsInBothFiles() throws {
        let found = try leaks(
            [("new", "one"), ("b", "2"), ("c", "another"), ("d", long + "!")],
            [("a", "1"), ("b", "2"), ("c", "3"), ("d", long)])
        #expect(found == ["leaked-records": [1], "leaked-prompts": [2], "leaked-near-duplicates": [3]])
    }

    @Test func tellsWhenNothingDoes() throws {
        #expect(try leaks([("x", "y")], [("a", "b")]) == ["no-leaks": []])
    }

    @Test func looksAcrossFormats() throws {
        let scratch = try Scratch()
        let table = try Dataset(opening: try scratch.file("t.csv", "prompt,completion\na,b\nc,d\n"))
        let lines = try Dataset(opening: try scratch.file("l.jsonl", pairs([("c", "d")])))
        #expect(try LeakCheck.findings(of: lines, against: table).map(\.id) == ["leaked-records"])
    }

    @Test func anEmptyFileHasNoRecords() throws {
        let scratch = try Scratch()
        let empty = try Dataset(opening: try scratch.file("e.jsonl", ""))
        let lines = try Dataset(opening: try scratch.file("l.jsonl", pairs([("c", "d")])))
        #expect(throws: DataError.noRecords(file: empty.path)) { try LeakCheck.findings(of: lines, against: empty) }
    }
}

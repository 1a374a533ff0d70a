import Foundation
import Testing
import TuneData
import TuneModel

@testable import TuneControl

/// Datasets in a folder of their own, with their journals.
final class DatasetShelfTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)")
    private let datasets: DatasetClient

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        datasets = .onDisk(journals: folder.appendingPathComponent("edits").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func file(_ lines: [String]) throws -> String {
        let file = folder.appendingPathComponent("a.jsonl")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        return file.path
    }

    private func line(_ prompt: String, _ completion: String = "c") -> String {
        #"{"prompt":"\#(prompt)","completion":"\#(completion)"}"#
    }

    private func record(_ prompt: String, _ completion: String = "c") -> DatasetRow {
        .record(.completion(prompt: prompt, completion: completion))
    }

    @Test func aBrokenLineKeepsItsTextAndItsReason() async throws {
        let path = try file([line("a"), "{oops"])
        let rows = try await datasets.rows(path, 0..<10)
        #expect(rows.count == 2)
        guard case .broken(let text, let why) = rows[1].content else {
            Issue.record("taken for a record")
            return
        }
        #expect(text == "{oops")
        #expect(why.english.contains("2"))
    }

    @Test(arguments: [
        (0, true, 1), (2, true, 2001), (2001, true, 2001), (2002, true, 1), (0, false, 2001), (5, false, 1),
        (1, false, 1),
    ])
    func findsAroundTheEndInEitherDirection(start: Int, forward: Bool, expected: Int) async throws {
        let path = try file((0..<2500).map { line($0 == 1 || $0 == 2001 ? "Needle \($0)" : "hay \($0)") })
        #expect(try await datasets.find(path, TextPattern("needle"), start, forward) == expected)
        #expect(try await datasets.find(path, TextPattern("nowhere"), start, forward) == nil)
    }

    @Test func anEditIsShownAtOnceAndSavedByteForByte() async throws {
        let path = try file([line("a"), #"{ "prompt" : "b", "completion":"x" }"#, line("c")])
        let outcome = try await datasets.edit(path, .replace(row: 0, .completion(prompt: "新", completion: "y"))) { _ in
        }
        #expect(outcome.facts.edits.isChanged && outcome.facts.edits.changedRows == 1 && !outcome.shifts)
        #expect(try await datasets.rows(path, 0..<1) == [SheetRow(record("新", "y"), isEdited: true)])
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix(line("a")))
        let facts = try await datasets.save(path, .ifUnchanged) { _ in }
        #expect(!facts.edits.isChanged && facts.edits.undo != nil)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines == [line("新", "y"), #"{ "prompt" : "b", "completion":"x" }"#, line("c")].map { $0[...] })
    }

    @Test func aRecordAddedToAnOpenDatasetIsSavedUnlessOtherEditsWait() async throws {
        let path = try file([line("a")])
        _ = try await datasets.open(path) { _ in }
        let first = try #require(try await datasets.append(path, .completion(prompt: "b", completion: "d")))
        #expect(!first.facts.edits.isChanged && first.facts.records == 2)
        _ = try await datasets.edit(path, .remove(RangeSet(0..<1))) { _ in }
        let second = try #require(try await datasets.append(path, .completion(prompt: "e", completion: "f")))
        #expect(second.facts.edits.isChanged)
        #expect(
            try String(contentsOfFile: path, encoding: .utf8)
                == [line("a"), line("b", "d"), ""].joined(separator: "\n"))
    }

    @Test func aRecordAddedToAClosedFileIsWrittenAtItsEnd() async throws {
        let path = try file([line("a")])
        #expect(try await datasets.append(path, .completion(prompt: "b", completion: "d")) == nil)
        #expect(try await datasets.rows(path, 1..<2) == [SheetRow(record("b", "d"))])
    }

    @Test func aFileChangedByAnotherProgramIsReadAnew() async throws {
        let path = try file([line("a")])
        #expect(try await datasets.open(path) { _ in }.records == 1)
        try Data([line("x"), line("y"), ""].joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await datasets.rows(path, 0..<9).map(\.content) == [record("x"), record("y")])
        #expect(try await datasets.open(path) { _ in }.records == 2)
    }

    @Test func aLargeFileIsShownBeforeItIsReadToItsEnd() async throws {
        let path = try file((0..<20_000).map { line("prompt \($0)", String(repeating: "x", count: 200)) })
        let shown = Shown()
        let facts = try await datasets.open(path) { shown.add($0) }
        #expect(facts.records == 20_000 && facts.isWhole)
        let first = try #require(shown.facts.first)
        #expect(first.records < 1000 && !first.isWhole)
    }

    @Test func conversationsWithBrokenLinesAreAFinding() async throws {
        let path = try file([#"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"#, "x"])
        let findings = try await datasets.inspect(path) { _ in }
        #expect(findings.first { $0.severity == .error }?.rows == [1])
    }

    @Test func aFilterByFindingKnowsEveryRow() async throws {
        let path = try file((0..<3000).map { line($0 < 1500 ? "same" : "other \($0)") })
        let query = RowQuery(filter: try RowFilter("finding:duplicates"))
        let rows = try await datasets.query(path, query, nil, { _ in }, { _ in })
        #expect(rows == (1..<1500).map { Int32($0) })
    }

    @Test func whatNobodyKnowsIsToldRatherThanGuessed() async throws {
        let path = try file([line("a")])
        await #expect(throws: QueryLack.self) {
            _ = try await datasets.query(path, RowQuery(filter: try RowFilter("tokens>3")), nil, { _ in }, { _ in })
        }
    }
}

/// What was told while a file was opened.
private final class Shown: @unchecked Sendable {
    private let lock = NSLock()
    private var told: [DatasetFacts] = []

    var facts: [DatasetFacts] { lock.withLock { told } }

    func add(_ facts: DatasetFacts) { lock.withLock { told.append(facts) } }
}

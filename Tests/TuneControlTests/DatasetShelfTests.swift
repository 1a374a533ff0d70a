import Foundation
import Testing
import TuneModel

@testable import TuneControl

struct DatasetShelfTests {
    private func file(_ lines: [String]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString).jsonl")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        return file.path
    }

    private func line(_ prompt: String, _ completion: String = "c") -> String {
        #"{"prompt":"\#(prompt)","completion":"\#(completion)"}"#
    }

    @Test func aBrokenLineKeepsItsTextAndItsReason() async throws {
        let path = try file([line("a"), "{oops"])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let rows = try await DatasetClient.onDisk().rows(path, 0..<10)
        #expect(rows.count == 2)
        guard case .broken(let text, let why) = rows[1] else {
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
        defer { try? FileManager.default.removeItem(atPath: path) }
        let datasets = DatasetClient.onDisk()
        #expect(try await datasets.find(path, "needle", start, forward) == expected)
        #expect(try await datasets.find(path, "nowhere", start, forward) == nil)
    }

    @Test func aReplacedRecordLeavesItsNeighboursByteForByte() async throws {
        let path = try file([line("a"), #"{ "prompt" : "b", "completion":"x" }"#, line("c")])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let datasets = DatasetClient.onDisk()
        let facts = try await datasets.replace(path, 0, .completion(prompt: "新", completion: "y"))
        #expect(facts.records == 3)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines[1] == #"{ "prompt" : "b", "completion":"x" }"#)
        #expect(try await datasets.rows(path, 0..<1) == [.record(.completion(prompt: "新", completion: "y"))])
    }

    @Test func anAddedRecordIsTheLast() async throws {
        let path = try file([line("a")])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let datasets = DatasetClient.onDisk()
        #expect(try await datasets.append(path, .completion(prompt: "b", completion: "d")).records == 2)
        #expect(try await datasets.rows(path, 1..<2) == [.record(.completion(prompt: "b", completion: "d"))])
    }

    @Test func aFileChangedByAnotherProgramIsReadAnew() async throws {
        let path = try file([line("a")])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let datasets = DatasetClient.onDisk()
        #expect(try await datasets.open(path).records == 1)
        try Data([line("x"), line("y"), ""].joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await datasets.open(path).records == 2)
    }

    @Test func conversationsWithBrokenLinesAreAFinding() async throws {
        let path = try file([#"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"#, "x"])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let findings = try await DatasetClient.onDisk().inspect(path)
        #expect(findings.map(\.id) == ["records", "broken-lines"])
        #expect(findings.last?.rows == [1])
    }

    @Test func aBrokenLineAmongRecordsIsAFindingThatLeadsToIt() async throws {
        let path = try file([line("a"), "{oops", line("b")])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let findings = try await DatasetClient.onDisk().inspect(path)
        #expect(findings.last?.id == "broken-lines")
        #expect(findings.last?.rows == [1])
    }

    @Test func aFileToLearnNothingFromIsAFindingNotAFailure() async throws {
        let path = try file([line("same", "a"), line("same", "b")])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let findings = try await DatasetClient.onDisk().inspect(path)
        #expect(findings.map(\.id) == ["not-trainable"])
        #expect(findings.first?.summary.english.contains("/") == false)
    }
}

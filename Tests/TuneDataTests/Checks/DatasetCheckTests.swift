import Testing
import TuneData
import TuneModel

struct DatasetCheckTests {
    private func findings(_ bytes: [UInt8]) throws -> [String: [Int]] {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", bytes: bytes))
        let findings = try DatasetCheck.findings(of: dataset)
        #expect(findings.map(\.severity) == findings.map(\.severity).sorted(by: >))
        return Dictionary(uniqueKeysWithValues: findings.map { ($0.id, $0.rows) })
    }

    @Test func goodRecordsGiveNothingToObjectTo() throws {
        let found = try findings(Array(pairs([("a", "b"), ("c", "d")]).utf8))
        #expect(found.keys.sorted() == ["records"])
    }

    @Test func allRowsOfAFindingAreHandedOut() throws {
        let scratch = try Scratch()
        let many = Array(repeating: #"{"prompt":"a","completion":"b"}"#, count: 3000).joined(separator: "\n")
        let report = try DatasetCheck.report(of: Dataset(opening: scratch.file("d.jsonl", many + "\noops")))
        #expect(report.findings.first { $0.id == "duplicates" }?.rows.count == 1000)
        #expect(report.rows["duplicates"]?.ranges == RangeSet([1..<3000]))
        #expect(report.rows["broken-line"]?.ranges == RangeSet([3000..<3001]))
    }

    @Test func findsWhatCannotBeTrained() throws {
        let lines = [
            #"{"prompt": "a", "completion": "b"}"#, #"{"prompt": "a", }"#, #"{"prompt": null, "completion": "b"}"#,
            #"{"prompt": "a", "completion": ""}"#, #"{"text": "x"}"#, "[]", #"{"prompt": 1, "completion": "x"}"#,
        ]
        let found = try findings(Array(lines.joined(separator: "\n").utf8))
        #expect(found["broken-line"] == [1, 5])
        #expect(found["missing-value"] == [2])
        #expect(found["empty-completion"] == [3])
        #expect(found["not-a-record"] == [4])
        #expect(found["not-text"] == [6])
    }

    @Test func findsWhatTrainsBadly() throws {
        let lines = [
            #"{"prompt": "a", "completion": "b"}"#, #"{"completion": "b", "prompt": "a"}"#,
            #"{"prompt": "a", "completion": "other"}"#, #"{"prompt": "x\u001b[m", "completion": "y"}"#,
            #"{"prompt": "z\u200b", "completion": "y"}"#, #"{"prompt": "q\ud83d", "completion": "y"}"#,
            #"{"prompt": "1", "prompt": "2", "completion": "y"}"#,
            #"{"prompt": "long", "completion": ""# + String(repeating: "w", count: 10_001) + #""}"#,
        ]
        let found = try findings(Array(lines.joined(separator: "\n").utf8))
        #expect(found["duplicates"] == [1])
        #expect(found["same-prompt-other-answer"] == [2])
        #expect(found["control-characters"] == [3])
        #expect(found["invisible-characters"] == [4])
        #expect(found["lone-surrogate"] == [5])
        #expect(found["repeated-key"] == [6])
        #expect(found["long-records"] == [7])
    }

    @Test func findsBrokenBytes() throws {
        let line = Array(#"{"prompt": "a", "completion": ""#.utf8) + [0xff] + Array(#""}"#.utf8)
        #expect(try findings(line)["invalid-utf8"] == [0])
    }

    @Test func findsFaultsOfConversations() throws {
        let lines = [
            #"{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#,
            #"{"messages": [{"role": "user", "content": "q1"}, {"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#,
            #"{"messages": [{"role": "system", "content": "s"}, {"role": "robot", "content": "q"}]}"#,
            #"{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q2"}]}"#,
            #"{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": ""}, {"role": "assistant", "content": "a"}]}"#,
            #"{"prompt": "a", "completion": "b"}"#, #"{"messages": 5}"#,
        ]
        let found = try findings(Array(lines.joined(separator: "\n").utf8))
        #expect(found["alternation"] == [1])
        #expect(found["varying-system-prompt"] == [1])
        #expect(found["unknown-role"] == [2])
        #expect(found["no-assistant-turn"] == [3])
        #expect(found["empty-turn"] == [4])
        #expect(found["other-shape"] == [5])
        #expect(found["not-a-list"] == [6])
    }
}

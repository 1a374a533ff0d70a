import Testing
import TuneData
import TuneModel

struct DatasetCheckTests {
    private func findings(_ bytes: [UInt8], _ options: CheckOptions = CheckOptions()) throws -> [String: [Int]] {
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", bytes: bytes))
        let findings = try DatasetCheck.findings(of: dataset, options)
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

    @Test func tooManyRecordsAreNotComparedAndTheFindingsSaySo() throws {
        let lines = Array(pairs([("a", "b"), ("a", "b"), ("a", ""), ("c", "d")]).utf8)
        let found = try findings(lines, CheckOptions(mostRemembered: 3))
        #expect(found["not-compared"] == [])
        #expect(found["duplicates"] == nil)
        #expect(found["empty-completion"] == [2])
        let all = try findings(lines, CheckOptions(mostRemembered: 4))
        #expect(all["not-compared"] == nil)
        #expect(all["duplicates"] == [1])
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

    @Test func findsWhatSaysNearlyTheSame() throws {
        let text = "The tray of a CD-ROM drive, or by extension the drive itself, so called for its use as such."
        let bytes = Array(pairs([("a", text), ("b", "other"), ("a", text + "!"), ("a", text)]).utf8)
        let found = try findings(bytes)
        #expect(found["near-duplicates"] == [2])
        #expect(found["duplicates"] == [3])
        #expect(try findings(bytes, CheckOptions(near: nil))["near-duplicates"] == nil)
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", bytes: bytes))
        let report = try DatasetCheck.report(of: dataset, CheckOptions(near: 0.9))
        #expect(report.findings.first { $0.id == "near-duplicates" }?.summary.english.contains("90 %") == true)
        #expect(report.rows["near-duplicates"]?.contains(2) == true)
    }

    @Test func findsPrivateDataAndMasksIt() throws {
        let rows = [("mail anna@firma.de", "x"), ("b", "138 1234 5678"), ("c", "11010519491231002X"), ("d", "none")]
        let bytes = Array(pairs(rows).utf8)
        let found = try findings(bytes)
        #expect(found["e-mail-addresses"] == [0])
        #expect(found["phone-numbers"] == [1])
        #expect(found["id-numbers"] == [2])
        #expect(try findings(bytes, CheckOptions(looksForPrivateData: false)).keys.sorted() == ["records"])
        let scratch = try Scratch()
        let dataset = try Dataset(opening: try scratch.file("d.jsonl", bytes: bytes))
        for finding in try DatasetCheck.findings(of: dataset) {
            for secret in ["anna", "1234 5678", "19491231"] { #expect(!finding.summary.english.contains(secret)) }
        }
    }

    @Test func findsWhatTheModelCannotTake() throws {
        let measure = TokenMeasure(
            model: "tiny", context: 80, pieces: { _ in [] },
            count: { record in
                guard case .completion(let prompt, let completion) = record else { throw RecordProblem.unknownShape }
                return TokenCount(all: prompt.count + completion.count, trained: completion.count)
            })
        let rows = [("a", String(repeating: "x", count: 79)), ("b", String(repeating: "x", count: 80)), ("c", "y")]
        let options = CheckOptions(near: nil, measure: measure)
        #expect(try findings(Array(pairs(rows).utf8), options)["over-long"] == [1])
        #expect(try findings(Array(pairs(rows).utf8))["over-long"] == nil)
        let chat = #"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#
        #expect(try findings(Array(chat.utf8), options)["unfit-for-template"] == [0])
    }

    @Test func findsPairsWithNothingToPrefer() throws {
        func line(_ better: String, _ worse: String) -> String {
            #"{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","#
                + #""content":"\#(better)"}],"non_preferred_output":[{"role":"assistant","content":"\#(worse)"}]}"#
        }
        let found = try findings(Array([line("a", "b"), line("c", "c")].joined(separator: "\n").utf8))
        #expect(found["equal-answers"] == [1])
    }

    @Test func findsConversationsThatEndWithAQuestion() throws {
        func line(_ roles: [String]) -> String {
            #"{"messages":["#
                + roles.map { #"{"role":"\#($0)","content":"\#(roles.count)\#($0)"}"# }.joined(separator: ",") + "]}"
        }
        let lines = [line(["user", "assistant"]), line(["user", "assistant", "user"])]
        let found = try findings(Array(lines.joined(separator: "\n").utf8))
        #expect(found["unbalanced-turns"] == [1])
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

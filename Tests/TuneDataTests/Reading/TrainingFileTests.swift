import Testing
import TuneData
import TuneModel

struct TrainingFileTests {
    private func error(_ text: String) -> DataError? {
        do {
            let scratch = try Scratch()
            _ = try TrainingFile.records(at: try scratch.file("t.jsonl", text))
        } catch { return error as? DataError }
        return nil
    }

    @Test func givesAllRecordsInOrder() throws {
        let scratch = try Scratch()
        let path = try scratch.file("t.jsonl", pairs([("a ->", " b\n"), ("", " c")]))
        #expect(
            try TrainingFile.records(at: path) == [
                .completion(prompt: "a ->", completion: " b\n"), .completion(prompt: "", completion: " c"),
            ])
    }

    @Test(arguments: [
        (#"{"prompt": "a", "completion": ""}"#, RecordProblem.empty(field: "completion")),
        (#"{"prompt": null, "completion": "b"}"#, .null(field: "prompt")),
        (#"{"prompt": "a"}"#, .missing(field: "completion")),
        (#"{"prompt": 1, "completion": "b"}"#, .notText(field: "prompt")),
        (#"{"prompt": "\ud83d", "completion": "b"}"#, .notUTF8(field: "prompt")),
        (
            #"{"messages": [{"role": "assistant", "content": "a"}]}"#,
            .otherShape(expected: "completion", found: "chat")
        ),
        (#"{"text": "a"}"#, .unknownShape),
    ])
    func stopsAtTheFirstFault(_ line: String, _ problem: RecordProblem) {
        let found = error(pairs([("ok", "ok")]) + "\n" + line + "\n")
        guard case .badRecord(_, 3, problem) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test(arguments: [
        (#"{"messages": []}"#, RecordProblem.empty(field: "messages")),
        (#"{"messages": [{"role": "user", "content": "q"}]}"#, .noAssistantTurn),
        (#"{"messages": [{"role": "robot", "content": "q"}]}"#, .unknownRole("robot")),
        (#"{"messages": [{"role": "assistant", "content": "a", "weight": 0}]}"#, .noAssistantTurn),
        (#"{"messages": [{"content": "a"}]}"#, .missing(field: "role")),
        (#"{"messages": "x"}"#, .notAList(field: "messages")),
    ])
    func conversationsNeedAnAnswerToLearn(_ line: String, _ problem: RecordProblem) {
        guard case .badRecord(_, 1, problem) = error(line) else {
            Issue.record("another error")
            return
        }
    }

    @Test func anEmptyFileIsAnError() {
        guard case .noRecords = error("\n") else {
            Issue.record("no error")
            return
        }
    }
}

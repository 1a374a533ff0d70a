import Testing
import TuneModel

@testable import TuneControl

struct EditorTests {
    static let records: [Record] = [
        .completion(prompt: "p", completion: " c\n"),
        .chat([Message(role: "user", content: "hi"), Message(role: "assistant", content: "yo", weight: 0)]),
        .preference(
            input: [Message(role: "user", content: "q")], preferred: [Message(role: "assistant", content: "a")],
            rejected: [Message(role: "assistant", content: "b")]),
    ]

    @Test(arguments: records)
    func anUntouchedRecordStaysAsItWas(record: Record) {
        let state = Editor.State(record, target: .replace(path: "/a", row: 0), original: record)
        #expect(state.record == record)
        #expect(!state.isChanged)
    }

    @Test func savesTheEditedFieldOnce() {
        let record = Self.records[0]
        var state = Editor.State(record, target: .replace(path: "/a", row: 4), original: record)
        _ = Editor.update(&state, .fieldMoved(by: 1))
        _ = Editor.update(&state, .edited(.insert("x")))
        let saved = Editor.update(&state, .saveAsked)
        #expect(saved == [.replaceRecord(path: "/a", row: 4, record: .completion(prompt: "p", completion: "x c\n"))])
        #expect(Editor.update(&state, .saveAsked) == [])
        _ = Editor.update(&state, .saveFailed)
        #expect(!state.isSaving)
    }

    @Test func aNewRecordGoesToTheChosenDataset() {
        var state = Editor.State(Self.records[0], target: .append(paths: ["/a", "/b"], chosen: 0), original: nil)
        _ = Editor.update(&state, .targetChanged)
        #expect(Editor.update(&state, .saveAsked) == [.appendRecord(path: "/b", record: Self.records[0])])
    }
}

import Testing
import TuneData
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
        #expect(saved == [.edit(path: "/a", .replace(row: 4, .completion(prompt: "p", completion: "x c\n")))])
        #expect(Editor.update(&state, .saveAsked) == [])
        _ = Editor.update(&state, .saveFailed)
        #expect(!state.isSaving)
    }

    @Test func aNewRecordGoesToTheChosenDataset() {
        var state = Editor.State(Self.records[0], target: .append(paths: ["/a", "/b"], chosen: 0), original: nil)
        _ = Editor.update(&state, .targetChanged)
        #expect(Editor.update(&state, .saveAsked) == [.appendRecord(path: "/b", record: Self.records[0])])
    }

    private func chat() -> Editor.State {
        let record = Record.chat([
            Message(role: "system", content: "s"), Message(role: "user", content: "u"),
            Message(role: "assistant", content: "a"),
        ])
        var state = Editor.State(record, target: .replace(path: "/a", row: 0), original: record)
        state.active = 1
        return state
    }

    private func roles(_ state: Editor.State) -> [String] { state.fields.map(\.role) }

    @Test func turnsAreAddedMovedAndRemoved() {
        var state = chat()
        _ = Editor.update(&state, .turn(.add))
        #expect(roles(state) == ["system", "user", "assistant", "assistant"])
        #expect(state.active == 2)
        _ = Editor.update(&state, .edited(.insert("new")))
        _ = Editor.update(&state, .turn(.later))
        _ = Editor.update(&state, .turn(.nextRole))
        #expect(
            state.record
                == .chat([
                    Message(role: "system", content: "s"), Message(role: "user", content: "u"),
                    Message(role: "assistant", content: "a"), Message(role: "system", content: "new"),
                ]))
        _ = Editor.update(&state, .turn(.remove))
        #expect(roles(state) == ["system", "user", "assistant"])
        #expect(!state.isChanged)
    }

    @Test func changesOfTurnsAndOfTextAreTakenBackInTheirOrder() {
        var state = chat()
        _ = Editor.update(&state, .edited(.insert("x")))
        _ = Editor.update(&state, .turn(.remove))
        state.active = 1
        _ = Editor.update(&state, .edited(.insert("y")))
        let end = state.record
        var seen: [Record] = []
        for _ in 0..<3 {
            _ = Editor.update(&state, .edited(.undo))
            seen.append(state.record)
        }
        #expect(seen[0] == .chat([Message(role: "system", content: "s"), Message(role: "assistant", content: "a")]))
        #expect(state.fields.count == 3)
        #expect(!state.isChanged)
        for _ in 0..<3 { _ = Editor.update(&state, .edited(.redo)) }
        #expect(state.record == end)
    }

    @Test(arguments: [nil, 1.0] as [Double?])
    func leavingAnAnswerOutAndBackChangesNothing(weight: Double?) {
        let record = Record.chat([Message(role: "assistant", content: "a", weight: weight)])
        var state = Editor.State(record, target: .replace(path: "/a", row: 0), original: record)
        _ = Editor.update(&state, .turn(.weight))
        #expect(state.record == .chat([Message(role: "assistant", content: "a", weight: 0)]))
        #expect(state.fields[0].isLeftOut)
        _ = Editor.update(&state, .turn(.weight))
        #expect(state.record == record)
    }

    @Test func theLastTurnOfAPartStays() {
        var state = Editor.State(Self.records[2], target: .replace(path: "/a", row: 0), original: Self.records[2])
        for _ in 0..<3 {
            _ = Editor.update(&state, .turn(.remove))
            _ = Editor.update(&state, .turn(.later))
            _ = Editor.update(&state, .fieldMoved(by: 1))
        }
        #expect(state.record == Self.records[2])
    }

    @Test func anAccentSpelledOtherwiseIsAChange() {
        let record = Record.completion(prompt: "e\u{301}", completion: "")
        var state = Editor.State(record, target: .replace(path: "/a", row: 0), original: record)
        _ = Editor.update(&state, .edited(.delete(.left)))
        _ = Editor.update(&state, .edited(.insert("\u{E9}")))
        #expect(state.isChanged)
        #expect(state.changedFields?.map(\.part) == [.prompt])
    }
}

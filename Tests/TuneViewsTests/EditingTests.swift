import Testing
import TuneControl
import TuneModel

@testable import TuneViews

/// Records changed by keys alone, in a real file.
@MainActor
struct EditingTests {
    private func opened(_ fake: FakeWorld, _ lines: [String]) async throws -> Player {
        let player = Player(fake.world)
        try await player.start(opening: [try fake.write("a.jsonl", lines)])
        return player
    }

    private let lines = [
        #"{"prompt":"one","completion":"1"}"#, #"{ "prompt": "two", "completion": "2" }"#,
        #"{"prompt":"three","completion":"3"}"#,
    ]

    @Test func anEditedRecordIsWrittenAndTheOthersStayByteForByte() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, lines)
        try await player.press("e")
        try await player.type(" 中")
        try await player.press("<tab><backspace>")
        try await player.type("line\nnext")
        try await player.press("<c-s>")
        #expect(try fake.lines("a.jsonl").dropFirst() == lines.dropFirst())
        #expect(
            player.state.browse.current?.selected
                == .record(.completion(prompt: "one 中", completion: "line\nnext")))
        #expect(player.screen.text.contains("Record 1 of a.jsonl is saved."))
        #expect(player.state.dialogs.isEmpty)
    }

    @Test func anAddedRecordIsShown() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, lines)
        try await player.press("a")
        try await player.type("four")
        try await player.press("<tab>")
        try await player.type("4")
        try await player.press("<c-s>")
        #expect(player.state.browse.current?.list.cursor == 3)
        #expect(player.state.browse.current?.selected == .record(.completion(prompt: "four", completion: "4")))
    }

    @Test func aFileChangedBehindTheEditorIsNotOverwritten() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, lines)
        try await player.press("e")
        try await player.type("x")
        // Somebody else takes the row away.
        try fake.write("a.jsonl", [])
        try await player.press("<c-s>")
        #expect(player.state.notices.shown?.level == .failure)
        guard case .editor(let editor)? = player.state.dialogs.last else {
            Issue.record("what was typed is gone")
            return
        }
        #expect(editor.record == .completion(prompt: "onex", completion: "1"))
        #expect(!editor.isSaving)
    }

    @Test func aFileIsOpenedByItsCompletedName() async throws {
        let fake = try FakeWorld()
        try fake.write("glossary.jsonl", lines)
        let player = Player(fake.world)
        try await player.start()
        try await player.press("o")
        try await player.type(fake.path("glo"))
        try await player.press("<tab><enter>")
        #expect(player.state.browse.current?.facts.path == fake.path("glossary.jsonl"))
        #expect(player.state.dialogs.isEmpty)
    }

    @Test func goingThroughFindingsLeadsToTheirRows() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, lines + ["{broken"])
        try await player.press("[<tab>G<enter>")
        #expect(player.state.browse.current?.list.cursor == 3)
    }
}

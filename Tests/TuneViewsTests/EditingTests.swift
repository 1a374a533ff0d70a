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
        #expect(player.state.dialogs.isEmpty)
        #expect(
            player.state.browse.current?.selected
                == SheetRow(.record(.completion(prompt: "one 中", completion: "line\nnext")), isEdited: true))
        // It is in the journal, not in the file.
        #expect(try fake.lines("a.jsonl") == lines)
        #expect(player.screen.text.contains("* 1 unsaved"))
        try await player.press("<c-s>")
        #expect(try fake.lines("a.jsonl").dropFirst() == lines.dropFirst())
        #expect(try fake.lines("a.jsonl")[0] == #"{"prompt":"one 中","completion":"line\nnext"}"#)
        #expect(player.screen.text.contains("a.jsonl is saved: 3 records."))
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
        #expect(
            player.state.browse.current?.selected?.content == .record(.completion(prompt: "four", completion: "4")))
    }

    @Test func aFileChangedBehindTheEditorIsNotOverwrittenUnasked() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, lines)
        try await player.press("e")
        try await player.type("x")
        try await player.press("<c-s>")
        // Somebody else adds a row in front.
        try fake.write("a.jsonl", [#"{"prompt":"zero","completion":"0"}"#] + lines)
        try await player.press("<c-s>")
        guard case .choice? = player.state.dialogs.last else {
            Issue.record("nothing was asked")
            return
        }
        #expect(try fake.lines("a.jsonl").count == 4)
        // The first way out puts the edit where its row stands now.
        try await player.press("<enter><c-s>")
        #expect(
            try fake.lines("a.jsonl") == [
                #"{"prompt":"zero","completion":"0"}"#, #"{"prompt":"onex","completion":"1"}"#, lines[1], lines[2],
            ])
    }

    @Test func editsWaitForTheNextStart() async throws {
        let fake = try FakeWorld()
        // Whoever has a dataset open keeps others from editing it.
        do {
            let first = try await opened(fake, lines)
            try await first.press("jd")
            try await first.press("q")
            #expect(first.state.closing?.farewell?.english.contains("a.jsonl are kept") == true)
            await first.loop.store.close()
        }
        let second = Player(fake.world)
        try await second.start()
        #expect(second.state.browse.current?.facts.records == 2)
        try await second.press("u")
        #expect(second.state.browse.current?.facts.records == 3)
        #expect(second.state.browse.current?.facts.edits.isChanged == false)
        try await second.press("U<c-s>")
        #expect(try fake.lines("a.jsonl") == [lines[0], lines[2]])
    }

    @Test func markedRecordsAreChangedTogetherAfterALook() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, lines)
        try await player.press("<space>j<space>b<enter>")
        try await player.type("o")
        try await player.press("<tab>")
        try await player.type("0")
        #expect(player.screen.text.contains("It would change 1 of 2"))
        try await player.press("<enter><c-s>")
        #expect(try fake.lines("a.jsonl")[0] == #"{"prompt":"0ne","completion":"1"}"#)
        #expect(try fake.lines("a.jsonl").dropFirst() == lines.dropFirst())
    }

    @Test func aFilterShowsOnlyWhatPasses() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, lines)
        try await player.press("f")
        try await player.type("prompt:/^t/")
        try await player.press("<enter>")
        #expect(player.screen.text.contains("2 of 3 records"))
        #expect(player.state.browse.current?.row == 1)
        try await player.press("f")
        try await player.type(" lenn>3")
        try await player.press("<enter>")
        #expect(player.screen.text.contains("lenn"))
        try await player.press("<esc><esc>")
        #expect(player.state.browse.current?.list.count == 3)
    }

    @Test func unsavedEditsAreSavedBeforeTrainingIfWanted() async throws {
        let fake = try FakeWorld()
        fake.models.addBase()
        let player = try await opened(fake, lines)
        try await player.press("dt")
        guard case .choice? = player.state.dialogs.last else {
            Issue.record("nothing was asked")
            return
        }
        try await player.press("<enter>")
        #expect(try fake.lines("a.jsonl") == Array(lines.dropFirst()))
        guard case .launch? = player.state.dialogs.last else {
            Issue.record("no form")
            return
        }
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
        try await player.press("[<tab>gg<enter>")
        #expect(player.state.browse.current?.list.cursor == 3)
    }
}

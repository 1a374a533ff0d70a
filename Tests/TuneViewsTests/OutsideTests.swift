import Foundation
import Synchronization
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

/// Editing a record in `$EDITOR`, with scripted ones in its place.
@MainActor
struct OutsideTests {
    private let lines = [#"{"prompt":"one","completion":"1"}"#, #"{ "prompt": "two", "completion": "2" }"#]

    /// A dashboard whose editor does what the steps say, one after the other.
    private func opened(
        _ fake: FakeWorld, _ steps: [@Sendable (String) throws -> (text: String?, status: Int32)]
    ) async throws -> Player {
        let left = Mutex(steps)
        var world = fake.world
        world.outside = .onDisk(environment: ["EDITOR": "ed"]) { command in
            let path = command.last!
            let step = left.withLock { $0.removeFirst() }
            let (text, status) = try step(try String(contentsOfFile: path, encoding: .utf8))
            if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
            return status
        }
        let player = Player(world)
        try await player.start(opening: [try fake.write("a.jsonl", lines)])
        return player
    }

    @Test func theRecordIsTakenOverAndTheTerminalComesBack() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, [{ ($0.replacing("one", with: "один 一"), 0) }])
        try await player.press("E")
        #expect(player.screen.text.contains("* 1 unsaved"))
        try await player.press("<c-s>")
        #expect(try fake.lines("a.jsonl") == [#"{"prompt":"один 一","completion":"1"}"#, lines[1]])
        #expect(player.screen.turns == ["suspend", "resume"])
        #expect(player.state.dialogs.isEmpty)
    }

    @Test func aMistakeOpensTheEditorAgainWithItsLine() async throws {
        let fake = try FakeWorld()
        let player = try await opened(
            fake,
            [
                { ($0.replacing("=== completion", with: "=== compleat"), 0) },
                { text in
                    #expect(text.hasPrefix("#! record.txt, line 5: “=== compleat” is no mark."))
                    return (text.replacing("=== compleat", with: "=== completion").replacing("one", with: "1st"), 0)
                },
            ])
        try await player.press("E<c-s>")
        #expect(try fake.lines("a.jsonl")[0] == #"{"prompt":"1st","completion":"1"}"#)
        #expect(player.screen.turns == ["suspend", "resume"])
    }

    @Test func aMistakeThatStaysEndsWithTheTextKept() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, [{ _ in ("what?", 0) }, { _ in (nil, 0) }])
        try await player.press("E")
        #expect(try fake.lines("a.jsonl") == lines)
        let notice = try #require(player.state.notices.shown)
        let next = try #require(notice.next?[.english])
        let path = try #require(next.split(separator: " ").last?.dropLast())
        #expect(try String(contentsOfFile: String(path), encoding: .utf8).hasSuffix("what?"))
        try? FileManager.default.removeItem(atPath: (String(path) as NSString).deletingLastPathComponent)
    }

    @Test(arguments: [
        (1, "ended with an error (status 1)"), (137, "was killed (signal 9)"), (127, "cannot be started"),
    ])
    func aFailureChangesNothing(status: Int32, words: String) async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, [{ _ in (nil, status) }])
        try await player.press("E")
        #expect(try fake.lines("a.jsonl") == lines)
        #expect(player.screen.turns == ["suspend", "resume"])
        #expect(player.state.notices.shown?.what[.english].contains(words) == true)
        #expect(player.state.outside.phase == .none)
    }

    @Test func nothingChangedIsNothingSaid() async throws {
        let fake = try FakeWorld()
        let player = try await opened(fake, [{ _ in (nil, 0) }])
        try await player.press("E")
        #expect(player.state.notices.shown == nil)
        #expect(player.state.dialogs.isEmpty)
        #expect(player.screen.turns == ["suspend", "resume"])
    }

    @Test func withoutAnEditorTheTerminalIsNotLeft() async throws {
        let fake = try FakeWorld()
        let player = Player(fake.world)
        try await player.start(opening: [try fake.write("a.jsonl", lines)])
        try await player.press("E")
        #expect(player.screen.turns.isEmpty)
        #expect(player.state.notices.shown?.what[.english].contains("There is no editor") == true)
    }

    @Test func whatCannotBeSavedStaysInTheEditorHere() async throws {
        let fake = try FakeWorld()
        let player = try await opened(
            fake,
            [
                { [folder = fake.folder] text in
                    // Somebody else takes the rows away meanwhile.
                    try Data().write(to: folder.appendingPathComponent("a.jsonl"))
                    return (text.replacing("one", with: "kept"), 0)
                }
            ])
        try await player.press("E")
        guard case .editor(let editor)? = player.state.dialogs.last else {
            Issue.record("what was written is gone")
            return
        }
        #expect(editor.record == .completion(prompt: "kept", completion: "1"))
        #expect(!editor.isSaving)
    }

    @Test func anInterruptMeantForTheEditorDoesNotEndTheDashboard() async throws {
        let fake = try FakeWorld()
        let gate = AsyncStream<Void>.makeStream()
        var world = fake.world
        world.outside = .onDisk(environment: ["EDITOR": "ed"]) { _ in
            for await _ in gate.stream { break }
            return 0
        }
        let player = Player(world)
        try await player.start(opening: [try fake.write("a.jsonl", lines)])
        player.screen.press(["E"])
        _ = try player.loop.handle(.input)
        try await player.hear(until: { $0.outside.needsTerminal }, settling: false)
        let frame = player.screen.frame
        #expect(try player.loop.handle(.interrupt))
        #expect(try player.loop.handle(.resized))
        #expect(player.screen.frame == frame)
        gate.continuation.yield()
        try await player.settle()
        #expect(player.screen.turns == ["suspend", "resume"])
        #expect(try player.loop.handle(.interrupt) == false)
    }
}

import Testing
import TuneCanvas
import TuneTestSupport

@Suite(.enabled(if: TmuxSession.isAvailable, "needs tmux")) nonisolated struct TmuxSessionTests {
    /// The shell around the program tells its end: tmux may close a pane before it has read all of it, and now and then
    /// forgets the status.
    @Test func keysReachTheProgramAndItsEndIsSeen() async throws {
        let program = "echo ready $WHO; read line; echo got $line; exit 3"
        let session = try TmuxSession(
            ["sh", "-c", "sh -c \"$PROGRAM\"; echo ended $?; cat"], environment: ["WHO": "安", "PROGRAM": program])
        defer { session.close() }
        try await session.wait(for: "ready 安")
        try session.send("中文 a;b<enter>")
        try await session.wait(for: "got 中文 a;b")
        try await session.wait(for: "ended 3")
    }

    @Test func theTerminalHasTheSizeAskedFor() async throws {
        let session = try TmuxSession(["sh", "-c", "stty size; cat"], size: Size(width: 61, height: 17))
        defer { session.close() }
        try await session.wait(for: "17 61")
    }

    @Test func waitingInVainTellsWhatTheScreenShows() async throws {
        let session = try TmuxSession(["sh", "-c", "echo something else; cat"])
        defer { session.close() }
        try await session.wait(for: "something")
        let failure = await #expect(throws: TmuxSession.Failure.self) {
            try await session.wait(for: "never", seconds: 0.2)
        }
        #expect(failure?.description.contains("something else") == true)
    }
}

import Testing
import TuneTestSupport

/// From two answers to a vote, to a preference record and to a corrected one, in the real program.
@Suite(.serialized) struct CompareInTerminalTests {
    @Test func aVoteGoesBackIntoTheData() async throws {
        let deck = try DeckInTerminal(.english)
        defer { deck.close() }
        try deck.addBaseModel()
        let twin = try deck.home.run("models", "add", try TestHome.baseModel, "--name", "twin")
        try #require(twin.status == 0, "\(twin.errors)")

        try await deck.open()
        try await deck.wait(TerminalWords.english.sample)
        try deck.send("s")
        try await deck.wait(TerminalWords.english.records)
        try deck.send("5")
        try await deck.wait("─ twin ─")
        try deck.send("What is a kludge?<enter>")
        try await deck.wait("1 best  2 best  = tie  0 none good")
        let hidden = try deck.screen()
        #expect(!hidden.contains("twin") && !hidden.contains("smollm2"))
        try deck.send("1")
        try await deck.wait("1 ✓ best")
        try deck.send("d")
        try await deck.wait("New record for preferences.jsonl")
        try deck.send("<c-s>")
        try await deck.wait("written at the end of preferences.jsonl")
        let pair = try #require(try deck.lines("preferences.jsonl").last)
        #expect(pair.contains("preferred_output") && pair.contains("What is a kludge?"))

        try deck.send("e")
        try await deck.wait("New record for jargon.jsonl")
        try deck.send("<c-end> A clumsy thing.<c-s>")
        try await deck.wait("of jargon.jsonl is saved")
        let record = try #require(try deck.lines("jargon.jsonl").last)
        #expect(record.contains("What is a kludge?") && record.contains("A clumsy thing."))

        try deck.send("t")
        try await deck.wait("win rate")
        try deck.send("<esc>")
        try await deck.quit()

        // What was voted is counted at the next start, too, and what a command asked is among the earlier answers.
        let asked = try deck.home.run("ask", "-m", "twin", "-p", "Who are you?", "--chat", "-M", "3", "-t", "0")
        try #require(asked.status == 0, "\(asked.errors)")
        try await deck.open()
        try await deck.wait("1 vote")
        try deck.send("<c-r>")
        try await deck.wait("❯ Who are you?")
        try deck.send("<enter>")
        try await deck.wait("temp 0 · max 3")
        try await deck.quit()
    }
}

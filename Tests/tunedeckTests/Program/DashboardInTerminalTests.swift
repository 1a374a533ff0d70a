import Foundation
import Testing
import TuneTestSupport

/// The real dashboard in a real terminal.
@Suite(.serialized) struct DashboardInTerminalTests {
    @Test(arguments: TerminalWords.all)
    func aNewcomerPreparesTheSampleByKeys(_ words: TerminalWords) async throws {
        let deck = try DeckInTerminal(words)
        defer { deck.close() }
        try await deck.open()
        try await deck.wait(words.sample)
        try deck.send("s")
        try await deck.wait(words.records)
        try deck.send("p")
        try await deck.wait(words.answers)
        try deck.send("a")
        try await deck.wait(words.prepared)
        #expect(try deck.lines("jargon_prepared.jsonl").count == 2_305)
        try await deck.quit()
        #expect(try deck.modes("after") == deck.modes("before"))
    }

    @Test func theTerminalIsGivenBackToWhoeverEndsTheDashboard() async throws {
        let deck = try DeckInTerminal(.english)
        defer { deck.close() }
        try await deck.open()
        try await deck.wait(TerminalWords.english.sample)
        kill(try deck.dashboard(), SIGTERM)
        try await deck.waitForShell()
        #expect(try deck.modes("after") == deck.modes("before"))
    }
}

import Foundation
import Testing
import TuneCanvas
import TuneTestSupport

/// The way of a newcomer through the real program, in a real terminal, with the real base model.
@Suite(.serialized) struct WholeLoopInTerminalTests {
    @Test(arguments: TerminalWords.all)
    func fromTheWelcomeToACorrectedRecord(_ words: TerminalWords) async throws {
        let deck = try DeckInTerminal(words)
        defer { deck.close() }
        try deck.addBaseModel()

        try await deck.open()
        try await deck.wait(words.sample)
        try deck.send("s")
        try await deck.wait(words.records)
        try await deck.wait(words.findings)
        try deck.send("p")
        try await deck.wait(words.answers)
        try deck.send("a")
        try await deck.wait(words.prepared)
        try await deck.train(steps: 6, batch: 2)
        try await deck.wait(words.step)
        try await deck.wait(words.succeeded)

        try deck.send("4")
        try await deck.wait(words.tuned)
        try deck.send("What is a kludge?<enter>")
        // Two answers, of which one may end without a word after so few steps.
        try await deck.wait("two answers") { screen in
            !words.answering.contains(where: screen.contains)
                && [words.speed, words.silent].contains(where: screen.contains)
        }
        try deck.send("e")
        try await deck.wait(words.editor)
        // A correction says something in any case.
        try deck.send("<c-end><up><end> A clumsy thing.<c-s>")
        try await deck.wait(words.saved)
        let record = try #require(try deck.lines("jargon_prepared.jsonl").last)
        #expect(record.contains(#""prompt":"What is a kludge?""#), "\(record)")
        #expect(record.contains("A clumsy thing."))

        try await deck.quit()
        #expect(try deck.modes("after") == deck.modes("before"))

        // It opens where it was left, with the keys in the prompt.
        try await deck.open()
        try await deck.wait(words.tuned)
        try deck.send("<esc>3")
        try await deck.wait("jargon-1")
        try await deck.wait(words.succeeded)
        try await deck.quit()
    }

    @Test(arguments: TerminalWords.all)
    func quittingLeavesTheJobRunning(_ words: TerminalWords) async throws {
        let deck = try DeckInTerminal(words)
        defer { deck.close() }
        try deck.addBaseModel()

        try await deck.open()
        try await deck.wait(words.sample)
        try deck.send("s")
        try await deck.wait(words.records)
        try await deck.train(steps: 2000, batch: 4)
        try await deck.wait(words.step)
        try await deck.quit()
        #expect(try deck.screen().contains(words.farewell))
        #expect(try deck.modes("after") == deck.modes("before"))
        #expect(deck.home.worker != nil)
        #expect(try deck.home.jobs().first?["status"] as? String == "running")

        try await deck.open()
        try deck.send("3")
        try await deck.wait("jargon-1")
        try await deck.wait(words.running)
        let id = try #require(try deck.home.jobs().first?["id"] as? String)
        #expect(try deck.home.run("jobs", "cancel", "-i", id).status == 0)
        try await deck.wait(words.cancelled)
        try await deck.quit()
    }

    @Test func theTerminalIsGivenBackToWhoeverEndsTheDashboard() async throws {
        let deck = try DeckInTerminal(.english)
        defer { deck.close() }
        try await deck.open()
        try await deck.wait(TerminalWords.english.sample)
        #expect(try deck.fact("alternate_on") == "1")
        kill(try deck.dashboard(), SIGTERM)
        try await deck.waitForShell()
        #expect(try deck.modes("after") == deck.modes("before"))
        #expect(try deck.fact("alternate_on") == "0")
    }
}

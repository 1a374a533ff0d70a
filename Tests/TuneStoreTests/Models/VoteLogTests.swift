import Testing
import TuneModel
import TuneStore

struct VoteLogTests {
    private func vote(_ verdict: Vote.Verdict, isBlind: Bool = true) -> Vote {
        Vote(prompt: "问", models: ["a", "b"], answers: ["1\n", ""], verdict: verdict, isBlind: isBlind)
    }

    @Test func votesComeBackAsTheyWereGiven() async throws {
        let test = try TestWorkspace()
        let votes = [vote(.best(1)), vote(.tie, isBlind: false), vote(.noneGood)]
        let log = VoteLog(test.workspace)
        for vote in votes { try await log.append(vote) }
        #expect(try await VoteLog(test.workspace).list() == votes)
        try await log.removeLast()
        #expect(try await log.list() == Array(votes.dropLast()))
    }

    @Test func takingBackWithoutVotesDoesNothing() async throws {
        let log = VoteLog(try TestWorkspace().workspace)
        try await log.removeLast()
        #expect(try await log.list().isEmpty)
    }
}

import Testing
import TuneModel

struct VoteTests {
    private func vote(_ models: [String], _ verdict: Vote.Verdict) -> Vote {
        Vote(prompt: "q", models: models, answers: models.map { $0 + "!" }, verdict: verdict, isBlind: true)
    }

    @Test func everyVoteCountsForEachOfItsModels() throws {
        let votes = [
            vote(["a", "b"], .best(1)), vote(["b", "a"], .best(0)), vote(["a", "b"], .tie),
            vote(["a", "b"], .noneGood), vote(["a", "b", "c"], .best(0)),
        ]
        let pair = VoteTally(votes, among: ["a", "b"])
        #expect(pair.lines.map(\.model) == ["b", "a"])
        #expect(pair["b"]?.winRate == 1)
        #expect(pair["a"]?.winRate == 0)
        let line = try #require(pair["a"])
        #expect([line.won, line.lost, line.tied, line.noneGood, line.votes] == [0, 2, 1, 1, 4])
        let all = VoteTally(votes)
        #expect(all.lines.map(\.model) == ["b", "a", "c"])
        #expect(all["a"]?.winRate == 1.0 / 3)
    }

    @Test func withoutAWinnerThereIsNoRate() {
        let tally = VoteTally([vote(["a", "b"], .tie)], among: ["a", "b"])
        #expect(tally["a"]?.winRate == nil)
        #expect(VoteTally([], among: ["a", "b"]).lines.map(\.votes) == [0, 0])
    }
}

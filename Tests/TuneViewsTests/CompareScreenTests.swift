import Foundation
import Testing
import TuneCanvas
import TuneControl
import TuneModel

@testable import TuneViews

/// Several models side by side, judged without knowing which is which.
@MainActor
struct CompareScreenTests {
    nonisolated static let looks = ScreenLook.smallAndLarge
    private let base = "smollm2-135m"
    private let tuned = "ft:smollm2-135m:personal:jargon-1:2026-11-22-14-03-20"
    private let other = "ft:smollm2-135m:personal:tang-2:2026-11-23-09-15-00"
    private let third = "ft:smollm2-135m:personal:jargon-3:2026-11-24-10-00-00"

    private static let long = (1...30).map { "\($0)。举头望明月，低头思故乡 🌕 and so on." }.joined(separator: "\n")

    private func world(_ tuned: [String]) throws -> FakeWorld {
        let fake = try FakeWorld()
        fake.models.addBase()
        for (name, letter) in zip(tuned, "abc") { fake.models.addTuned(name, job: FakeJobs.id(letter)) }
        return fake
    }

    @Test(arguments: looks)
    func withoutTwoModelsItSaysWhatIsMissing(look: ScreenLook) async throws {
        let fake = try FakeWorld()
        let player = look.player(fake)
        try await player.start()
        try await player.press("5")
        player.check("columns-no-model-\(look.testDescription)")
        fake.models.addBase()
        try await player.press("<esc>65")
        player.check("columns-one-model-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func theLoopFromAnswersToAPreferenceRecord(look: ScreenLook) async throws {
        let fake = try world([tuned])
        fake.models.answer(base, "A kludge is a type of musical instrument, 一种乐器 🎺.")
        fake.models.answer(tuned, " A clumsy thing that works. \(Self.long)")
        let player = look.player(fake)
        try await player.start()
        try await player.press("5")
        player.check("columns-begin-\(look.testDescription)")
        try await player.type("What is a kludge?")
        try await player.press("<enter>")
        #expect(Set(fake.models.requests.map(\.model)) == [base, tuned])
        // Turned round, and without names.
        #expect(player.state.compare.sides.map(\.model) == [tuned, base])
        #expect(!player.screen.text.contains("smollm2"))
        player.check("columns-hidden-\(look.testDescription)")
        // A digit that is no vote is a page.
        try await player.press("35")
        #expect(player.state.tab == .compare)
        #expect(player.state.compare.canVote)
        try await player.press("1")
        #expect(fake.answers.votes.map(\.winner) == [tuned])
        player.check("columns-voted-\(look.testDescription)")
        try await player.press("d")
        player.check("columns-pair-\(look.testDescription)")
        try await player.press("<c-s>")
        let line = try #require(try fake.lines("preferences.jsonl").last)
        #expect(line.hasPrefix(#"{"input":{"messages":[{"role":"user","content":"What is a kludge?"#))
        #expect(line.contains("musical instrument"))
        // The other answer becomes a record of the data that the models learned from.
        try await player.press("<tab>")
        #expect(player.state.compare.focus == 1)
        try await player.press("e<c-s>")
        let record = try #require(try fake.lines("jargon_prepared.jsonl").last)
        #expect(record.contains(#""prompt":"What is a kludge? ->""#))
        try await player.press("u")
        #expect(fake.answers.votes.isEmpty)
    }

    @Test(arguments: looks)
    func oneFailsOneHangsAndTheOthersGoOn(look: ScreenLook) async throws {
        let fake = try world([tuned, other, third])
        fake.models.answer(base, Self.long)
        fake.models.play(tuned, .fails(after: "A klu"))
        fake.models.play(other, .hangs(after: "床前明月光，疑是地上霜。"))
        fake.models.answer(third, "A clumsy thing.")
        let player = look.player(fake)
        try await player.start()
        try await player.press("5<esc>m")
        try await player.press("ggj<space>j<space>j<space>")
        player.check("columns-picker-\(look.testDescription)")
        try await player.press("<enter>")
        let chosen = Set(player.state.compare.models)
        #expect(chosen.count >= 3)
        try await player.press("<esc>m")
        for (index, name) in player.state.models.cards.map(\.name).enumerated() where !chosen.contains(name) {
            try await player.press("gg" + String(repeating: "j", count: index) + "<space>")
        }
        try await player.press("<enter>i")
        try await player.type("What?")
        try await player.press("<enter>", settling: false)
        try await player.hear(
            until: { state in
                let sides = state.compare.sides
                return sides.count == 4 && sides.count { !$0.isOpen } == 3 && sides.allSatisfy { !$0.text.isEmpty }
            }, settling: false)
        player.check("columns-four-\(look.testDescription)")
        #expect(!player.state.compare.canVote)
        let hanging = try #require(player.state.compare.sides.firstIndex { $0.isOpen })
        try await player.press(String(repeating: "<right>", count: hanging), settling: false)
        try await player.press("x")
        #expect(player.state.compare.sides[hanging].phase == .stopped)
        #expect(player.state.compare.contenders.count == 3)
        try await player.press("f")
        player.check("columns-zoomed-\(look.testDescription)")
        try await player.press("<esc>=")
        #expect(fake.answers.votes.last?.models.count == 3)
        player.check("columns-tie-\(look.testDescription)")
    }

    @Test(arguments: looks)
    func recordsOfTheOpenDatasetAreThePrompts(look: ScreenLook) async throws {
        let fake = try world([tuned])
        let path = try fake.write(
            "valid.jsonl",
            [
                #"{"prompt":"静夜思 ->","completion":" 床前明月光，\n疑是地上霜。\n"}"#, "broken",
                #"{"prompt":"What is a kludge? ->","completion":" A clumsy thing.\n"}"#,
            ])
        fake.models.answer(base, "一首诗 📜")
        fake.models.answer(tuned, " 床前明月光")
        let player = look.player(fake)
        try await player.start(opening: [path])
        try await player.press("5<c-n>")
        #expect(player.state.compare.prompt.text == "静夜思 ->")
        try await player.press("<enter>s")
        player.check("columns-expected-\(look.testDescription)")
        #expect(fake.models.requests.allSatisfy { $0.input == .prompt("静夜思 ->") })
        try await player.press("2<c-n>")
        #expect(player.state.compare.source?.row == 2)
        #expect(player.state.compare.sides.isEmpty)
        // Past the last one it stays where it is, and says so.
        try await player.press("<c-n>")
        #expect(player.state.notices.shown?.level == .failure)
        #expect(player.state.compare.source?.row == 2)
    }

    @Test(arguments: looks)
    func votesAreCounted(look: ScreenLook) async throws {
        let fake = try world([tuned, other])
        for verdict in [Vote.Verdict.best(0), .best(0), .best(1), .tie, .noneGood] {
            fake.answers.add(
                Vote(prompt: "?", models: [tuned, base], answers: ["a", "b"], verdict: verdict, isBlind: true))
        }
        fake.answers.add(Vote(prompt: "?", models: [other, base], answers: ["a", "b"], verdict: .tie, isBlind: true))
        let player = look.player(fake)
        try await player.start()
        try await player.press("5<esc>t")
        player.check("tally-\(look.testDescription)")
    }

    @Test func theModelsOfMarkedJobsAreComparedWithOneKey() async throws {
        let fake = try world([tuned, other])
        for (letter, name) in zip("ab", [tuned, other]) {
            fake.jobs.add(
                Job(
                    id: FakeJobs.id(letter), status: .succeeded, model: base, suffix: "job-\(letter)",
                    trainingFile: "/x",
                    createdAt: fake.jobs.start, request: HyperparameterRequest()))
            fake.jobs.finish(FakeJobs.id(letter), model: name)
        }
        let player = Player(fake.world)
        try await player.start()
        try await player.press("3")
        try await player.hear { $0.jobs.jobs.count == 2 }
        try await player.press("C")
        #expect(player.state.tab == .compare)
        #expect(player.state.compare.models.first == base)
        try await player.press("<esc>3<space>j<space>C")
        #expect(Set(player.state.compare.models) == [tuned, other])
    }

    @Test func wherePlacesAreTooLowOnlyTheOneInFocusIsShown() async throws {
        let fake = try world([tuned, other, third])
        for name in [base, tuned, other, third] { fake.models.answer(name, Self.long) }
        let player = Player(fake.world, width: 60, height: 16)
        try await player.start()
        try await player.press("5<esc>m")
        for index in 0..<4 where !player.state.compare.models.contains(player.state.models.cards[index].name) {
            try await player.press("gg" + String(repeating: "j", count: index) + "<space>")
        }
        try await player.press("<enter>i")
        try await player.type("What?")
        try await player.press("<enter>")
        #expect(player.screen.text.contains("1 of 4"))
        try await player.press("<tab>")
        #expect(player.screen.text.contains("2 of 4"))
        player.check("columns-low")
    }
}

import Testing
import TuneModel

@testable import TuneData

struct DatasetStatsTests {
    private func stats(_ text: String, tokens: TokenMeasure? = nil) throws -> DatasetStats {
        let scratch = try Scratch()
        return try DatasetStats(of: Dataset(opening: scratch.file("data.jsonl", text)), tokens: tokens)
    }

    @Test func recordsAreCountedMeasuredAndCompared() throws {
        let stats = try stats(
            pairs([("What is it?", " A"), ("What is it?", " A"), ("What is it?", " BB"), ("是什么", "月亮"), ("1", "2")])
                + "oops\n")
        #expect(stats.records == 5)
        #expect(stats.broken == 1)
        #expect((stats.prompts.min, stats.prompts.median, stats.prompts.max, stats.prompts.total) == (1, 11, 11, 37))
        #expect((stats.completions.min, stats.completions.median, stats.completions.max) == (1, 2, 3))
        #expect(stats.lengths.total == 37 + 10)
        #expect((stats.distinctPrompts, stats.distinctCompletions, stats.duplicates) == (3, 4, 1))
        #expect(stats.languages == [Tallied(.latin, count: 3), Tallied(.none, count: 1), Tallied(.zh, count: 1)])
        #expect(!stats.isClassification && stats.classes.isEmpty && stats.roles.isEmpty && stats.tokens == nil)
    }

    @Test func fewDifferentAnswersAreClasses() throws {
        let stats = try stats(pairs((0..<20).map { ("text \($0)", $0 % 4 == 0 ? " yes" : " no") }))
        #expect(stats.isClassification)
        #expect(stats.classes == [Tallied(" no", count: 15), Tallied(" yes", count: 5)])
    }

    @Test func turnsAreCountedByRoleAndSystemPromptsApart() throws {
        func chat(_ system: String, _ turns: Int) -> String {
            var messages = [Message(role: "system", content: system)]
            for turn in 0..<turns { messages.append(Message(role: turn % 2 == 0 ? "user" : "assistant", content: "x")) }
            return RecordLine.text(of: .chat(messages)) + "\n"
        }
        let stats = try stats(chat("a", 2) + chat("a", 4) + chat("b", 2))
        #expect(stats.shape == .chat)
        #expect(stats.systems == [Tallied("a", count: 2), Tallied("b", count: 1)])
        #expect(stats.roles.map(\.value) == ["assistant", "user", "system"] && stats.roles.map(\.count) == [4, 4, 3])
        #expect((stats.turns.min, stats.turns.max) == (3, 5))
        #expect(stats.completions.total == 4)
    }

    @Test func tokensAreThoseOfTheBaseModel() throws {
        let count: @Sendable (Record) throws -> TokenCount = { record in
            guard case .completion(let prompt, let completion) = record, prompt != "bad" else {
                throw DataError.cancelled
            }
            return TokenCount(all: prompt.count + completion.count, trained: completion.count)
        }
        let measure = TokenMeasure(model: "letters", context: 9, pieces: { _ in [] }, count: count)
        let tokens = try #require(
            try stats(pairs([("abcdef", "xyz!"), ("a", "b"), ("bad", "c")]), tokens: measure).tokens)
        #expect((tokens.model, tokens.context, tokens.overlong, tokens.uncounted) == ("letters", 9, 1, 1))
        #expect((tokens.all.max, tokens.trained.total) == (10, 5))
    }

    /// Over many stretches, so that several threads have a part in it.
    @Test func largeFilesAreCountedLikeSmallOnes() throws {
        let filler = String(repeating: "z", count: 300)
        let stats = try stats(pairs((0..<40_000).map { ("question \($0 / 2)", filler + "\($0 % 7)") }))
        #expect(stats.records == 40_000)
        #expect((stats.distinctPrompts, stats.distinctCompletions, stats.duplicates) == (20_000, 7, 0))
        #expect(stats.classes.map(\.count).reduce(0, +) == 40_000)
        #expect(stats.completions.p99 == 301)
    }

    @Test func measuresInCharacters() throws {
        let scratch = try Scratch()
        let text = pairs([("漢字", "a"), ("b", "😀😀"), ("", "ccc")]) + "broken\n"
        let stats = try DatasetStats(of: Dataset(opening: try scratch.file("d.jsonl", text)))
        #expect(stats.records == 3)
        #expect(stats.broken == 1)
        #expect((stats.prompts.min, stats.prompts.median, stats.prompts.max, stats.prompts.total) == (0, 1, 2, 3))
        #expect((stats.completions.median, stats.completions.p90, stats.completions.p99) == (2, 3, 3))
    }
}

import Foundation
import Testing
import TuneModel
import TuneStore

struct AnswerLogTests {
    private let summary = AnswerSummary(finish: .length, promptTokens: 3, completionTokens: 9, tokensPerSecond: 77)

    private var request: AnswerRequest {
        var sampling = Sampling(temperature: 0.2, topK: 40, seed: .max)
        sampling.logitBias = [7: -3]
        return AnswerRequest(
            model: "m",
            input: .chat([Message(role: "system", content: "short"), Message(role: "user", content: "问？")]),
            maxTokens: 12, sampling: sampling, stop: ["\n", "。"], form: .schema("{}"), alternatives: 5)
    }

    @Test func whatWasAskedComesBackWhole() async throws {
        let test = try TestWorkspace()
        let log = AnswerLog(test.workspace)
        let kept = try await log.append(
            model: "m", prompt: "问？", answer: "👩‍👩‍👧 答", summary: summary, request: request)
        let found = try #require(try await log.list(limit: 5).first)
        #expect(found.id == kept.id)
        #expect(found.request == request)
        #expect(found.summary == summary)
        #expect(found.answer == "👩‍👩‍👧 答")
    }

    @Test func everyWordHasToBeThereAndSignsMeanThemselves() async throws {
        let test = try TestWorkspace()
        let log = AnswerLog(test.workspace)
        for (prompt, answer) in [("What is a Kludge?", "a hack"), ("100 %?", "all_of it"), ("other", "a\\b")] {
            try await log.append(model: "base", prompt: prompt, answer: answer, summary: nil)
        }
        func found(_ words: String...) async throws -> [String] {
            try await log.list(limit: 9, words: words).map(\.prompt)
        }
        #expect(try await found() == ["other", "100 %?", "What is a Kludge?"])
        #expect(try await found("kludge", "HACK") == ["What is a Kludge?"])
        #expect(try await found("kludge", "all") == [])
        #expect(try await found("%") == ["100 %?"])
        #expect(try await found("_") == ["100 %?"])
        #expect(try await found("a\\b") == ["other"])
        #expect(try await found("BASE").count == 3)
    }

    @Test func aDeletedAnswerIsGone() async throws {
        let test = try TestWorkspace()
        let log = AnswerLog(test.workspace)
        let first = try await log.append(model: "m", prompt: "a", answer: "1", summary: nil)
        try await log.append(model: "m", prompt: "b", answer: "2", summary: nil)
        try await log.delete(first.id)
        try await log.delete(first.id)
        #expect(try await log.list(limit: 9).map(\.prompt) == ["b"])
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Requests to one engine: at once, with adapters, cancelled, of a model that changes on disk.
struct AnswerEngineTests: Sendable {
    private let folder: TemporaryFolder
    private let model: String

    init() throws {
        folder = try TemporaryFolder()
        model = folder.path + "/model.gguf"
        try FileManager.default.copyItem(atPath: Fixture.path("tiny_tied.gguf"), toPath: model)
    }

    private func engine(_ settle: (inout AnswerEngine.Options) -> Void = { _ in }) throws -> AnswerEngine {
        var options = AnswerEngine.Options(threads: 2)
        settle(&options)
        return try AnswerEngine(modelPath: model, options: options)
    }

    /// An adapter with effect, in a folder of its own.
    private func adapterFolder(_ seed: UInt64, rank: Int) throws -> String {
        let config = try TinyLlama("tiny_tied").weights.config
        let layout = AdapterLayout(config: config, rank: rank, alpha: 16, targets: LoRATarget.allCases)
        let adapter = Adapter(layout)
        let numbers = Numbers(seed: seed)
        for i in 0..<adapter.values.count { adapter.values.base[i] = numbers.next() * 0.2 }
        let path = "\(folder.path)/adapter-\(seed)"
        try AdapterFile.write(adapter, baseModel: "tiny", to: path)
        return path
    }

    private struct Answer: Equatable {
        var text = ""
        var summary: AnswerSummary?

        /// Without what depends on the clock and on what was asked before.
        static func == (a: Answer, b: Answer) -> Bool {
            a.text == b.text && a.summary?.completionTokens == b.summary?.completionTokens
                && a.summary?.finish == b.summary?.finish && a.summary?.promptTokens == b.summary?.promptTokens
        }
    }

    private func ask(_ engine: AnswerEngine, _ request: AnswerRequest, _ adapter: String? = nil) async throws -> Answer
    {
        var answer = Answer()
        for try await part in engine.answer(request, adapterFolder: adapter) {
            switch part {
            case .text(let text, _): answer.text += text
            case .finished(let summary): answer.summary = summary
            }
        }
        return answer
    }

    private func request(_ prompt: String, tokens: Int = 24, seed: UInt64 = 1) -> AnswerRequest {
        AnswerRequest(
            model: "", input: .prompt(prompt), maxTokens: tokens, sampling: Sampling(temperature: 0.9, seed: seed))
    }

    /// Prompts of many lengths, some with the same beginning, each with its own seed and one of three adapters or none.
    private func mixture() throws -> [(AnswerRequest, String?)] {
        let adapters = [
            nil, try adapterFolder(1, rank: 4), try adapterFolder(2, rank: 8), try adapterFolder(3, rank: 2),
        ]
        var source = SplitMix64(seed: 4)
        return (0..<32).map { index in
            let length = 1 + source.below(90)
            let words = index % 3 == 0 ? "The quick brown fox jumps over the lazy dog. " : "What is \(index)? "
            let prompt = String(String(repeating: words, count: 10).prefix(length))
            return (
                request(prompt, tokens: 1 + source.below(40), seed: UInt64(index)),
                adapters[source.below(adapters.count)]
            )
        }
    }

    @Test func manyAtOnceAnswerAsEachDoesAlone() async throws {
        let requests = try mixture()
        let alone = try engine { ($0.answers, $0.prefixBytes) = (1, 0) }
        var expected: [Answer] = []
        for (request, adapter) in requests { expected.append(try await ask(alone, request, adapter)) }
        #expect(Set(expected.map(\.text)).count > 20)
        for answers in [32, 5] {
            let engine = try engine { $0.answers = answers }
            let found = try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
                for (index, (request, adapter)) in requests.enumerated() {
                    group.addTask { (index, try await ask(engine, request, adapter)) }
                }
                var found = [Answer](repeating: Answer(), count: requests.count)
                for try await (index, answer) in group { found[index] = answer }
                return found
            }
            for index in requests.indices { #expect(found[index] == expected[index], "request \(index)") }
        }
    }

    @Test func whatWasReadBeforeIsNotReadAgain() async throws {
        let prompt = String(repeating: "The quick brown fox. ", count: 8)
        let plain = try engine { $0.prefixBytes = 0 }
        let engine = try engine()
        let first = try await ask(engine, request(prompt))
        #expect(first.summary?.cachedTokens == 0)
        let again = try await ask(engine, request(prompt))
        let promptTokens = try #require(again.summary?.promptTokens)
        #expect(again.summary?.cachedTokens == promptTokens - 1)
        #expect(again == first)
        // The next turn has the answer in it, too.
        let turn = prompt + first.text + " And then?"
        let next = try await ask(engine, request(turn, seed: 5))
        #expect(try #require(next.summary?.cachedTokens) >= promptTokens)
        #expect(next == (try await ask(plain, request(turn, seed: 5))))
        // Another adapter has read nothing.
        let other = try await ask(engine, request(prompt), try adapterFolder(1, rank: 4))
        #expect(other.summary?.cachedTokens == 0)
    }

    @Test func samplesOfOnePromptReadItOnce() async throws {
        let prompt = String(repeating: "The quick brown fox. ", count: 8)
        let engine = try engine()
        let count = try engine.tokens(of: .prompt(prompt)).count
        let cached = try await withThrowingTaskGroup(of: Int.self) { group in
            for seed in 0..<6 {
                group.addTask { try await ask(engine, request(prompt, seed: UInt64(seed))).summary?.cachedTokens ?? -1 }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(cached.sorted() == [0] + Array(repeating: count - 1, count: 5))
    }

    @Test func whoeverLeavesFreesItsPlaceAndItsMemory() async throws {
        let engine = try engine { ($0.answers, $0.prefixBytes) = (2, 0) }
        // The first answer lays everything out.
        _ = try await ask(engine, request("a"))
        let before = Memory.inUse
        // Two that would write for long hold both places until they are left.
        for _ in 0..<2 {
            var parts = 0
            for try await _ in engine.answer(request("The quick", tokens: 100_000)) {
                parts += 1
                if parts == 3 { break }
            }
            #expect(parts == 3)
        }
        // A task that is cancelled leaves, too.
        let task = Task { try await ask(engine, request("The quick", tokens: 100_000)) }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        _ = try? await task.value
        let after = try await ask(engine, request("b"))
        #expect(after.summary != nil)
        // The scheduler lets go of them at its next step, and of the last one with its end.
        var tries = 0
        while Memory.inUse > before, tries < 200 {
            try await Task.sleep(for: .milliseconds(10))
            tries += 1
        }
        #expect(Memory.inUse <= before)
    }

    @Test func aPromptThatDoesNotFitIsToldByHowMuch() async throws {
        let engine = try engine()
        let tokens = [Int32](repeating: 5, count: engine.contextLength + 7)
        await #expect(throws: AnswerFault.promptTooLong(tokens: tokens.count, limit: engine.contextLength)) {
            try await ask(engine, AnswerRequest(model: "", input: .tokens(tokens)))
        }
    }

    @Test func anAdapterThatIsNotThereFailsItsOwnRequestOnly() async throws {
        let engine = try engine()
        async let sound = ask(engine, request("a"))
        await #expect(throws: TrainerError.self) { try await ask(engine, request("a"), folder.path + "/none") }
        #expect(try await sound.summary != nil)
    }

    @Test func aModelThatChangedOnDiskIsToldAndNeverFollowed() async throws {
        let engine = try engine()
        let first = try await ask(engine, request("The quick"))
        #expect(engine.isCurrent)
        // Cut short under the mapping: whoever touched it would be killed.
        #expect(truncate(model, 64) == 0)
        #expect(!engine.isCurrent)
        await #expect(throws: TrainerError.modelFileChanged(path: model)) {
            try await ask(engine, request("The quick"))
        }
        #expect(throws: TrainerError.modelFileChanged(path: model)) {
            try engine.evaluate([.completion(prompt: "a", completion: "b")])
        }
        #expect(first.summary != nil)
    }

    /// Between the check and the reading of the weights: they are read, not touched in the mapping.
    @Test func aFileThatIsCutShortWhileItIsLaidOutIsATypedError() throws {
        let base = try PretrainedModel(path: model)
        let weights = try LlamaWeights(base)
        #expect(truncate(model, 8_192) == 0)
        #expect(throws: TrainerError.modelFileChanged(path: model)) { try LlamaStrips(weights, on: Team(size: 2)) }
    }

    /// What is at work goes on from its copy when the file goes.
    @Test func anAnswerOutlivesItsFile() async throws {
        let expected = try await ask(engine(), request("The quick", tokens: 60))
        let engine = try engine()
        var answer = Answer()
        for try await part in engine.answer(request("The quick", tokens: 60)) {
            switch part {
            case .text(let text, _):
                if answer.text.isEmpty { try Data().write(to: URL(filePath: model)) }
                answer.text += text
            case .finished(let summary): answer.summary = summary
            }
        }
        #expect(answer == expected)
    }

    @Test func theProbabilitiesOfAPromptAreTheSameWhateverWasReadBefore() async throws {
        var request = request("The quick brown fox jumps over the lazy dog.", tokens: 4)
        (request.alternatives, request.echoesPrompt) = (3, true)
        func tokens(_ engine: AnswerEngine) async throws -> [ChosenToken] {
            var all: [ChosenToken] = []
            for try await case .text(_, let tokens) in engine.answer(request) { all += tokens }
            return all
        }
        let engine = try engine()
        let first = try await tokens(engine)
        #expect(first.count >= (try engine.tokens(of: request.input)).count)
        #expect(try await tokens(engine) == first)
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Direct preference optimization against PyTorch.
struct PreferenceTests {
    private func objective(_ variants: Variants, _ adapter: Adapter, keptRows: Int = 128) -> PreferenceObjective {
        PreferenceObjective(beta: variants.facts.dpo.beta, pass: variants.pass(adapter, keptRows: keptRows), start: nil)
    }

    @Test(arguments: [128, 1]) func lossAndGradientsAreTheReferences(_ keptRows: Int) throws {
        let variants = try Variants()
        let adapter = try variants.adapter()
        let gradient = Adapter(adapter.layout)
        let outcome = objective(variants, adapter, keptRows: keptRows).outcome(
            of: variants.pairs, scale: 0.5, addingGradientTo: gradient, chance: nil)
        #expect(abs(outcome.loss - variants.facts.dpo.loss) < 1e-3)
        #expect(outcome.examples.map(\.row) == [0, 1])
        #expect(outcome.examples.map(\.isRight) == variants.facts.dpo.margins.map { $0 > 0 })
        #expect(abs(outcome.examples.reduce(0) { $0 + $1.loss } / 2 - outcome.loss) < 1e-9)
        #expect(outcome.tokens == variants.pairs.reduce(0) { $0 + $1.size })
        #expect(outcome.completionTokens == variants.facts.dpo.pairs.reduce(0) { $0 + $1.preferred.count })
        #expect(try variants.worstError(of: gradient, "dpo") < 1e-3)
        let measured = objective(variants, adapter).outcome(of: variants.pairs)
        #expect(abs(measured.loss - variants.facts.dpo.loss) < 1e-3)
    }

    @Test func tenLossesAreTheReferencesWithinOnePercent() throws {
        let variants = try Variants()
        let adapter = try variants.adapter()
        let pass = variants.pass(adapter)
        let step = TrainingStep(
            pass.model, adapter: adapter, pass: pass, promptLossWeight: 0, gradientClip: .infinity,
            preference: PreferenceObjective(beta: variants.facts.dpo.beta, pass: pass, start: nil))
        for expected in variants.facts.dpo.losses {
            let found = step.update(with: variants.pairs, rate: variants.facts.dpo.rate).batch.loss
            #expect(abs(found / expected - 1) < 0.01, "\(found), the reference \(expected)")
        }
    }

    @Test func whereItStartsTheLossIsLnTwo() throws {
        let variants = try Variants()
        let adapter = try variants.adapter()
        let objective = PreferenceObjective(beta: 0.5, pass: variants.pass(adapter), start: adapter.copy())
        let start = objective.outcome(of: variants.pairs)
        #expect(abs(start.loss - log(2)) < 1e-5)
        // The reference stays where it was when the adapter moves.
        for i in 0..<adapter.values.count { adapter.values.base[i] *= 0.5 }
        #expect(abs(objective.outcome(of: variants.pairs).loss - start.loss) > 1e-2)
    }

    @Test func theReferenceOfAPairDoesNotDependOnTheOthers() throws {
        let variants = try Variants()
        let adapter = try variants.adapter()
        let together = objective(variants, adapter).outcome(of: variants.pairs)
        let other = objective(variants, adapter)
        let apart = variants.pairs.reversed().reduce(into: BatchOutcome()) { $0 += other.outcome(of: [$1]) }
        #expect(abs(together.loss - apart.loss) < 1e-5)
    }

    @Test func bothAnswersFollowTheSamePromptAndOnlyTheyAreLearned() throws {
        let encoder = try ExampleEncoder(PretrainedModel(path: Fixture.path("tiny_tied.gguf")), contextLength: 512)
        let example = try encoder.encode(Self.record(3), row: 5, for: .dpo(beta: 0.1))
        let rejected = try #require(example.rejected)
        let start = try #require(example.isCompletion.firstIndex(of: true))
        #expect(rejected.isCompletion.firstIndex(of: true) == start)
        #expect(example.tokens[..<start] == rejected.tokens[..<start])
        func learned(_ tokens: [Int32], _ isCompletion: [Bool]) -> String {
            let bytes = zip(tokens, isCompletion).filter(\.1).flatMap { encoder.tokenizer.bytes(of: $0.0) }
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(learned(example.tokens, example.isCompletion) == " The fox number 3.<|im_end|>")
        #expect(learned(rejected.tokens, rejected.isCompletion) == " A dog, lazy.<|im_end|>")
        #expect(example.row == 5 && example.cutTokens == 0)
    }

    @Test func aLongPromptIsCutAlikeForBoth() throws {
        let encoder = try ExampleEncoder(PretrainedModel(path: Fixture.path("tiny_tied.gguf")), contextLength: 60)
        let example = try encoder.encode(Self.record(3), row: 0, for: .dpo(beta: 0.1))
        let rejected = try #require(example.rejected)
        #expect(max(example.tokens.count, rejected.tokens.count) == 60)
        #expect(example.cutTokens > 0)
        #expect(example.isCompletion.firstIndex(of: true) == rejected.isCompletion.firstIndex(of: true))
    }

    @Test func recordsAndMethodMustGoTogether() throws {
        let encoder = try ExampleEncoder(PretrainedModel(path: Fixture.path("tiny_tied.gguf")), contextLength: 128)
        #expect(throws: TrainerError.preferenceRecord(row: 1)) { try encoder.encode(Self.record(0), row: 1) }
        let others: [Record] = [
            .completion(prompt: "a", completion: "b"), .chat([Message(role: "assistant", content: "b")]),
        ]
        for other in others {
            #expect(throws: TrainerError.notAPreference(row: 2)) {
                try encoder.encode(other, row: 2, for: .dpo(beta: 0.1))
            }
        }
    }

    /// The question, an answer about a fox, and a worse one about a dog.
    static func record(_ number: Int) -> Record {
        .preference(
            input: [
                Message(role: "user", content: "What is a fox?"), Message(role: "assistant", content: "An animal."),
                Message(role: "user", content: "What is \(number)?"),
            ],
            preferred: [Message(role: "assistant", content: " The fox number \(number).")],
            rejected: [Message(role: "assistant", content: " A dog, lazy.")])
    }
}

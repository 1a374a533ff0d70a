import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// The real base model against transformers and PEFT; serialized, since each takes all cores.
@Suite(.serialized) struct BaseModelTests {
    private struct Expected: Decodable {
        struct Evaluation: Decodable {
            let name: String
            let examples: Int
            let tokens: Int
            let loss: Double
            let tokenAccuracy: Double

            private enum CodingKeys: String, CodingKey {
                case name, examples, tokens, loss
                case tokenAccuracy = "token_accuracy"
            }
        }
        struct Greedy: Decodable {
            let prompt: String
            let text: String
        }
        let evaluations: [Evaluation]
        let greedy: [Greedy]
    }

    private struct PEFTLosses: Decodable {
        struct Step: Decodable {
            let loss: Double
        }
        let steps: [Step]
    }

    @Test func evaluationIsTheReferencesWithinATenthOfAPercent() throws {
        let engine = try AnswerEngine(modelPath: TestModel.path, adapterFolder: nil, threads: 2)
        for expected in try Fixture.json("base_model.json", as: Expected.self).evaluations {
            let found = try engine.evaluate(Samples.records(expected.name, limit: expected.examples))
            #expect(abs(found.loss / expected.loss - 1) < 1e-3)
            #expect(found.tokens == expected.tokens)
            #expect(abs(found.tokenAccuracy - expected.tokenAccuracy) < 1e-3)
        }
    }

    @Test func greedyAnswersInFloatsAreTheReferences() async throws {
        var options = AnswerEngine.Options(threads: 2)
        options.arithmetic = .float32
        let engine = try AnswerEngine(modelPath: TestModel.path, options: options)
        for expected in try Fixture.json("base_model.json", as: Expected.self).greedy {
            var text = ""
            let request = AnswerRequest(
                model: "", input: .prompt(expected.prompt), maxTokens: 32, sampling: Sampling(temperature: 0))
            for try await case .text(let part, _) in engine.answer(request) { text += part }
            #expect(text == expected.text.replacing("<|im_end|>", with: ""))
        }
    }

    /// In bytes only where the CPU has what makes their sums exact.
    private static let arithmetics = Set([TrainingArithmetic.float32, .fastest]).sorted { $0.rawValue < $1.rawValue }

    @Test(arguments: arithmetics)
    func theFirstTenLossesArePEFTsWithinOnePercent(_ arithmetic: TrainingArithmetic) throws {
        let expected = try Fixture.json("peft_losses.json", as: PEFTLosses.self).steps.map(\.loss)
        let found = try losses(arithmetic, batchSize: 8, steps: 10, rate: 2e-4)
        #expect(expected.count == 10)
        for (index, (found, expected)) in zip(found, expected).enumerated() {
            #expect(abs(found / expected - 1) < 0.01, "step \(index + 1): \(found), PEFT \(expected)")
        }
    }

    /// Three passes over forty records at the usual rate.
    @Test(.enabled(if: LlamaBytes.isWorthwhile && TestModel.isTortured)) func sixtyStepsInBytesEndWhereThoseInFloatsDo()
        throws
    {
        let floats = try losses(.float32, batchSize: 2, steps: 60, rate: 2e-4, records: 40)
        let bytes = try losses(.int8, batchSize: 2, steps: 60, rate: 2e-4, records: 40)
        func mean(_ losses: ArraySlice<Double>) -> Double { losses.reduce(0, +) / Double(losses.count) }
        #expect(mean(floats.suffix(20)) < 0.97 * mean(floats.prefix(20)))
        for first in stride(from: 0, to: 60, by: 20) {
            let (exact, cut) = (mean(floats[first..<first + 20]), mean(bytes[first..<first + 20]))
            #expect(abs(cut / exact - 1) < 0.01, "steps from \(first + 1): \(cut), in floats \(exact)")
        }
    }

    /// The losses of a training of rank 8 on the Jargon File in its order, again from the start when it is through.
    private func losses(
        _ arithmetic: TrainingArithmetic, batchSize: Int, steps: Int, rate: Double, records: Int? = nil
    ) throws -> [Double] {
        let base = try PretrainedModel(path: TestModel.path)
        let weights = try LlamaWeights(base)
        let encoder = try ExampleEncoder(base, contextLength: weights.config.contextLength)
        let chosen = try Samples.records("jargon", limit: records ?? batchSize * steps)
        let examples = try chosen.enumerated().map { row, record in
            guard case .completion(let prompt, let completion) = record else { preconditionFailure() }
            let prepared = Record.completion(
                prompt: prompt.trimmingCharacters(in: .whitespacesAndNewlines) + " ->",
                completion: " " + completion.trimmingCharacters(in: .whitespacesAndNewlines) + "\n")
            let example = try encoder.encode(prepared, row: row)
            // The script cuts at the end, where the trainer would cut the prompt.
            return Example(
                row: row, tokens: example.tokens.prefix(512), isCompletion: example.isCompletion.prefix(512))
        }
        let layout = AdapterLayout(config: weights.config, rank: 8, alpha: 16, targets: LoRATarget.allCases)
        let adapter = Adapter(layout, seed: 42)
        let team = Team(size: 2)
        let bytes = LlamaBytes(weights, for: arithmetic, examples: examples, on: team)
        let model = Llama(weights, adapter: adapter, capacity: 768, team: team, bytes: bytes)
        let step = TrainingStep(
            model, adapter: adapter, pass: BatchPass(model, keptRows: 768, longest: 512), promptLossWeight: 0,
            gradientClip: .infinity)
        return (0..<steps).map { index in
            let batch = (0..<batchSize).map { examples[(index * batchSize + $0) % examples.count] }
            return step.update(with: batch, rate: rate).batch.loss
        }
    }
}

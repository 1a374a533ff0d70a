import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

@Suite(.serialized) struct SampleAnswersTests {
    private let prompts = ["What is 3?", "What is 5? ->"]

    @Test func promptsAreAnsweredBeforeTheFirstStepAndAtEachValidation() throws {
        let tiny = TinyRun()
        let plan = tiny.plan(validation: TinyRun.contradictions) {
            ($0.samplePrompts, $0.evalInterval) = (prompts, 3)
        }
        let story = try tiny.run(plan)
        #expect(story.samples.map(\.step) == [0, 0, 3, 3, 6, 6, 8, 8])
        #expect(story.samples.map(\.prompt) == (0..<4).flatMap { _ in prompts })
    }

    @Test func askingLeavesTheResultAsItWasToTheBit() throws {
        let (asked, silent) = (TinyRun(), TinyRun())
        let first = try asked.run(asked.plan { ($0.samplePrompts, $0.evalInterval) = (prompts, 1) })
        let second = try silent.run(silent.plan())
        #expect(first.samples.count == 18)
        #expect(first.steps.map(\.trainingLoss) == second.steps.map(\.trainingLoss))
        #expect(try asked.adapter() == silent.adapter())
    }

    @Test func whatWasLearnedIsAnsweredUpToTheEnding() throws {
        let tiny = TinyRun()
        let story = try tiny.run(
            tiny.plan(records: 8) {
                ($0.epochs, $0.batchSize, $0.learningRate, $0.loraRank) = (150, 8, 2e-2, 8)
                $0.samplePrompts = prompts
            })
        #expect(story.steps.last?.trainingSequenceAccuracy == 1)
        // The first prompt gets the separator that all training prompts have.
        #expect(story.samples.suffix(2).map(\.answer) == [" The fox number 21.", " The fox number 35."])
    }

    @Test func anAnswerIsTheEnginesAndOfBoundedLength() async throws {
        let tiny = TinyRun()
        var plan = tiny.plan { ($0.samplePrompts, $0.maxSteps) = (["Tell me"], 1) }
        // Nothing in common, so that nothing ends an answer but the model itself.
        plan.training = [
            .completion(prompt: "a", completion: "One"), .completion(prompt: "b", completion: "Two"),
        ]
        let story = try tiny.run(plan)
        var options = AnswerEngine.Options(threads: 2)
        options.arithmetic = .float32
        let engine = try AnswerEngine(
            modelPath: plan.modelPath, adapterFolder: tiny.folder + "/adapter", options: options)
        var text = ""
        let request = AnswerRequest(
            model: "", input: .prompt("Tell me"), maxTokens: SampleAnswers.limit,
            sampling: Sampling(temperature: 0))
        for try await case .text(let part, _) in engine.answer(request) { text += part }
        #expect(story.samples.last?.answer == text && !text.isEmpty)
    }

    @Test func anEmptyQuestionIsATypedError() throws {
        let tiny = TinyRun()
        var plan = tiny.plan { $0.samplePrompts = [""] }
        plan.training = [.completion(prompt: "a", completion: "One"), .completion(prompt: "b", completion: "Two")]
        #expect(throws: TrainerError.emptyPrompt) { try tiny.run(plan) }
    }
}

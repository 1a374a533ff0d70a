import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

struct ExportCardTests {
    private let parity = ExportParity(
        prompts: 2, tokens: 32, equalTokens: 31, worstDifference: 0.25, divergence: 0.0012, type: .q80)

    private func card(_ format: ExportFormat, _ change: (inout ModelStory) -> Void = { _ in }) -> String {
        var story = ModelStory(name: "ft:smollm2-135m:personal:jargon:2026-11-22-14-03-20", base: "smollm2-135m")
        change(&story)
        return ExportCard(story: story, format: format, type: .q80, parity: parity, license: "apache-2.0").text
    }

    @Test func tellsBaseDataSettingsAndResults() {
        let text = card(.gguf) { story in
            story.baseSHA256 = "b1"
            story.job = "ftjob-x"
            story.training = ModelStory.DataFile(name: "jargon.jsonl", sha256: "d4")
            story.createdAt = Date(timeIntervalSince1970: 0)
            story.trainedTokens = 12_345
            story.hyperparameters = Hyperparameters(HyperparameterRequest(), examples: 100)
            story.metrics = StepMetrics(
                step: 8, totalSteps: 10, epoch: 1, elapsedTokens: 1, elapsedExamples: 1, trainingLoss: 2.5,
                trainingTokenAccuracy: 0.5, trainingSequenceAccuracy: 0.25,
                validation: Evaluation(loss: 2.75, tokenAccuracy: 0.5, sequenceAccuracy: 0, tokens: 9, examples: 2),
                learningRate: 1e-4, gradientNorm: 1, tokensPerSecond: 1, secondsLeft: 0, peakMemoryMB: 1)
            story.separator = " ->"
            story.ending = "\n"
        }
        for part in [
            "# smollm2-135m-jargon", "base_model: \"smollm2-135m\"", "license: \"apache-2.0\"", "`b1`",
            "`jargon.jsonl`", "`d4`", "`ftjob-x`", "1970-01-01", "12,345", "2.5000", "2.7500", "8 of 10",
            "| LoRA rank | 8 |", "| seed | 42 |", "Q8_0", "greedy tokens equal 31/32", "End every prompt with ` ->`",
            "over at `\\n`", "smollm2-135m-jargon-q8_0.gguf",
        ] { #expect(text.contains(part), "\(part)") }
    }

    @Test func whatIsNotKnownStaysOut() {
        let text = card(.peft)
        for part in ["Hyperparameters", "Results", "SHA-256", "nil", "Optional"] { #expect(!text.contains(part)) }
        #expect(text.contains("PeftModel.from_pretrained"))
    }

    /// A dataset's name is somebody else's text.
    @Test func aNameCannotBreakOutOfItsCell() {
        let text = card(.gguf) { $0.training = ModelStory.DataFile(name: "a|b\n# c", sha256: nil) }
        #expect(text.contains("`a\\|b # c`"))
        #expect(!text.contains("\n# c"))
    }

    @Test(arguments: [
        ("ft:smollm2-135m:personal:jargon:2026-11-22-14-03-20", "smollm2-135m-jargon"),
        ("ft:base:personal::2026-11-22-14-03-20", "base"), ("My Model.Q4", "my-model-q4"),
    ])
    func filesAreNamedAfterTheModel(_ name: String, _ file: String) {
        #expect(ModelStory(name: name, base: name.hasPrefix("ft:smol") ? "smollm2-135m" : "base").fileName == file)
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneClient

@Suite struct ResultsReadingTests {
    private func steps(_ text: String) -> [StepMetrics] { ResultsReading.steps(Array(text.utf8)) }

    private static let modern = """
        step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy
        1,1.5,0.5,,
        2,1.25,0.625,1.75,0.5

        """

    @Test func newAndOldColumnsMeanTheSame() {
        let old = """
            step,elapsed_tokens,elapsed_examples,training_loss,training_sequence_accuracy,training_token_accuracy,validation_loss,validation_sequence_accuracy,validation_token_accuracy
            1,100,4,1.5,0.25,0.5,-1,-1,-1
            2,200,8,1.25,0.5,0.625,1.75,0.25,0.5
            """
        let (new, legacy) = (steps(Self.modern), steps(old))
        #expect(new.map(\.trainingLoss) == [1.5, 1.25] && legacy.map(\.trainingLoss) == [1.5, 1.25])
        #expect(new.map(\.trainingTokenAccuracy) == legacy.map(\.trainingTokenAccuracy))
        #expect(new.map(\.validationLoss) == [nil, 1.75] && legacy.map(\.validationLoss) == [nil, 1.75])
        #expect(
            new.map(\.validationTokenAccuracy) == [nil, 0.5] && legacy.map(\.validationTokenAccuracy) == [nil, 0.5])
        #expect(legacy.map(\.elapsedTokens) == [100, 200] && legacy.map(\.elapsedExamples) == [4, 8])
        #expect(legacy.map(\.trainingSequenceAccuracy) == [0.25, 0.5])
        #expect(new.map(\.totalSteps) == [2, 2])
    }

    @Test func whatIsWrappedInBase64IsUnwrapped() {
        let wrapped = Data(Self.modern.utf8).base64EncodedString(options: .lineLength64Characters)
        #expect(steps(wrapped) == steps(Self.modern))
    }

    @Test func lineEndsQuotesAndMarksAreNoMatter() {
        let other = "\u{FEFF}" + Self.modern.replacing("\n", with: "\r\n").replacing("step", with: "\"step\"")
        #expect(steps(other) == steps(Self.modern))
    }

    @Test func whatTheTrainingFileOfThisProgramHasIsReadBack() {
        let own = [
            StepMetrics(
                step: 1, totalSteps: 1, elapsedTokens: 5, elapsedExamples: 1, trainingLoss: 0.5,
                trainingTokenAccuracy: 1,
                trainingSequenceAccuracy: 0)
        ]
        #expect(steps(Results.csv(own, withValidation: true)) == own)
    }

    @Test func stepsComeOnceAndInOrder() {
        let found = steps("step,train_loss\n3,0.1\n1,0.3\n3,0.2\nx,1\n2,\n")
        #expect(found.map(\.step) == [1, 3])
        #expect(found.map(\.trainingLoss) == [0.3, 0.2])
    }

    @Test(arguments: ["", "\n", "hello", "a,b\n1,2", "{\"a\":1}", "AAAA"])
    func whatIsNoTableHasNoSteps(_ text: String) { #expect(steps(text).isEmpty) }
}

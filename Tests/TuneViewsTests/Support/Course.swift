import Foundation
import TuneModel

/// A training run as it might go, the same every time.
enum Course {
    static func steps(_ range: ClosedRange<Int>, of total: Int = 200, validatedEach: Int = 50) -> [StepMetrics] {
        range.map { step in
            let share = Double(step) / Double(total)
            let wave = sin(Double(step) * 0.7) * 0.08
            let loss = 1.9 + 2.2 * exp(-4 * share) + wave
            let validation =
                step % validatedEach == 0
                ? Evaluation(loss: loss + 0.2, tokenAccuracy: 0.4, sequenceAccuracy: 0.02, tokens: 4000, examples: 230)
                : nil
            return StepMetrics(
                step: step, totalSteps: total, epoch: share * 0.7, elapsedTokens: step * 420, elapsedExamples: step * 8,
                trainingLoss: loss, trainingTokenAccuracy: 0.3 + 0.3 * share, trainingSequenceAccuracy: 0.05 * share,
                validation: validation, learningRate: 2e-4 * (1 - share), gradientNorm: 1.2, tokensPerSecond: 402,
                secondsLeft: Double(total - step) * 1.2, peakMemoryMB: 612)
        }
    }
}

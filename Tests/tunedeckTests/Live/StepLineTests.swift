import Testing
import TuneCanvas
import TuneModel

@testable import tunedeck

struct StepLineTests {
    private func step(_ number: Int, of total: Int, left: Double) -> StepMetrics {
        StepMetrics(
            step: number, totalSteps: total, epoch: 1, elapsedTokens: 1, elapsedExamples: 1, trainingLoss: 2.13456,
            trainingTokenAccuracy: 0.412, trainingSequenceAccuracy: 0, learningRate: 1, gradientNorm: 1,
            tokensPerSecond: 812.4, secondsLeft: left, peakMemoryMB: 1)
    }

    @Test func lineSaysWhereTheRunIs() {
        let line = StepLine(step(9, of: 40, left: 75)).text(in: .english)
        #expect(line.hasPrefix("step  9/40  loss 2.1346  tokens 41.2%"))
        #expect(line.hasSuffix("812 tok/s  ETA 1:15"))
    }

    @Test func lineFitsIntoEightyColumns() {
        for language in Language.allCases {
            let line = StepLine(step(1234, of: 9999, left: 36_000)).text(in: language)
            #expect(GlyphWidth.standard.columns(of: line) < 80, "\(line)")
        }
    }

    @Test func lastStepHasNothingLeft() {
        #expect(!StepLine(step(40, of: 40, left: 0)).text(in: .english).contains("ETA"))
    }

    @Test func hoursAreShown() {
        #expect(StepLine.clock(7389) == "2:03:09")
        #expect(StepLine.clock(-4) == "0:00")
    }
}

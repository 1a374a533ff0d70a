import Foundation
import Testing
import TuneModel

struct JobComparisonTests {
    private func job(_ letter: Character, rate: Double) -> Job {
        var job = Job(
            id: JobID("ftjob-" + String(repeating: letter, count: 24))!, status: .succeeded, model: "m",
            trainingFile: "/a.jsonl", createdAt: Date(timeIntervalSince1970: 0),
            request: HyperparameterRequest { $0.learningRate = rate })
        job.hyperparameters = Hyperparameters(job.request, examples: 100)
        job.startedAt = Date(timeIntervalSince1970: 10)
        job.finishedAt = Date(timeIntervalSince1970: 70)
        return job
    }

    private func steps(_ losses: [Double], validation: [Int: Double] = [:]) -> [StepMetrics] {
        losses.enumerated().map { index, loss in
            StepMetrics(
                step: index + 1, totalSteps: losses.count, epoch: 0, elapsedTokens: 0, elapsedExamples: 0,
                trainingLoss: loss, trainingTokenAccuracy: 0.5, trainingSequenceAccuracy: 0.1,
                validation: validation[index + 1].map {
                    Evaluation(loss: $0, tokenAccuracy: 0.6, sequenceAccuracy: 0.2, tokens: 1, examples: 1)
                }, learningRate: 0, gradientNorm: 0, tokensPerSecond: 100, secondsLeft: 0, peakMemoryMB: 0)
        }
    }

    private let now = Date(timeIntervalSince1970: 1000)

    @Test func onlyWhatDiffersIsNamed() {
        let comparison = JobComparison(
            [(job("a", rate: 1e-4), steps([2, 1])), (job("b", rate: 2e-4), steps([2, 1]))], now: now)
        #expect(comparison.names == [.learningRate])
        #expect(comparison.rows.map(\.settings) == [["1e-4"], ["2e-4"]])
        #expect(comparison.rows.map(\.seconds) == [60, 60])
    }

    @Test func theBestIsToldByValidationWhenAllHaveOne() {
        let comparison = JobComparison(
            [
                (job("a", rate: 1e-4), steps([3, 0.1, 0.1], validation: [2: 2.5, 3: 3])),
                (job("b", rate: 2e-4), steps([3, 2, 2], validation: [2: 2.4, 3: 2.6])),
            ], now: now)
        #expect(comparison.isValidated)
        #expect(comparison.rows.map(\.isBest) == [false, true])
        #expect(comparison.rows[0].figures?.bestStep == 2)
        #expect(comparison.rows[0].figures?.validationLoss == 3)
        #expect(comparison.rows[1].figures?.tokenAccuracy == 0.6)
    }

    @Test func withoutValidationTheEndOfTheCurveDecides() {
        let comparison = JobComparison(
            [
                // The lower single step of the first is noise.
                (job("a", rate: 1e-4), steps([3, 0.1] + Array(repeating: 2, count: 18))),
                (job("b", rate: 2e-4), steps(Array(repeating: 1.5, count: 20))),
                (job("c", rate: 3e-4), []),
            ], now: now)
        #expect(!comparison.isValidated)
        #expect(comparison.rows.map(\.isBest) == [false, true, false])
        #expect(comparison.rows[0].figures?.trainingLoss == 2)
        #expect(comparison.rows[0].figures?.lowestTrainingLoss == 0.1)
        #expect(comparison.rows[2].figures == nil)
    }

    @Test func aLossThatIsNoNumberIsNeverTheBest() {
        let comparison = JobComparison(
            [(job("a", rate: 1), steps([.nan])), (job("b", rate: 2), steps([9]))], now: now)
        #expect(comparison.rows.map(\.isBest) == [false, true])
    }

    @Test func alphaThatOnlyFollowsTheRankIsNotNamed() {
        var jobs = [job("a", rate: 1e-4), job("b", rate: 1e-4)]
        for (index, rank) in [4, 8].enumerated() {
            jobs[index].request.loraRank = rank
            jobs[index].hyperparameters = Hyperparameters(jobs[index].request, examples: 100)
        }
        #expect(SettingName.varied(in: jobs) == [.loraRank])
        jobs[0].request.loraAlpha = 8
        #expect(SettingName.varied(in: jobs) == [.loraRank, .loraAlpha])
    }
}

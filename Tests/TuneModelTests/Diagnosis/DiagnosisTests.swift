import Testing

@testable import TuneModel

/// What runs of known shapes are told.
struct DiagnosisTests {
    /// A run whose figures are functions of the step.
    private func run(
        steps: Int = 200, of total: Int? = nil, examples: Int = 1_000, hasEnded: Bool = true,
        request: HyperparameterRequest = HyperparameterRequest(),
        facts change: (inout TrainingFacts) -> Void = { _ in }, every interval: Int = 20,
        validation: ((Int) -> Double)? = nil, known: (Int) -> Double = { _ in 0.1 },
        knownValidation: @escaping (Int) -> Double = { _ in 0.1 }, ending: (Int) -> Double = { _ in 0.9 },
        loss: (Int) -> Double
    ) -> RunEvidence {
        var facts = TrainingFacts(examples: examples, tokens: 50 * examples, trainedTokens: 40 * examples)
        change(&facts)
        let metrics = (1...steps).map { step in
            let isValidated = step % interval == 0
            let held = isValidated ? validation?(step) : nil
            return StepMetrics(
                step: step, totalSteps: total ?? steps, epoch: 0, elapsedTokens: 0, elapsedExamples: 0,
                trainingLoss: loss(step), trainingTokenAccuracy: 0.5, trainingSequenceAccuracy: known(step),
                trainingEndingAccuracy: ending(step),
                validation: held.map {
                    Evaluation(
                        loss: $0, tokenAccuracy: 0.5, sequenceAccuracy: knownValidation(step), tokens: 1, examples: 1)
                }, learningRate: 1e-4, gradientNorm: 1, tokensPerSecond: 1, secondsLeft: 0, peakMemoryMB: 1)
        }
        return RunEvidence(metrics, Hyperparameters(request, examples: examples), facts: facts, hasEnded: hasEnded)
    }

    private func codes(_ run: RunEvidence) -> [Diagnosis.Code] { Diagnosis.all(of: run).map(\.code) }

    /// Falls from `first` to `last` in a curve that flattens, with the noise of small batches on it.
    private func fall(from first: Double, to last: Double, over steps: Int = 60) -> (Int) -> Double {
        { step in
            let noise = [0.06, -0.05, 0.02, -0.04, 0.01][step % 5]
            return last + (first - last) * max(0, 1 - Double(step) / Double(steps)) + noise
        }
    }

    @Test func aRunThatFallsAndSettlesIsHealthy() {
        let run = run(validation: { $0 < 60 ? 3 : 2.5 }, loss: fall(from: 4, to: 2.2))
        #expect(codes(run) == [.healthy])
    }

    @Test func validationThatTurnsWhileTrainingFallsIsOverfittingSinceItsBest() throws {
        let run = run(
            validation: { $0 <= 80 ? 3 - Double($0) / 100 : 2.2 + Double($0 - 80) / 400 },
            loss: { 4 - Double($0) * 0.015 })
        let first = try #require(Diagnosis.all(of: run).first)
        #expect(first.code == .overfitting && first.since == 80)
        #expect(first.evidence.english.contains("2.20 to 2.50"))
        #expect(first.advice.english.contains("step 80"))
    }

    @Test func validationThatWaversIsNoOverfitting() {
        let run = run(
            validation: { 2.5 + ($0 % 40 == 0 ? 0.005 : 0) }, loss: fall(from: 4, to: 2.2))
        #expect(!codes(run).contains(.overfitting))
    }

    @Test func oneSmallRiseIsNotYetOverfitting() {
        let run = run(
            steps: 120, of: 200, hasEnded: false, validation: { $0 == 120 ? 2.05 : 2.5 - Double($0) / 200 },
            loss: { 4 - Double($0) * 0.015 })
        #expect(!codes(run).contains(.overfitting))
    }

    @Test func aLossThatRisesMeansALearningRateTooHigh() throws {
        let run = run(
            request: HyperparameterRequest { $0.learningRate = 3e-2 }, loss: { 4 + Double($0) / 50 })
        let first = try #require(Diagnosis.all(of: run).first)
        #expect(first.code == .rateTooHigh && first.severity == .problem)
        #expect(first.advice.english.contains("3e-3"))
    }

    @Test func aLossThatDoesNotMoveMeansALearningRateTooLow() {
        #expect(codes(run(loss: { 4 + [0.01, -0.01][$0 % 2] })).contains(.rateTooLow))
        #expect(!codes(run(steps: 20, loss: { 4 + [0.01, -0.01][$0 % 2] })).contains(.rateTooLow))
    }

    @Test func answersKnownByHeartAskForHeldOutRecords() {
        #expect(codes(run(known: { $0 > 100 ? 0.95 : 0 }, loss: fall(from: 4, to: 0.1))).contains(.memorizing))
    }

    @Test func answersKnownByHeartThatHelpOthersNothingAreMemorized() throws {
        let run = run(
            validation: { _ in 3 }, known: { $0 > 100 ? 0.95 : 0 }, knownValidation: { _ in 0.1 },
            loss: fall(from: 4, to: 0.1))
        let found = try #require(Diagnosis.all(of: run).first { $0.code == .memorizing })
        #expect(found.severity == .warning)
        #expect(found.evidence.english.contains("95 %") && found.evidence.english.contains("10 %"))
    }

    @Test func pairsRankedRightAreNotMemorized() {
        let preferences = HyperparameterRequest { $0.method = .dpo(beta: 0.1) }
        #expect(
            !codes(run(request: preferences, known: { _ in 1 }, loss: fall(from: 0.7, to: 0.3))).contains(.memorizing))
    }

    @Test func fewRecordsAreToldFromTheStart() {
        let run = run(steps: 3, of: 100, examples: 8, hasEnded: false, loss: { _ in 3 })
        #expect(codes(run) == [.tooLittleData])
    }

    @Test func whatDoesNotFitIntoTheContextIsTold() throws {
        let cut = run(facts: { ($0.cutAnswers, $0.contextLength) = (3, 2_048) }, loss: fall(from: 4, to: 2))
        let found = try #require(Diagnosis.all(of: cut).first { $0.code == .cutByContext })
        #expect(found.evidence.english.contains("3 records of 1,000 are longer than the 2,048 tokens"))
        #expect(found.severity == .warning)
    }

    @Test func answersThatWouldRunOnAreTold() {
        let run = run(ending: { _ in 0.2 }, loss: fall(from: 4, to: 2))
        #expect(codes(run).contains(.endingNotLearned))
    }

    @Test func aLossThatStillFallsAtTheEndAsksForMoreSteps() {
        #expect(codes(run(loss: { 4 - Double($0) * 0.01 })).contains(.stoppedEarly))
        #expect(!codes(run(of: 400, hasEnded: false, loss: { 4 - Double($0) * 0.01 })).contains(.stoppedEarly))
    }

    @Test func nothingIsSaidBeforeThereIsEnoughToJudgeBy() {
        #expect(codes(run(steps: 3, of: 100, hasEnded: false, loss: { _ in 3 })).isEmpty)
    }

    @Test func theGravestComesFirst() {
        let run = run(examples: 20, ending: { _ in 0.1 }, loss: { 4 + Double($0) / 50 })
        let severities = Diagnosis.all(of: run).map(\.severity)
        #expect(severities.count > 2)
        #expect(severities == severities.sorted(by: >))
    }

    @Test func aRunWithLossesThatAreNoNumbersIsStillDiagnosed() {
        let run = run(loss: { $0 > 100 ? .nan : 4 - Double($0) * 0.01 })
        #expect(Diagnosis.all(of: run).allSatisfy { !$0.evidence.english.isEmpty })
    }
}

struct ShortNumberTests {
    @Test(arguments: [(2e-4, "2e-4"), (1.5e-5, "1.5e-5"), (0.001, "1e-3"), (0.02, "0.02"), (9.99e-4, "1e-3")])
    func isSpelledAsOptionsTakeIt(_ number: Double, _ text: String) {
        #expect(number.short == text)
    }

    @Test(arguments: [
        (2.5, "2.50"), (0.005, "0.01"), (-1.25, "-1.25"), (12, "12.00"), (.nan, "nan"), (1e300, "1e+300"),
    ])
    func isBrief(_ number: Double, _ text: String) {
        #expect(number.brief == text)
    }
}

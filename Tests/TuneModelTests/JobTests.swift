import Foundation
import Testing

@testable import TuneModel

struct JobTests {
    @Test func aJobHasOneNameInTwoSpellings() throws {
        let id = JobID.random()
        #expect(id.text.wholeMatch(of: /ftjob-[A-Za-z0-9]{24}/) != nil)
        #expect(JobID(id.legacyText) == id)
        #expect(id.legacyText.hasPrefix("ft-"))
    }

    @Test(arguments: [
        "", "ftjob-", "ftjob-short", "ft-abcdefghijklmnopqrstuvw!", "job-abcdefghijklmnopqrstuvwx",
        "ft-字字字字字字字字字字字字字字字字字字字字字字字字",
    ])
    func whatIsNoJobIdIsRefused(_ text: String) {
        #expect(JobID(text) == nil)
    }

    @Test func unknownStatusesAreKeptAsText() {
        #expect(JobStatus("paused") == .paused)
        #expect(JobStatus("pending") == .queued)
        #expect(JobStatus("melting").text == "melting")
        #expect(!JobStatus("melting").isFinal)
    }

    @Test func theModelsNameCarriesBaseSuffixAndTime() {
        let date = Date(timeIntervalSince1970: 1_795_356_200)
        let name = ModelCard.fineTunedName(base: "smollm2-135m", suffix: "My Jargon!", at: date)
        #expect(name == "ft:smollm2-135m:personal:my-jargon:2026-11-22-14-03-20")
    }

    @Test func aModelMadeFromAFineTunedOneIsCalledAfterItsBase() {
        let base = "ft:smollm2-135m:personal:jargon:2026-11-22-14-03-20"
        let name = ModelCard.fineTunedName(base: base, suffix: "more", at: Date(timeIntervalSince1970: 1_795_356_200))
        #expect(name == "ft:smollm2-135m:personal:more:2026-11-22-14-03-20")
    }

    @Test func resultsHaveTheHeaderOfTheProtocol() {
        let step = StepMetrics(
            step: 1, totalSteps: 2, epoch: 0.5, elapsedTokens: 10, elapsedExamples: 4, trainingLoss: 1.5,
            trainingTokenAccuracy: 0.25, trainingSequenceAccuracy: 0, learningRate: 1e-4, gradientNorm: 1,
            tokensPerSecond: 1, secondsLeft: 1, peakMemoryMB: 1)
        #expect(
            Results.csv([step], withValidation: false)
                == "step,elapsed_tokens,elapsed_examples,training_loss,training_sequence_accuracy,training_token_accuracy\n1,10,4,1.5,0.0,0.25\n"
        )
        let validated = Results.csv([step], withValidation: true).split(separator: "\n")
        #expect(validated[0].hasSuffix(",validation_loss,validation_sequence_accuracy,validation_token_accuracy"))
        #expect(validated[1] == "1,10,4,1.5,0.0,0.25,,,")
    }
}

struct HyperparametersTests {
    @Test(arguments: [(1, 4), (2_307, 5), (100_000, 200), (1_000_000, 256)])
    func theBatchIsAFifthOfAPercentWithinLimits(_ examples: Int, _ batch: Int) {
        #expect(Hyperparameters(HyperparameterRequest(), examples: examples).batchSize == batch)
    }

    @Test func whatIsAskedForIsTaken() {
        let asked = HyperparameterRequest {
            ($0.epochs, $0.batchSize, $0.maxSteps, $0.loraRank) = (2, 3, 7, 4)
            ($0.learningRate, $0.learningRateMultiplier) = (1e-3, 0.5)
        }
        let settings = Hyperparameters(asked, examples: 10)
        #expect(settings.learningRate == 5e-4)
        #expect(settings.loraAlpha == 8)
        #expect(settings.stepsPerEpoch(examples: 10) == 4)
        #expect(settings.totalSteps(examples: 10) == 7)
        #expect(settings.totalSteps(examples: 0) == 0)
    }

    @Test func accumulationMakesFewerAndLargerSteps() {
        let asked = HyperparameterRequest { ($0.epochs, $0.batchSize, $0.accumulation) = (1, 2, 3) }
        let settings = Hyperparameters(asked, examples: 13)
        #expect(settings.examplesPerStep == 6)
        #expect(settings.totalSteps(examples: 13) == 3)
    }

    @Test func aRankStabilizedAdapterIsScaledByTheRootOfItsRank() {
        let asked = HyperparameterRequest { ($0.loraRank, $0.loraAlpha, $0.isRankStabilized) = (16, 8, true) }
        #expect(Hyperparameters(asked, examples: 1).loraScale == 2)
    }

    @Test func preferencesAreLearnedByDPOUnlessAnotherMethodIsAskedFor() {
        let open = HyperparameterRequest()
        #expect(open.fitting(.preference).method == .dpo(beta: 0.1))
        #expect(open.fitting(.completion).method == .supervised)
        #expect(open.fitting(.chat).method == .supervised)
        #expect(open.fitting(nil).method == nil)
        // The rate goes with the method.
        #expect(Hyperparameters(open.fitting(.preference), examples: 10).learningRate == 5e-5)
        let asked = HyperparameterRequest { $0.method = .dpo(beta: 0.5) }
        #expect(asked.fitting(.chat).method == .dpo(beta: 0.5))
    }

    @Test func settingsOfAnEarlierVersionKeepTheirDefaults() throws {
        let old = """
            {"epochs":2,"batchSize":4,"learningRate":0.0001,"promptLossWeight":0.5,"loraRank":8,"loraAlpha":16,
            "loraTargets":["q_proj"],"seed":42,"warmupShare":0.1,"gradientClip":1}
            """
        let settings = try JSONDecoder().decode(Hyperparameters.self, from: Data(old.utf8))
        #expect(settings.method == .supervised && settings.schedule == .cosine && settings.accumulation == 1)
        #expect(settings.warmupShare == 0.1 && settings.promptLossWeight == 0.5)
    }

    @Test func settingsComeBackAsTheyWereWritten() throws {
        var settings = Hyperparameters(HyperparameterRequest(), examples: 10)
        settings.method = .dpo(beta: 0.2)
        settings.tuning = .full
        (settings.patience, settings.evalInterval, settings.samplePrompts) = (3, 5, ["什么？"])
        let text = try JSONEncoder().encode(settings)
        #expect(try JSONDecoder().decode(Hyperparameters.self, from: text) == settings)
    }
}

struct SeriesTests {
    @Test func bucketsCoverTheWholeRun() {
        #expect(Series([1, 3, 5, 7]).bucketed(to: 2) == [2, 6])
        #expect(Series([1, 3]).bucketed(to: 5) == [1, 3])
        #expect(Series((1...1_000).map(Double.init)).bucketed(to: 10).count == 10)
        #expect(Series([1]).bucketed(to: 0) == [])
    }

    @Test func aResumedRunReplacesWhatItRepeats() {
        var series = Series([1, 2, 3, 4])
        series.append(9, at: 3)
        #expect(series.points.map(\.value) == [1, 2, 9])
    }

    @Test func boundsPassOverWhatIsNotFinite() {
        #expect(Series([.nan, 2, .infinity, 1]).bounds == 1...2)
        #expect(Series([.nan]).bounds == nil)
    }
}

struct LanguageTests {
    @Test func theLocaleChoosesTheLanguage() {
        #expect(Language(environment: ["LANG": "zh_CN.UTF-8"]) == .chinese)
        #expect(Language(environment: ["LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"]) == .english)
        #expect(Language(environment: ["LC_ALL": "", "LANG": "zh_TW.UTF-8"]) == .chinese)
        #expect(Language(environment: [:]) == .english)
        #expect(Language(environment: ["TUNEDECK_LANG": "zh", "LC_ALL": "C"]) == .chinese)
    }
}

import Testing
import TuneModel

struct SettingNameTests {
    /// A value that every setting takes.
    private static let values: [SettingName: String] = [
        .epochs: "3", .batchSize: "8", .accumulation: "2", .learningRate: "1e-4", .multiplier: "0.5",
        .schedule: "linear", .warmupShare: "0.1", .weightDecay: "0.01", .gradientClip: "2", .promptLossWeight: "0.25",
        .noise: "5", .tuning: "full", .loraRank: "16", .loraAlpha: "24", .loraDropout: "0.05", .loraTargets: "q,v",
        .isRankStabilized: "true", .beta: "0.2", .maxSteps: "100", .evalInterval: "10", .patience: "3",
        .validationShare: "0.1", .memoryLimit: "900", .seed: "18446744073709551615",
    ]

    @Test(arguments: SettingName.allCases)
    func whatIsSetCanBeReadFromTheRequestAndFromTheRun(name: SettingName) throws {
        let text = try #require(Self.values[name])
        var request = HyperparameterRequest()
        #expect(name.text(in: request) == nil)
        try name.set(text, in: &request)
        #expect(name.text(in: request) == text)
        if name != .multiplier { #expect(name.text(in: Hyperparameters(request, examples: 100)) == text) }
    }

    @Test(arguments: [
        (SettingName.epochs, "0"), (.batchSize, "8.5"), (.learningRate, "fast"), (.learningRate, "nan"),
        (.learningRate, "inf"), (.weightDecay, "-1"), (.loraDropout, "1"), (.loraTargets, "q,z"), (.loraTargets, ""),
        (.schedule, "Cosine"), (.isRankStabilized, "yes"), (.validationShare, "0.6"), (.validationShare, "0"),
        (.seed, "-1"), (.warmupShare, "1.5"), (.beta, "0"),
    ])
    func whatCannotBeMeantIsRefusedWithWhatWouldBeTaken(name: SettingName, text: String) {
        var request = HyperparameterRequest()
        #expect {
            try name.set(text, in: &request)
        } throws: { error in
            guard let fault = error as? SettingFault else { return false }
            return fault.name == name && fault.text == text && !fault.wanted.english.isEmpty
        }
        #expect(request == HyperparameterRequest())
    }

    @Test(arguments: [
        (2e-4, "2e-4"), (1.5e-5, "1.5e-5"), (0.001, "0.001"), (0.03, "0.03"), (1, "1"), (2.5, "2.5"), (0, "0"),
        (1.234e7, "12340000.0"), (0.00012345, "1.2345e-4"),
    ])
    func numbersAreShortAndLoseNothing(value: Double, text: String) throws {
        var request = HyperparameterRequest()
        request.weightDecay = value
        let told = try #require(SettingName.weightDecay.text(in: request))
        #expect(Double(told) == value)
        if value < 1e6 { #expect(told == text) }
    }

    @Test func preferencesAreLearnedByDPOUnlessSaidOtherwise() {
        let open = HyperparameterRequest()
        #expect(open.fitting(.preference).method == .dpo(beta: 0.1))
        #expect(open.fitting(.completion).method == .supervised)
        let said = HyperparameterRequest { $0.method = .supervised }
        #expect(said.fitting(.preference).method == .supervised)
    }
}

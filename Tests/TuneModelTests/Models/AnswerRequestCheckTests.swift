import Testing
import TuneModel

struct AnswerRequestCheckTests {
    private func fault(_ change: (inout AnswerRequest) -> Void) -> AnswerFault? {
        var request = AnswerRequest(model: "m", input: .prompt("x"))
        change(&request)
        do {
            try request.check()
            return nil
        } catch {
            return error
        }
    }

    private static let numbers:
        [(name: String, set: @Sendable (inout Sampling, Double) -> Void, good: [Double], bad: [Double])] = [
            ("temperature", { $0.temperature = $1 }, [0, 0.7, 10], [-0.1, 10.01, .nan, .infinity]),
            ("top_p", { $0.topP = $1 }, [1e-9, 1], [0, -1, 1.01, .nan]),
            ("min_p", { $0.minP = $1 }, [0, 1], [-0.1, 1.1, .nan]),
            ("repetition_penalty", { $0.repetitionPenalty = $1 }, [0.1, 1, 10], [0, -1, 10.1, .nan]),
            ("frequency_penalty", { $0.frequencyPenalty = $1 }, [-2, 2], [-2.1, 2.1, .nan]),
            ("presence_penalty", { $0.presencePenalty = $1 }, [-2, 2], [-2.1, 2.1, .nan]),
            ("logit_bias", { $0.logitBias = [3: $1] }, [-100, 100], [-101, 101, .nan]),
        ]

    @Test func eachNumberHasItsRange() {
        for (name, set, good, bad) in Self.numbers {
            for number in good { #expect(fault { set(&$0.sampling, number) } == nil, "\(name) \(number)") }
            for number in bad { #expect(fault { set(&$0.sampling, number) }?.parameter == name, "\(name) \(number)") }
        }
        #expect(fault { $0.sampling.topK = -1 }?.parameter == "top_k")
        #expect(fault { $0.maxTokens = -1 }?.parameter == "max_tokens")
        #expect(fault { $0.maxTokens = 0 } == nil)
    }

    @Test func logProbabilitiesAreNamedAsTheEndpointNamesThem() {
        #expect(fault { $0.alternatives = 21 }?.parameter == "logprobs")
        #expect(
            fault {
                $0.alternatives = -1
                $0.input = .chat([])
            }?.parameter == "top_logprobs")
        #expect(fault { $0.alternatives = 20 } == nil)
    }

    @Test func stopsAreFewAndNotEmpty() {
        #expect(fault { $0.stop = ["a", ""] } == .emptyStop)
        #expect(
            fault { $0.stop = Array(repeating: "a", count: 65) } == .tooMany(parameter: "stop", count: 65, limit: 64))
        #expect(fault { $0.stop = [String(repeating: "a", count: 5_000)] }?.parameter == "stop")
        #expect(fault { $0.stopTokens = Set(0..<65) }?.parameter == "stop_token_ids")
    }

    @Test func aRangeIsSaidInBothLanguages() throws {
        let fault = try #require(fault { $0.sampling.topP = 2 })
        #expect(fault.explanation.what.english == "`top_p` has to be above 0 and at most 1.")
        #expect(fault.explanation.what.chinese == "`top_p` 必须大于 0 且不超过 1。")
        #expect(fault.exitStatus == .usage)
    }

    @Test(arguments: AnswerFault.samples) func hasTwoSentencesInEachLanguage(_ fault: AnswerFault) {
        for wording in [fault.explanation.what, fault.explanation.next] {
            #expect(wording.english.hasSuffix(".") && !wording.english.contains("  "))
            #expect(wording.chinese.hasSuffix("。"))
            #expect(wording.chinese.unicodeScalars.contains { $0.value > 0x4E00 })
        }
        #expect(!fault.parameter.isEmpty)
    }
}

extension AnswerFault {
    /// One of each, so that none is without words.
    fileprivate static let samples: [AnswerFault] = parameters + forms.map { .form($0) }

    private static let parameters: [AnswerFault] = [
        .outOfRange(parameter: "p", .within(0, 2.5)), .outOfRange(parameter: "p", .above(0, upTo: 1)),
        .outOfRange(parameter: "p", .atLeast(1)), .tooMany(parameter: "p", count: 9, limit: 8), .emptyStop,
        .unknownToken(parameter: "p", id: 9, count: 8), .emptyPrompt, .promptTooLong(tokens: 9, limit: 8),
        .noConversations, .conversationRefused("No system messages"),
    ]

    private static let forms: [FormFault] = [
        .schemaSyntax(byteOffset: 3), .keyword("not", at: "#"), .keywordValue("type", at: "#"),
        .reference("#/x", at: "#"), .circular(at: "#"), .overlap(0, 1, at: "#"), .impossible(at: "#"),
        .grammarSyntax(expected: Wording("`)`", "`)`"), line: 2), .undefinedRule("a", line: 1),
        .repeatedRule("a", line: 1), .noRoot, .leftRecursion("a", line: 1), .endless("a", line: 1), .tooLarge,
    ]
}

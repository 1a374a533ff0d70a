extension AnswerRequest {
    /// Most stop texts, and most bytes of one.
    public static let mostStops = 64
    public static let longestStop = 4_096

    /// Refuses what no model could do, whichever model it is. What depends on a model's vocabulary is checked by who
    /// has it.
    public func check() throws(AnswerFault) {
        try sampling.check()
        try AnswerFault.check(Double(maxTokens), "max_tokens", .atLeast(0))
        if let alternatives {
            try AnswerFault.check(Double(alternatives), alternativesName, .within(0, 20))
        }
        for (name, count) in [("stop", stop.count), ("stop_token_ids", stopTokens.count)] where count > Self.mostStops {
            throw .tooMany(parameter: name, count: count, limit: Self.mostStops)
        }
        for text in stop {
            if text.isEmpty { throw .emptyStop }
            if text.utf8.count > Self.longestStop {
                throw .tooMany(parameter: "stop", count: text.utf8.count, limit: Self.longestStop)
            }
        }
    }

    private var alternativesName: String {
        if case .chat = input { "top_logprobs" } else { "logprobs" }
    }
}

extension Sampling {
    /// Refuses numbers outside of what they mean something for.
    public func check() throws(AnswerFault) {
        try AnswerFault.check(temperature, "temperature", .within(0, 10))
        try AnswerFault.check(topP, "top_p", .above(0, upTo: 1))
        try AnswerFault.check(Double(topK), "top_k", .atLeast(0))
        try AnswerFault.check(minP, "min_p", .within(0, 1))
        try AnswerFault.check(repetitionPenalty, "repetition_penalty", .above(0, upTo: 10))
        try AnswerFault.check(frequencyPenalty, "frequency_penalty", .within(-2, 2))
        try AnswerFault.check(presencePenalty, "presence_penalty", .within(-2, 2))
        for bias in logitBias.values { try AnswerFault.check(bias, "logit_bias", .within(-100, 100)) }
    }
}

extension AnswerFault {
    /// Also refuses what is not a number.
    fileprivate static func check(_ number: Double, _ parameter: String, _ range: AllowedRange) throws(AnswerFault) {
        guard range.contains(number) else { throw .outOfRange(parameter: parameter, range) }
    }
}

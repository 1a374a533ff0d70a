import TuneModel

/// Makes parts of an answer of the pieces that a service sends, and counts as they come.
struct AnswerReading {
    private let isChat: Bool
    private var skipsLineEnds: Bool
    private var finish: String?
    private var usage = JSON.null
    private var pieces = 0
    private var tokens = 0
    private var firstAt: ContinuousClock.Instant?
    private var lastAt: ContinuousClock.Instant?
    private let startedAt = ContinuousClock.now

    init(request: AnswerRequest) {
        if case .chat = request.input { isChat = true } else { isChat = false }
        skipsLineEnds = request.skipsFirstLineEnds
    }

    /// Whether the service has said how the answer ended.
    var isFinished: Bool { finish != nil }

    /// What a piece adds.
    mutating func parts(of json: JSON) -> [AnswerPart] {
        if json["usage"].isObject { usage = json["usage"] }
        // One answer is asked for; another one's pieces would be mixed in.
        guard let choice = json["choices"].list?.first(where: { ($0["index"].integer ?? 0) == 0 }) else { return [] }
        if let word = choice["finish_reason"].filledText { finish = word }
        let content = choice["delta"].isObject ? choice["delta"] : choice["message"]
        var text = choice["text"].filledText ?? content["content"].filledText ?? content["refusal"].filledText ?? ""
        let chosen = isChat ? Self.chat(choice["logprobs"]) : Self.completion(choice["logprobs"])
        if skipsLineEnds {
            text = String(text.drop { $0.isNewline })
            if !text.isEmpty { skipsLineEnds = false }
        }
        guard !text.isEmpty || !chosen.isEmpty else { return [] }
        pieces += 1
        tokens += chosen.count
        lastAt = .now
        firstAt = firstAt ?? lastAt
        return [.text(text, chosen)]
    }

    /// How the answer ended.
    func summary(host: String) throws -> AnswerSummary {
        if finish == "content_filter" { throw ServiceFault.withheld }
        // Where nobody counts, a piece is taken for a token.
        let counted = usage["completion_tokens"].integer ?? max(tokens, pieces)
        return AnswerSummary(
            finish: finish == "length" ? .length : .stop, promptTokens: usage["prompt_tokens"].integer ?? 0,
            completionTokens: counted, tokensPerSecond: rate(counted),
            cachedTokens: usage["prompt_tokens_details"]["cached_tokens"].integer)
    }

    /// From the first piece to the last, as they arrived; of an answer in one piece, from the question on.
    private func rate(_ counted: Int) -> Double {
        guard let firstAt, let lastAt, counted > 0 else { return 0 }
        let (count, time) = pieces > 1 ? (counted - 1, lastAt - firstAt) : (counted, lastAt - startedAt)
        return time.seconds > 0 ? Double(count) / time.seconds : 0
    }

    // MARK: - Probabilities

    /// A service tells no numbers of its vocabulary.
    private static let unknownID: Int32 = -1

    private static func chat(_ json: JSON) -> [ChosenToken] {
        (json["content"].list ?? []).map { token in
            ChosenToken(chosen: chance(token), alternatives: (token["top_logprobs"].list ?? []).map(chance))
        }
    }

    private static func chance(_ json: JSON) -> ChosenToken.Chance {
        let bytes = json["bytes"].list?.compactMap { $0.integer.flatMap { UInt8(exactly: $0) } }
        return ChosenToken.Chance(
            id: unknownID, bytes: bytes ?? Array((json["token"].text ?? "").utf8),
            logProbability: json["logprob"].number)
    }

    private static func completion(_ json: JSON) -> [ChosenToken] {
        (json["tokens"].list ?? []).enumerated().map { place, token in
            ChosenToken(
                chosen: ChosenToken.Chance(
                    id: unknownID, bytes: bytes(token.text ?? ""),
                    logProbability: json["token_logprobs"][place].number),
                alternatives: json["top_logprobs"][place].members.map {
                    ChosenToken.Chance(id: unknownID, bytes: bytes($0.name), logProbability: $0.value.number)
                }.sorted { ($0.logProbability ?? -.infinity) > ($1.logProbability ?? -.infinity) })
        }
    }

    /// A token that is no character by itself is told as `bytes:\xe4\xb8`.
    private static func bytes(_ word: String) -> [UInt8] {
        guard word.hasPrefix("bytes:\\x") else { return Array(word.utf8) }
        let found = word.dropFirst("bytes:".count).split(separator: "\\x").map { UInt8($0, radix: 16) }
        return found.contains(nil) ? Array(word.utf8) : found.compactMap(\.self)
    }
}

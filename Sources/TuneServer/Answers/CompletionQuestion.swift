import TuneModel

/// What `POST /v1/completions` asks for.
struct CompletionQuestion: Sendable {
    var model: String
    /// One for each prompt.
    let requests: [AnswerRequest]
    /// Answers that are given of each prompt.
    let count: Int
    /// Answers that are written of each prompt, of which the best are given.
    let tries: Int
    let tellsTokens: Bool
    let isStreaming: Bool
    let tellsUsage: Bool

    /// - Parameter model: where the address names it.
    init(_ fields: Fields, model named: String? = nil) throws {
        if let suffix = try fields.text("suffix"), !suffix.isEmpty {
            throw fields.unsupported(
                "suffix", Wording("the models here write on, they do not fill in", "这里的模型只能续写，不能补全中间的内容"))
        }
        let model = try named ?? fields.needText("model")
        self.model = model
        count = try fields.count("n")
        tries = try fields.integer("best_of", 1...128) ?? count
        guard tries >= count else {
            throw fields.refused("best_of", Wording("at least `n`", "不小于 `n`"))
        }
        isStreaming = try fields.bool("stream") ?? false
        if isStreaming, tries > count {
            throw fields.refused(
                "best_of", Wording("left out when the answer is streamed", "在流式输出时省略"))
        }
        tellsUsage = try fields.tellsUsage(isStreaming: isStreaming)
        let top = try fields.integer("logprobs", 0...20)
        tellsTokens = top != nil
        let form = try fields.form()
        let sampling = try fields.sampling()
        let stop = try fields.stops()
        let stopTokens = try fields.stopTokens()
        let longest = try fields.integer("max_tokens", 0...Int(Int32.max)) ?? 16
        let echoes = try fields.bool("echo") ?? false
        // The best is found by its log probabilities.
        let alternatives = top ?? (tries > count ? 0 : nil)
        requests = try Self.prompts(fields).map { prompt in
            AnswerRequest(
                model: model, input: prompt, maxTokens: longest, sampling: sampling, stop: stop,
                stopTokens: stopTokens, form: form, alternatives: alternatives, echoesPrompt: echoes)
        }
        for request in requests { try request.check() }
        if requests.count * tries > 512 {
            throw fields.refused(
                "prompt", Wording("asked for at most 512 answers in one request", "每次请求最多 512 个回答"))
        }
    }

    /// A text, several, the tokens of one, or those of several.
    private static func prompts(_ fields: Fields) throws -> [AnswerRequest.Input] {
        let expected = Wording("a string, an array of strings, or arrays of tokens", "字符串、字符串数组或词元数组")
        switch fields.values["prompt"] {
        case .null: throw fields.missing("prompt")
        case .text(let text): return [.prompt(text)]
        case .list(let items):
            if items.isEmpty { throw fields.refused("prompt", expected, "empty_array") }
            if items[0].integer != nil { return [.tokens(try tokens(items, fields))] }
            return try items.map { item in
                switch item {
                case .text(let text): return .prompt(text)
                case .list(let numbers) where !numbers.isEmpty: return .tokens(try tokens(numbers, fields))
                default: throw fields.wrongType("prompt", expected, item)
                }
            }
        case let value: throw fields.wrongType("prompt", expected, value)
        }
    }

    private static func tokens(_ numbers: [JSON], _ fields: Fields) throws -> [Int32] {
        try numbers.map { number in
            guard let id = number.integer, let token = Int32(exactly: id), token >= 0 else {
                throw fields.wrongType("prompt", Wording("numbers of tokens", "词元编号"), number)
            }
            return token
        }
    }
}

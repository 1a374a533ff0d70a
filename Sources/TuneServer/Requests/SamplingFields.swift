import TuneModel

extension Fields {
    /// How tokens are chosen, with the protocol's defaults. Their ranges are checked with the whole question.
    func sampling() throws -> Sampling {
        Sampling(
            temperature: try number("temperature") ?? 1, topP: try number("top_p") ?? 1,
            topK: try integer("top_k", 0...1_000_000) ?? 0, minP: try number("min_p") ?? 0,
            repetitionPenalty: try number("repetition_penalty") ?? 1,
            frequencyPenalty: try number("frequency_penalty") ?? 0,
            presencePenalty: try number("presence_penalty") ?? 0, logitBias: try logitBias(),
            seed: try integer("seed", .min ... .max).map { UInt64(bitPattern: Int64($0)) })
    }

    /// One text, or up to four; empty ones mean nothing.
    func stops() throws -> [String] {
        switch values["stop"] {
        case .null: return []
        case .text(let text): return text.isEmpty ? [] : [text]
        case .list(let items):
            guard items.count <= 4 else { throw refused("stop", Wording("at most 4 strings", "最多 4 个字符串")) }
            return try items.enumerated().compactMap { place, item in
                guard let text = item.text else {
                    throw wrongType("stop[\(place)]", Wording("a string", "字符串"), item)
                }
                return text.isEmpty ? nil : text
            }
        case let value: throw wrongType("stop", Wording("a string or an array of strings", "字符串或字符串数组"), value)
        }
    }

    /// Numbers of tokens that end the answer.
    func stopTokens() throws -> Set<Int32> {
        guard let list = try list("stop_token_ids") else { return [] }
        return Set(
            try list.map { item in
                guard let token = item.integer.flatMap({ Int32(exactly: $0) }) else {
                    throw wrongType("stop_token_ids", Wording("an array of numbers of tokens", "词元编号数组"), item)
                }
                return token
            })
    }

    /// What the answer is held to.
    func form() throws -> AnswerForm? {
        if let grammar = try text("grammar", longest: 1 << 16) { return .grammar(grammar) }
        guard let format = try fields("response_format") else { return nil }
        switch try format.needText("type") {
        case "text": return nil
        case "json_object": return .json
        case "json_schema":
            guard let described = try format.fields("json_schema") else { throw format.missing("json_schema") }
            let schema = described.values["schema"]
            if schema.isNull { return .json }
            guard case .object = schema else {
                throw described.wrongType("schema", Wording("an object", "对象"), schema)
            }
            return .schema(schema.line)
        default:
            throw format.refused(
                "type",
                Wording(
                    "one of `text`, `json_object`, `json_schema`", "是 `text`、`json_object`、`json_schema` 之一"))
        }
    }

    /// How many answers are wanted of one prompt.
    func count(_ name: String) throws -> Int { try integer(name, 1...128) ?? 1 }

    private func logitBias() throws -> [Int32: Double] {
        guard let bias = try fields("logit_bias") else { return [:] }
        guard case .object(let object) = bias.values else { return [:] }
        var biases: [Int32: Double] = [:]
        for pair in object.pairs {
            guard let token = Int32(pair.key), token >= 0 else {
                throw bias.refused(pair.key, Wording("named by the number of a token", "以词元编号命名"))
            }
            guard let value = pair.value.number else {
                throw bias.wrongType(pair.key, Wording("a number", "数字"), pair.value)
            }
            biases[token] = value
        }
        return biases
    }
}

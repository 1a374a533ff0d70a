import TuneModel

/// What `POST /v1/chat/completions` asks for.
struct ChatQuestion: Sendable {
    var request: AnswerRequest
    let count: Int
    let isStreaming: Bool
    let tellsUsage: Bool

    init(_ fields: Fields) throws {
        for name in ["tools", "functions"] where try fields.list(name)?.isEmpty == false {
            throw fields.unsupported(
                name, Wording("the models here call no functions", "这里的模型不会调用函数"))
        }
        if let kinds = try fields.list("modalities"), kinds.contains(where: { $0.text != "text" }) {
            throw fields.unsupported("modalities", Wording("answers are text", "回答只能是文本"))
        }
        let model = try fields.needText("model")
        let tellsTokens = try fields.bool("logprobs") ?? false
        let top = try fields.integer("top_logprobs", 0...20)
        if top != nil, !tellsTokens {
            throw fields.refused(
                "top_logprobs", Wording("given together with `logprobs: true`", "与 `logprobs: true` 一起给出"))
        }
        let lengths = 1...Int(Int32.max)
        let longest =
            try fields.integer("max_completion_tokens", lengths) ?? fields.integer("max_tokens", lengths)
            ?? lengths.upperBound
        request = AnswerRequest(
            model: model, input: .chat(try Self.messages(fields)), maxTokens: longest,
            sampling: try fields.sampling(), stop: try fields.stops(),
            stopTokens: try fields.stopTokens(), form: try fields.form(),
            alternatives: tellsTokens ? top ?? 0 : nil)
        try request.check()
        count = try fields.count("n")
        isStreaming = try fields.bool("stream") ?? false
        tellsUsage = try fields.tellsUsage(isStreaming: isStreaming)
    }

    private static let roles = ["system", "developer", "user", "assistant", "tool", "function"]

    private static func messages(_ fields: Fields) throws -> [Message] {
        guard let list = try fields.list("messages") else { throw fields.missing("messages") }
        if list.isEmpty {
            throw fields.refused("messages", Wording("at least one message", "至少包含一条消息"), "empty_array")
        }
        return try list.enumerated().map { place, value in
            guard case .object = value else {
                throw fields.wrongType("messages[\(place)]", Wording("an object", "对象"), value)
            }
            let message = Fields(value, path: "messages[\(place)].")
            let role = try message.needText("role")
            guard roles.contains(role) else {
                let words = roles.map { "`\($0)`" }
                throw message.refused(
                    "role", Wording("one of \(words.joined(separator: ", "))", "是 \(words.joined(separator: "、")) 之一"))
            }
            // Chat templates were written before there was such a role; it is what was called `system`.
            return Message(role: role == "developer" ? "system" : role, content: try text(of: message, role: role))
        }
    }

    /// A text, or text parts.
    private static func text(of message: Fields, role: String) throws -> String {
        switch message.values["content"] {
        case .text(let text): return text
        case .null:
            if role == "assistant" { return "" }
            throw message.missing("content")
        case .list(let parts):
            return try parts.enumerated().map { place, part in
                let part = Fields(part, path: "\(message.path)content[\(place)].")
                let kind = try part.needText("type")
                if kind == "refusal" { return try part.needText("refusal") }
                guard kind == "text" else {
                    throw part.unsupported("type", Wording("messages are text", "消息只能是文本"))
                }
                return try part.needText("text")
            }.joined(separator: "\n")
        case let value:
            throw message.wrongType("content", Wording("a string or an array of parts", "字符串或由部分组成的数组"), value)
        }
    }
}

extension Fields {
    func tellsUsage(isStreaming: Bool) throws -> Bool {
        guard let options = try fields("stream_options") else { return false }
        guard isStreaming else {
            throw refused("stream_options", Wording("given together with `stream: true`", "与 `stream: true` 一起给出"))
        }
        return try options.bool("include_usage") ?? false
    }
}

extension AnswerRequest {
    /// So many requests for different answers to the same prompt; with a seed, each has one that follows from it.
    func repeated(_ count: Int) -> [AnswerRequest] {
        (0..<count).map { place in
            var request = self
            if let seed = sampling.seed { request.sampling.seed = seed &+ UInt64(place) }
            return request
        }
    }
}

import TuneModel

/// A question as the protocol puts it.
struct AnswerCall: Sendable {
    let request: AnswerRequest

    var isChat: Bool { if case .chat = request.input { true } else { false } }

    /// - Parameter lengthName: what the service calls the longest answer of a chat.
    func call(lengthName: String) throws -> Call {
        try request.check()
        var members: [(String, JSON)] = [("model", .text(request.model))]
        switch request.input {
        case .prompt(let text): members.append(("prompt", .text(text)))
        case .tokens(let ids): members.append(("prompt", .list(ids.map { .number("\($0)") })))
        case .chat(let messages):
            if request.echoesPrompt { throw ServiceFault.unsupported(part: "echo") }
            members.append(
                (
                    "messages",
                    .list(messages.map { .object([("role", .text($0.role)), ("content", .text($0.content))]) })
                ))
        }
        members += [
            (isChat ? lengthName : "max_tokens", JSON(request.maxTokens)),
            ("temperature", JSON(request.sampling.temperature)), ("stream", true),
            ("stream_options", .object([("include_usage", true)])),
        ]
        members += sampling + (try stops()) + probabilities + (try form())
        if request.echoesPrompt { members.append(("echo", true)) }
        var call = Call.post(isChat ? ["chat", "completions"] : ["completions"], json: .object(members))
        call.accept = "text/event-stream"
        return call
    }

    /// What leaves the probabilities as they are is not sent, since not every service knows every name. One that does not
    /// know what is sent says so.
    private var sampling: [(String, JSON)] {
        let plain = Sampling()
        let wanted = request.sampling
        func changed<Value: Equatable>(_ name: String, _ path: KeyPath<Sampling, Value>, _ json: (Value) -> JSON)
            -> (String, JSON)
        {
            (name, wanted[keyPath: path] == plain[keyPath: path] ? .null : json(wanted[keyPath: path]))
        }
        return [
            changed("top_p", \.topP) { JSON($0) }, changed("top_k", \.topK) { JSON($0) },
            changed("min_p", \.minP) { JSON($0) },
            changed("repetition_penalty", \.repetitionPenalty) { JSON($0) },
            changed("frequency_penalty", \.frequencyPenalty) { JSON($0) },
            changed("presence_penalty", \.presencePenalty) { JSON($0) },
            changed("logit_bias", \.logitBias) { bias in
                .object(bias.sorted { $0.key < $1.key }.map { ("\($0.key)", JSON($0.value)) })
            },
            changed("seed", \.seed) { seed in seed.map { .number("\(Int64(bitPattern: $0))") } ?? .null },
        ]
    }

    private func stops() throws -> [(String, JSON)] {
        // The protocol has four at most.
        if request.stop.count > 4 { throw ServiceFault.unsupported(part: "stop") }
        let ids = request.stopTokens.sorted().map { JSON.number("\($0)") }
        return [
            ("stop", request.stop.isEmpty ? .null : .list(request.stop.map(JSON.text))),
            ("stop_token_ids", ids.isEmpty ? .null : .list(ids)),
        ]
    }

    private var probabilities: [(String, JSON)] {
        guard let count = request.alternatives else { return [] }
        return isChat
            ? [("logprobs", true), ("top_logprobs", count > 0 ? JSON(count) : .null)] : [("logprobs", JSON(count))]
    }

    private func form() throws -> [(String, JSON)] {
        switch request.form {
        case nil: return []
        case .grammar(let text): return [("grammar", .text(text))]
        case .json: return [("response_format", .object([("type", "json_object")]))]
        case .schema(let text):
            guard let schema = try? JSONReader.read(Array(text.utf8)) else {
                throw ServiceFault.unsupported(part: "response_format")
            }
            let described = JSON.object([("name", "answer"), ("schema", schema)])
            return [("response_format", .object([("type", "json_schema"), ("json_schema", described)]))]
        }
    }
}

import TuneModel

/// `config.json` and `generation_config.json` of the transformers library for a model of a GGUF file.
struct CheckpointConfig {
    /// Names and texts.
    let files: [(name: String, text: String)]

    init(_ file: GGUFFile, _ config: LlamaConfig, type: TensorType) throws(TrainerError) {
        let metadata = file.metadata
        func id(_ key: String) throws(TrainerError) -> JSONText {
            metadata["tokenizer.ggml.\(key)"] == nil ? .null : .integer(try metadata.integer("tokenizer.ggml.\(key)"))
        }
        let ids = [
            ("bos_token_id", try id("bos_token_id")), ("eos_token_id", try id("eos_token_id")),
            ("pad_token_id", try id("padding_token_id")),
        ]
        let settings: [(String, JSONText)] =
            [
                ("architectures", .list([.text(Self.architecture(of: config.family))])),
                ("model_type", .text(config.family.rawValue)), ("attention_dropout", .number(0)),
                ("head_dim", .integer(config.headSize)), ("hidden_act", .text("silu")),
                ("hidden_size", .integer(config.hidden)), ("initializer_range", .number(0.02)),
                ("intermediate_size", .integer(config.feedForward)),
                ("max_position_embeddings", .integer(config.contextLength)),
                ("num_attention_heads", .integer(config.heads)), ("num_hidden_layers", .integer(config.layers)),
                ("num_key_value_heads", .integer(config.keyValueHeads)), ("rms_norm_eps", .number(config.normEpsilon)),
                ("rope_scaling", try Self.ropeScaling(config, path: file.path)),
                ("rope_theta", .number(config.ropeBase)), ("tie_word_embeddings", .bool(config.tiesHead)),
                ("torch_dtype", .text(type.torchName)), ("use_cache", .bool(true)),
                ("vocab_size", .integer(config.vocabulary)),
            ] + (try Self.biases(config, path: file.path)) + ids
        files = [
            (FolderContainer.configName, JSONText.object(settings).written(flatBelow: 1)),
            (
                "generation_config.json",
                JSONText.object(try Self.endings(ids, metadata).filter { !$0.1.isNull }).written(flatBelow: 1)
            ),
        ]
    }

    /// Where generation stops: at the end of a turn as well, which may have a token of its own.
    private static func endings(
        _ ids: [(String, JSONText)], _ metadata: GGUFMetadata
    ) throws(TrainerError) -> [(String, JSONText)] {
        let key = "tokenizer.ggml.eot_token_id"
        guard metadata[key] != nil else { return ids }
        let turn = try metadata.integer(key)
        return ids.map { name, id in
            guard name == "eos_token_id", case .integer(let end) = id, end != turn else { return (name, id) }
            return (name, .list([.integer(end), .integer(turn)]))
        }
    }

    private static func architecture(of family: LlamaFamily) -> String {
        switch family {
        case .llama: "LlamaForCausalLM"
        case .mistral: "MistralForCausalLM"
        case .qwen2: "Qwen2ForCausalLM"
        case .qwen3: "Qwen3ForCausalLM"
        }
    }

    /// Biases beyond those that a family always has can be said for all of the attention or all of the feed-forward.
    private static func biases(_ config: LlamaConfig, path: String) throws(TrainerError) -> [(String, JSONText)] {
        let (attention, feedForward): (Set<LoRATarget>, Set<LoRATarget>) = ([.q, .k, .v, .o], [.gate, .up, .down])
        let hasAttention = attention.isSubset(of: config.biased)
        let hasFeedForward = feedForward.isSubset(of: config.biased)
        let said = Set(config.family.biased).union(hasAttention ? attention : []).union(
            hasFeedForward ? feedForward : [])
        guard said == config.biased, config.family != .qwen2 || said == Set(config.family.biased) else {
            throw .export(path: path, .setting("biases"))
        }
        switch config.family {
        case .qwen2, .mistral: return []
        case .qwen3: return [("attention_bias", .bool(hasAttention))]
        case .llama: return [("attention_bias", .bool(hasAttention)), ("mlp_bias", .bool(hasFeedForward))]
        }
    }

    /// A GGUF file keeps what the frequencies are divided by; a checkpoint says the rule that it comes from.
    private static func ropeScaling(_ config: LlamaConfig, path: String) throws(TrainerError) -> JSONText {
        let divisors = config.ropeDivisors
        guard let first = divisors.first, let last = divisors.last else { return .null }
        if divisors.allSatisfy({ $0 == first }) {
            return first == 1 ? .null : .object([("rope_type", .text("linear")), ("factor", .number(first))])
        }
        // Of Llama 3 only the first context length differs between models; it is found by trying.
        let (low, high) = (1.0, 4.0)
        for power in 4...24 {
            let original = Double(1 << power)
            let rule = RopeScaling.llama3(factor: Double(last), low: low, high: high, original: original)
            let found = rule.divisors(headSize: config.headSize, base: Double(config.ropeBase))
            guard zip(found, divisors).allSatisfy({ abs($0 - $1) <= 1e-4 * $1 }) else { continue }
            return .object([
                ("rope_type", .text("llama3")), ("factor", .number(last)), ("low_freq_factor", .number(Float(low))),
                ("high_freq_factor", .number(Float(high))), ("original_max_position_embeddings", .integer(1 << power)),
            ])
        }
        throw .export(path: path, .setting("rope scaling"))
    }
}

extension TensorType {
    /// How torch calls it.
    var torchName: String {
        switch self {
        case .f16: "float16"
        case .bf16: "bfloat16"
        default: "float32"
        }
    }
}

extension JSONText {
    var isNull: Bool { if case .null = self { true } else { false } }

    /// A tree as it was read, keys in the order of the alphabet.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .double(value)
        case .string(let value): self = .text(value)
        case .array(let values): self = .list(values.map(JSONText.init))
        case .object(let values):
            self = .object(values.sorted { $0.key < $1.key }.map { ($0.key, JSONText($0.value)) })
        }
    }
}

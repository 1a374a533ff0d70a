import TuneModel

extension LlamaConfig {
    /// Reads the sizes from a checkpoint's config.json, and refuses what would change the meaning of the weights.
    init(_ settings: JSONSettings) throws(TrainerError) {
        let name = try settings.string("model_type")
        guard let family = LlamaFamily(rawValue: name) else {
            throw .unsupportedFamily(path: settings.path, name: name)
        }
        try Self.refuseExtras(of: settings)
        let hidden = try settings.integer("hidden_size", Limits.hidden)
        let heads = try settings.integer("num_attention_heads", Limits.heads)
        // Qwen3 leaves its own head size out where it is the usual one.
        let headSize = try settings.integer(
            "head_dim", Limits.headSize, or: family == .qwen3 ? 128 : hidden / heads)
        let (scaling, base) = try Self.rope(settings)

        self.family = family
        self.hidden = hidden
        self.heads = heads
        self.headSize = headSize
        layers = try settings.integer("num_hidden_layers", Limits.layers)
        keyValueHeads = try settings.integer("num_key_value_heads", 1...heads, or: heads)
        feedForward = try settings.integer("intermediate_size", Limits.feedForward)
        vocabulary = try settings.integer("vocab_size", Limits.vocabulary)
        let positions = try settings.integer("max_position_embeddings", Limits.contextLength)
        let hasWindow = try settings.bool("use_sliding_window", or: family == .mistral)
        let window = try settings.integer("sliding_window", Limits.contextLength, or: positions)
        contextLength = hasWindow ? min(positions, window) : positions
        ropeBase = Float(base)
        ropeDivisors = scaling.divisors(headSize: headSize, base: base)
        normEpsilon = Float(try settings.number("rms_norm_eps", or: 1e-6))
        var biased = Set(family.biased)
        if try settings.bool("attention_bias", or: false) { biased.formUnion([.q, .k, .v, .o]) }
        if try settings.bool("mlp_bias", or: false) { biased.formUnion([.gate, .up, .down]) }
        self.biased = biased
        tiesHead = try settings.bool("tie_word_embeddings", or: false)
        try checkHeads(path: settings.path)
    }

    /// New files keep base and scaling together in `rope_parameters`, older ones apart.
    private static func rope(_ settings: JSONSettings) throws(TrainerError) -> (RopeScaling, base: Double) {
        let isNew = settings["rope_parameters"] != .null
        let values = isNew ? settings["rope_parameters"] : settings["rope_scaling"]
        let rules = JSONSettings(path: settings.path, values: values)
        let base = try isNew ? rules.number("rope_theta", or: 10_000) : settings.number("rope_theta", or: 10_000)
        guard base.isFinite, base > 0 else {
            throw .wrongMetadata(path: settings.path, key: "rope_theta", expected: "positive number", found: "\(base)")
        }
        func positive(_ key: String) throws(TrainerError) -> Double {
            let value = try rules.number(key)
            guard value > 0 else {
                throw .wrongMetadata(path: settings.path, key: key, expected: "positive number", found: "\(value)")
            }
            return value
        }
        switch values["rope_type"].text ?? values["type"].text ?? "default" {
        case "default": return (.none, base)
        case "linear": return (.linear(factor: try positive("factor")), base)
        case "llama3":
            let (low, high) = (try positive("low_freq_factor"), try positive("high_freq_factor"))
            guard low < high else {
                throw .wrongMetadata(
                    path: settings.path, key: "high_freq_factor", expected: "more than \(low)", found: "\(high)")
            }
            let original = try positive("original_max_position_embeddings")
            return (.llama3(factor: try positive("factor"), low: low, high: high, original: original), base)
        case let kind: throw .unsupportedFeature(path: settings.path, name: "rope scaling \(kind)")
        }
    }

    /// Settings of relatives with the same tensor names, which compute something else with them.
    private static func refuseExtras(of settings: JSONSettings) throws(TrainerError) {
        func refuse(_ name: String) -> TrainerError { .unsupportedFeature(path: settings.path, name: name) }
        for key in ["num_local_experts", "num_experts"] {
            if let experts = settings[key].integer, experts > 0 { throw refuse("a mixture of \(experts) experts") }
        }
        let extras = [
            "attn_logit_softcapping", "final_logit_softcapping", "logits_scaling", "residual_multiplier",
            "embedding_multiplier", "attention_multiplier",
        ]
        for key in extras where settings[key] != .null { throw refuse(key) }
        if settings["quantization_config"] != .null {
            throw refuse("quantization_config \(settings["quantization_config"]["quant_method"].text ?? "")")
        }
        if let activation = settings["hidden_act"].text, activation != "silu" {
            throw refuse("hidden_act \(activation)")
        }
        let share = try JSONSettings(path: settings.path, values: settings["rope_parameters"])
            .number("partial_rotary_factor", or: settings.number("partial_rotary_factor", or: 1))
        guard share == 1 else { throw refuse("partial_rotary_factor \(share)") }
        if let heads = settings["architectures"].elements?.compactMap(\.text),
            !heads.contains(where: { $0.hasSuffix("ForCausalLM") })
        {
            throw refuse(heads.joined(separator: ", "))
        }
        // Layers of one model may differ; the window then caps the context for all of them.
        for kind in settings["layer_types"].elements?.compactMap(\.text) ?? []
        where kind != "full_attention" && kind != "sliding_attention" {
            throw refuse("layer type \(kind)")
        }
    }
}

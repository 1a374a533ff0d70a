import TuneModel

extension GGUFBuilder {
    /// What is about the file rather than the model, and said anew.
    private static let renewed: Set<String> = ["general.alignment", "general.file_type", "general.name"]

    /// Sets everything that a base model's file or folder says of the model.
    mutating func carryOver(from base: PretrainedModel) throws(TrainerError) {
        if let file = base.ggufFile { return carryOver(from: file, except: Self.renewed) }
        set(base.config)
        throw .export(path: base.path, .tokenizer("tokenizer.json"))
    }

    /// Sizes and constants, as llama.cpp's own converter says them.
    mutating func set(_ config: LlamaConfig) {
        let family = config.ggufFamily
        set("general.architecture", to: .string(family))
        set("general.type", to: .string("model"))
        set("\(family).block_count", to: .uint32(config.layers))
        set("\(family).context_length", to: .uint32(config.contextLength))
        set("\(family).embedding_length", to: .uint32(config.hidden))
        set("\(family).feed_forward_length", to: .uint32(config.feedForward))
        set("\(family).attention.head_count", to: .uint32(config.heads))
        set("\(family).attention.head_count_kv", to: .uint32(config.keyValueHeads))
        set("\(family).attention.key_length", to: .uint32(config.headSize))
        set("\(family).attention.value_length", to: .uint32(config.headSize))
        set("\(family).attention.layer_norm_rms_epsilon", to: .float32(Double(config.normEpsilon)))
        set("\(family).rope.dimension_count", to: .uint32(config.headSize))
        set("\(family).rope.freq_base", to: .float32(Double(config.ropeBase)))
        set("\(family).vocab_size", to: .uint32(config.vocabulary))
        // Divisors that differ are a tensor.
        if let factor = config.ropeDivisors.first, config.ropeDivisors.allSatisfy({ $0 == factor }), factor != 1 {
            set("\(family).rope.scaling.type", to: .string("linear"))
            set("\(family).rope.scaling.factor", to: .float32(Double(factor)))
        }
    }
}

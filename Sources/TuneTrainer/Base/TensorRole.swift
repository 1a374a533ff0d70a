import TuneModel

/// What a tensor of a Llama-family model is for. Names in model files stand here and nowhere else.
enum TensorRole: Hashable, Sendable {
    /// (V, C)
    case embedding
    /// (V, C); missing where the model ties it to the embedding.
    case head
    /// (C)
    case finalNorm
    /// What the rotary frequencies are divided by, in GGUF files alone. (D/2)
    case ropeFactors
    /// (C)
    case attentionNorm(layer: Int)
    case feedForwardNorm(layer: Int)
    /// Of each head's queries and keys. (D)
    case queryNorm(layer: Int)
    case keyNorm(layer: Int)
    /// (out, in)
    case weight(layer: Int, LoRATarget)
    /// (out)
    case bias(layer: Int, LoRATarget)

    /// The tensor's name in a GGUF file.
    var ggufName: String {
        switch self {
        case .embedding: "token_embd.weight"
        case .head: "output.weight"
        case .finalNorm: "output_norm.weight"
        case .ropeFactors: "rope_freqs.weight"
        case .attentionNorm(let layer): "blk.\(layer).attn_norm.weight"
        case .feedForwardNorm(let layer): "blk.\(layer).ffn_norm.weight"
        case .queryNorm(let layer): "blk.\(layer).attn_q_norm.weight"
        case .keyNorm(let layer): "blk.\(layer).attn_k_norm.weight"
        case .weight(let layer, let target): "blk.\(layer).\(target.ggufName).weight"
        case .bias(let layer, let target): "blk.\(layer).\(target.ggufName).bias"
        }
    }

    /// The tensor's name in a checkpoint of the transformers library; nil where it keeps no such tensor.
    var checkpointName: String? {
        switch self {
        case .embedding: "model.embed_tokens.weight"
        case .head: "lm_head.weight"
        case .finalNorm: "model.norm.weight"
        case .ropeFactors: nil
        case .attentionNorm(let layer): "model.layers.\(layer).input_layernorm.weight"
        case .feedForwardNorm(let layer): "model.layers.\(layer).post_attention_layernorm.weight"
        case .queryNorm(let layer): "model.layers.\(layer).self_attn.q_norm.weight"
        case .keyNorm(let layer): "model.layers.\(layer).self_attn.k_norm.weight"
        case .weight(let layer, let target): "model.layers.\(layer).\(target.module).\(target.rawValue).weight"
        case .bias(let layer, let target): "model.layers.\(layer).\(target.module).\(target.rawValue).bias"
        }
    }

    /// Sizes with the slowest-varying first.
    func shape(in config: LlamaConfig) -> [Int] {
        switch self {
        case .embedding, .head: [config.vocabulary, config.hidden]
        case .finalNorm, .attentionNorm, .feedForwardNorm: [config.hidden]
        case .ropeFactors: [config.headSize / 2]
        case .queryNorm, .keyNorm: [config.headSize]
        case .weight(_, let target): [target.shape(in: config).outputs, target.shape(in: config).inputs]
        case .bias(_, let target): [target.shape(in: config).outputs]
        }
    }
}

extension LoRATarget {
    /// The layer's name in a GGUF block.
    var ggufName: String {
        switch self {
        case .q: "attn_q"
        case .k: "attn_k"
        case .v: "attn_v"
        case .o: "attn_output"
        case .gate: "ffn_gate"
        case .up: "ffn_up"
        case .down: "ffn_down"
        }
    }

    /// The module that holds the layer in a checkpoint of the transformers library.
    var module: String {
        switch self {
        case .q, .k, .v, .o: "self_attn"
        case .gate, .up, .down: "mlp"
        }
    }

    func shape(in config: LlamaConfig) -> (outputs: Int, inputs: Int) {
        switch self {
        case .q: (config.queryWidth, config.hidden)
        case .k, .v: (config.keyValueWidth, config.hidden)
        case .o: (config.hidden, config.queryWidth)
        case .gate, .up: (config.feedForward, config.hidden)
        case .down: (config.hidden, config.feedForward)
        }
    }
}

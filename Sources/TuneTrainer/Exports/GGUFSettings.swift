import Foundation
import TuneModel

extension GGUFBuilder {
    /// What is about the file rather than the model, and said anew.
    private static let renewed: Set<String> = ["general.alignment", "general.file_type", "general.name"]

    /// Sets everything that a base model's file or folder says of the model.
    mutating func carryOver(from base: PretrainedModel) throws(TrainerError) {
        if let file = base.ggufFile { return carryOver(from: file, except: Self.renewed) }
        set(base.config)
        try setTokenizer(ofFolder: base.path, rows: base.config.vocabulary)
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

    /// The tokenizer and the chat template of a checkpoint folder. `rows` are those of the embedding, each of which has to
    /// have a token.
    mutating func setTokenizer(ofFolder folder: String, rows: Int) throws(TrainerError) {
        let settings = try JSONSettings(path: "\(folder)/\(FolderContainer.configName)")
        let parts = try TokenizerParts(folder: folder, model: settings)
        var tokens = parts.tokens.texts
        var kinds = parts.kinds.map { Int32($0.rawValue) }
        while tokens.count < rows {
            tokens.append("[PAD\(tokens.count)]")
            kinds.append(Int32(TokenKind.unused.rawValue))
        }
        let file = try TokenizerFile(path: "\(folder)/tokenizer.json")
        let merges = PieceMerges(
            pairs: file.merges.map { merge in
                (String(decoding: merge.left, as: UTF8.self), String(decoding: merge.right, as: UTF8.self))
            })
        switch parts.rules {
        case .bytes(let rules, let composes):
            guard composes == (rules == .qwen2) else {
                throw .export(path: folder, .tokenizer("\(rules.rawValue)\(composes ? " with NFC" : "")"))
            }
            set("tokenizer.ggml.model", to: .string("gpt2"))
            set("tokenizer.ggml.pre", to: .string(rules.rawValue))
            set("tokenizer.ggml.merges", to: .strings(merges.pairs.map { "\($0.left) \($0.right)" }))
        case .pieces(let prefix, _):
            set("tokenizer.ggml.model", to: .string("llama"))
            set("tokenizer.ggml.pre", to: .string("default"))
            set("tokenizer.ggml.scores", to: .float32s(merges.scores(of: tokens)))
            set("tokenizer.ggml.add_space_prefix", to: .bool(prefix != .never))
            if let unknown = file.settings["unk_token"].text, let id = tokens.firstIndex(of: unknown) {
                kinds[id] = Int32(TokenKind.unknown.rawValue)
                set("tokenizer.ggml.unknown_token_id", to: .uint32(id))
            }
        }
        set("tokenizer.ggml.tokens", to: .strings(tokens))
        set("tokenizer.ggml.token_type", to: .int32s(kinds))
        for (name, id) in [("bos", parts.bosID), ("eos", parts.eosID), ("padding", parts.paddingID)] {
            if let id { set("tokenizer.ggml.\(name)_token_id", to: .uint32(Int(id))) }
        }
        set("tokenizer.ggml.add_bos_token", to: .bool(parts.addsBOS))
        if let template = try FolderContainer(folder).templateSource()?.source {
            set("tokenizer.chat_template", to: .string(template))
        }
    }
}

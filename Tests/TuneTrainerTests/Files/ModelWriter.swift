@testable import TuneTrainer

/// A model file of one block and seven tokens, of which any setting or tensor can be replaced or left out.
struct ModelWriter {
    typealias Put = @Sendable (inout GGUFWriter) -> Void

    private var settings: [(key: String, put: Put)] = []
    private var tensors: [(name: String, sizes: [UInt64], type: TensorType)] = []

    /// A sound one.
    init() {
        set("general.architecture", to: "llama")
        set("llama.block_count", to: 1)
        set("llama.embedding_length", to: 4)
        set("llama.attention.head_count", to: 2)
        set("llama.attention.head_count_kv", to: 1)
        set("llama.feed_forward_length", to: 6)
        set("llama.context_length", to: 64)
        set("llama.attention.layer_norm_rms_epsilon") {
            $0.put(type: .float32)
            $0.put(Float(1e-5).bitPattern)
        }
        set("tokenizer.ggml.model", to: "gpt2")
        set("tokenizer.ggml.pre", to: "smollm")
        set("tokenizer.ggml.tokens", to: ["a", "b", "c", "ab", "abc", "Ġ", "<end>"])
        set("tokenizer.ggml.token_type", to: [1, 1, 1, 1, 1, 1, 3])
        set("tokenizer.ggml.merges", to: ["a b", "ab c"])
        set("tokenizer.ggml.eos_token_id", to: 6)
        put(tensor: "token_embd.weight", [4, 7])
        put(tensor: "output_norm.weight", [4])
        for name in ["attn_norm", "ffn_norm"] { put(tensor: "blk.0.\(name).weight", [4]) }
        for name in ["attn_q", "attn_output"] { put(tensor: "blk.0.\(name).weight", [4, 4]) }
        for name in ["attn_k", "attn_v"] { put(tensor: "blk.0.\(name).weight", [4, 2]) }
        for name in ["ffn_gate", "ffn_up"] { put(tensor: "blk.0.\(name).weight", [4, 6]) }
        put(tensor: "blk.0.ffn_down.weight", [6, 4])
    }

    /// Puts a type and a value under the key.
    mutating func set(_ key: String, _ put: @escaping Put) {
        if let index = settings.firstIndex(where: { $0.key == key }) {
            settings[index].put = put
        } else {
            settings.append((key, put))
        }
    }

    mutating func set(_ key: String, to value: UInt32) {
        set(key) {
            $0.put(type: .uint32)
            $0.put(value)
        }
    }

    mutating func set(_ key: String, to value: String) {
        set(key) {
            $0.put(type: .string)
            $0.put(value)
        }
    }

    mutating func set(_ key: String, number value: Float) {
        set(key) {
            $0.put(type: .float32)
            $0.put(value.bitPattern)
        }
    }

    mutating func set(_ key: String, to values: [String]) {
        set(key, to: values.map { Array($0.utf8) })
    }

    mutating func set(_ key: String, to values: [[UInt8]]) {
        set(key) { file in
            file.put(type: .array)
            file.put(type: .string)
            file.put(UInt64(values.count))
            for value in values { file.put(value) }
        }
    }

    mutating func set(_ key: String, to values: [Int32]) {
        set(key) { file in
            file.put(type: .array)
            file.put(type: .int32)
            file.put(UInt64(values.count))
            for value in values { file.put(value) }
        }
    }

    mutating func drop(_ name: String) {
        settings.removeAll { $0.key == name }
        tensors.removeAll { $0.name == name }
    }

    /// Sizes with the fastest first.
    mutating func put(tensor name: String, _ sizes: [UInt64], as type: TensorType = .f32) {
        tensors.removeAll { $0.name == name }
        tensors.append((name, sizes, type))
    }

    /// The whole file; every byte of its tensors is `filler`.
    func file(filler: UInt8 = 0) -> GGUFWriter {
        var writer = GGUFWriter(tensors: UInt64(tensors.count), metadata: UInt64(settings.count))
        for (key, put) in settings {
            writer.put(key)
            put(&writer)
        }
        var end: UInt64 = 0
        for (name, sizes, type) in tensors {
            writer.put(tensor: name, sizes: sizes, type: type.rawValue, offset: end)
            let bytes = sizes.reduce(1, *) / UInt64(type.blockSize) * UInt64(type.blockBytes)
            end += (bytes + 31) / 32 * 32
        }
        writer.pad()
        writer.put(raw: repeatElement(filler, count: Int(end)))
        return writer
    }
}

/// The sizes and constants of a Llama-family model.
struct LlamaConfig: Hashable, Sendable {
    /// The architecture as its file calls it, such as `llama`.
    let family: String
    let layers: Int
    /// Channels of the residual stream, C.
    let hidden: Int
    /// Query heads, H.
    let heads: Int
    /// Key and value heads; each serves heads / keyValueHeads query heads.
    let keyValueHeads: Int
    /// Channels of one head, D.
    let headSize: Int
    /// Channels between the feed-forward's layers, F.
    let feedForward: Int
    /// Tokens, V.
    let vocabulary: Int
    /// Longest sequence in tokens.
    let contextLength: Int
    let ropeBase: Float
    let normEpsilon: Float

    /// Channels of keys and of values: keyValueHeads · headSize.
    var keyValueWidth: Int { keyValueHeads * headSize }
    /// Channels of queries: heads · headSize.
    var queryWidth: Int { heads * headSize }

    /// Reads the sizes from a model file of the `llama` architecture.
    init(_ file: GGUFFile) throws(TrainerError) {
        family = try file.architecture
        guard family == "llama" else { throw .unsupportedFamily(path: file.path, name: family) }
        let metadata = file.metadata
        layers = try Self.size("llama.block_count", 1...1_000, in: file)
        hidden = try Self.size("llama.embedding_length", 1...65_536, in: file)
        heads = try Self.size("llama.attention.head_count", 1...1_024, in: file)
        keyValueHeads =
            metadata["llama.attention.head_count_kv"] == nil
            ? heads : try Self.size("llama.attention.head_count_kv", 1...heads, in: file)
        feedForward = try Self.size("llama.feed_forward_length", 1...1_000_000, in: file)
        contextLength = try Self.size("llama.context_length", 1...16_777_216, in: file)
        let rotated = try metadata.integer("llama.rope.dimension_count", or: hidden / heads)
        headSize = try metadata.integer("llama.attention.key_length", or: hidden / heads)
        ropeBase = Float(try metadata.number("llama.rope.freq_base", or: 10_000))
        normEpsilon = Float(try metadata.number("llama.attention.layer_norm_rms_epsilon"))
        let embedding = try file.tensor("token_embd.weight")
        guard embedding.shape.count == 2, embedding.columns == hidden else {
            throw .wrongShape(path: file.path, name: embedding.name, expected: [-1, hidden], found: embedding.shape)
        }
        vocabulary = embedding.rows
        guard headSize > 0, headSize % 2 == 0, headSize * heads == hidden, heads % keyValueHeads == 0 else {
            throw .unsupportedFeature(
                path: file.path, name: "heads \(heads)/\(keyValueHeads) of \(headSize) in \(hidden)")
        }
        guard rotated == headSize else {
            throw .unsupportedFeature(path: file.path, name: "rotary embedding of \(rotated) in \(headSize) channels")
        }
        if let scaling = try metadata.stringIfPresent("llama.rope.scaling.type"), scaling != "none" {
            throw .unsupportedFeature(path: file.path, name: "rope scaling \(scaling)")
        }
        if file.tensorIfPresent("rope_freqs.weight") != nil {
            throw .unsupportedFeature(path: file.path, name: "rope_freqs.weight")
        }
    }

    private static func size(_ key: String, _ range: ClosedRange<Int>, in file: GGUFFile) throws(TrainerError) -> Int {
        let value = try file.metadata.integer(key)
        guard range.contains(value) else {
            throw .wrongMetadata(
                path: file.path, key: key, expected: "\(range.lowerBound)…\(range.upperBound)", found: "\(value)")
        }
        return value
    }
}

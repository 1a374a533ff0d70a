import TuneModel

/// The sizes and constants of a Llama-family model.
struct LlamaConfig: Hashable, Sendable {
    let family: LlamaFamily
    var layers: Int
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
    /// Longest sequence in tokens: what positions allow, and no more than a sliding window, within which attention
    /// through the window and attention to everything before are the same.
    let contextLength: Int
    let ropeBase: Float
    /// What the rotary frequencies are divided by, (D/2); empty for nothing.
    let ropeDivisors: [Float]
    let normEpsilon: Float
    /// Linear layers with a bias, in every block.
    let biased: Set<LoRATarget>
    /// Whether the head is the embedding.
    let tiesHead: Bool

    /// Channels of keys and of values: keyValueHeads · headSize.
    var keyValueWidth: Int { keyValueHeads * headSize }
    /// Channels of queries: heads · headSize.
    var queryWidth: Int { heads * headSize }
    /// Whether each head's queries and keys are normalized.
    var hasHeadNorms: Bool { family.hasHeadNorms }
    /// The longest side of a block's linear layers.
    var longestSide: Int { max(hidden, feedForward, queryWidth) }

    /// The same model with its first blocks only.
    func first(_ layers: Int) -> LlamaConfig {
        var config = self
        config.layers = min(layers, self.layers)
        return config
    }

    /// What every model's sizes must keep to, whatever file they come from.
    enum Limits {
        static let layers = 1...1_000
        static let hidden = 1...65_536
        static let heads = 1...1_024
        static let headSize = 2...1_024
        static let feedForward = 1...1_000_000
        static let vocabulary = 1...4_000_000
        static let contextLength = 1...16_777_216
    }

    /// Refuses heads that cannot be rotated or shared, and constants with which every sum would be no number.
    func checkHeads(path: String) throws(TrainerError) {
        for (key, value) in [("rope base", ropeBase), ("rms norm epsilon", normEpsilon)]
        where !(value.isFinite && value >= 0) {
            throw .wrongMetadata(path: path, key: key, expected: "≥ 0", found: "\(value)")
        }
        guard Limits.headSize.contains(headSize), headSize % 2 == 0, heads % keyValueHeads == 0 else {
            throw .unsupportedFeature(path: path, name: "heads \(heads)/\(keyValueHeads) of \(headSize)")
        }
    }
}

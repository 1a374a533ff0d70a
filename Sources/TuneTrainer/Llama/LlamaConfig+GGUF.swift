import TuneModel

extension LlamaConfig {
    /// Reads the sizes from a GGUF file, and refuses what would change the meaning of the weights.
    init(_ file: GGUFFile) throws(TrainerError) {
        let name = try file.architecture
        // Mistral's files call themselves llama; the name mistral is not one of this format.
        guard let family = LlamaFamily(rawValue: name), family != .mistral else {
            throw .unsupportedFamily(path: file.path, name: name)
        }
        try Self.refuseExtras(of: file, name)
        let metadata = file.metadata
        let hidden = try Self.size("\(name).embedding_length", Limits.hidden, in: file)
        let heads = try Self.size("\(name).attention.head_count", Limits.heads, in: file)
        let headSize = try Self.size("\(name).attention.key_length", Limits.headSize, in: file, or: hidden / heads)
        let base = try metadata.number("\(name).rope.freq_base", or: 10_000)

        self.family = family
        self.hidden = hidden
        self.heads = heads
        self.headSize = headSize
        layers = try Self.size("\(name).block_count", Limits.layers, in: file)
        keyValueHeads = try Self.size("\(name).attention.head_count_kv", 1...heads, in: file, or: heads)
        feedForward = try Self.size("\(name).feed_forward_length", Limits.feedForward, in: file)
        let positions = try Self.size("\(name).context_length", Limits.contextLength, in: file)
        let window = try metadata.integer("\(name).attention.sliding_window", or: 0)
        contextLength = window > 0 ? min(positions, window) : positions
        ropeBase = Float(base)
        ropeDivisors = try Self.divisors(in: file, name, headSize: headSize, base: base)
        normEpsilon = Float(try metadata.number("\(name).attention.layer_norm_rms_epsilon"))
        let embedding = try file.tensor(TensorRole.embedding.ggufName)
        guard embedding.shape.count == 2, embedding.columns == hidden else {
            throw .wrongShape(path: file.path, name: embedding.name, expected: [-1, hidden], found: embedding.shape)
        }
        vocabulary = embedding.rows
        biased = Set(
            LoRATarget.allCases.filter { target in
                family.biased.contains(target)
                    || file.tensorIfPresent(TensorRole.bias(layer: 0, target).ggufName) != nil
            })
        tiesHead = file.tensorIfPresent(TensorRole.head.ggufName) == nil
        for key in ["\(name).rope.dimension_count", "\(name).attention.value_length"] {
            let size = try metadata.integer(key, or: headSize)
            guard size == headSize else {
                throw .unsupportedFeature(path: file.path, name: "\(key) \(size) in heads of \(headSize)")
            }
        }
        try checkHeads(path: file.path)
    }

    /// The tensor of divisors, else what the metadata says.
    private static func divisors(
        in file: GGUFFile, _ name: String, headSize: Int, base: Double
    ) throws(TrainerError) -> [Float] {
        let metadata = file.metadata
        let factor =
            try metadata["\(name).rope.scaling.factor"] != nil
            ? metadata.number("\(name).rope.scaling.factor") : metadata.number("\(name).rope.scale_linear", or: 0)
        let kind = try metadata.stringIfPresent("\(name).rope.scaling.type") ?? (factor > 0 ? "linear" : "none")
        guard kind == "none" || kind == "linear", factor.isFinite, factor >= 0 else {
            throw .unsupportedFeature(path: file.path, name: "rope scaling \(kind)")
        }
        let scaling: RopeScaling = kind == "linear" && factor > 0 && factor != 1 ? .linear(factor: factor) : .none
        let divisors = scaling.divisors(headSize: headSize, base: base)
        let role = TensorRole.ropeFactors.ggufName
        guard file.tensorIfPresent(role) != nil else { return divisors }
        let tensor = try file.tensor(role, shape: [headSize / 2])
        let factors = file.withBytes(of: tensor) { Dequantize.floats($0, as: tensor.type) }
        guard factors.allSatisfy({ $0.isFinite && $0 > 0 }) else {
            throw .wrongMetadata(path: file.path, key: role, expected: "positive numbers", found: "others")
        }
        return divisors.isEmpty ? factors : zip(divisors, factors).map(*)
    }

    /// Settings of relatives with the same tensor names, which compute something else with them.
    private static func refuseExtras(of file: GGUFFile, _ name: String) throws(TrainerError) {
        let metadata = file.metadata
        let experts = try metadata.integer("\(name).expert_count", or: 0)
        guard experts == 0 else { throw .unsupportedFeature(path: file.path, name: "a mixture of \(experts) experts") }
        let parts = try metadata.integer("split.count", or: 1)
        guard parts <= 1 else { throw .unsupportedFeature(path: file.path, name: "a file for each of \(parts) parts") }
        let extras = [
            "attn_logit_softcapping", "final_logit_softcapping", "logit_scale", "residual_scale", "embedding_scale",
            "attention.scale", "attention.clamp_kqv", "attention.max_alibi_bias",
        ]
        for key in extras.map({ "\(name).\($0)" }) where metadata[key] != nil {
            throw .unsupportedFeature(path: file.path, name: key)
        }
    }

    private static func size(
        _ key: String, _ range: ClosedRange<Int>, in file: GGUFFile, or fallback: Int? = nil
    ) throws(TrainerError) -> Int {
        let value: Int
        if let fallback {
            value = try file.metadata.integer(key, or: fallback)
        } else {
            value = try file.metadata.integer(key)
        }
        guard range.contains(value) else {
            throw .wrongMetadata(
                path: file.path, key: key, expected: "\(range.lowerBound)…\(range.upperBound)", found: "\(value)")
        }
        return value
    }
}

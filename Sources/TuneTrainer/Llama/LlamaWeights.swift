import TuneModel

/// The frozen weights of one transformer block. Checkpoint names stand here and nowhere else.
struct LlamaLayerWeights {
    let attentionNorm: Matrix
    let feedForwardNorm: Matrix
    private let linear: [LoRATarget: WeightMatrix]

    init(_ file: GGUFFile, layer: Int, config: LlamaConfig) throws(TrainerError) {
        let prefix = "blk.\(layer)."
        attentionNorm = try Self.norm(prefix + "attn_norm.weight", file, config.hidden)
        feedForwardNorm = try Self.norm(prefix + "ffn_norm.weight", file, config.hidden)
        var linear: [LoRATarget: WeightMatrix] = [:]
        for target in LoRATarget.allCases {
            let (outputs, inputs) = target.shape(in: config)
            let tensor = try file.tensor(prefix + target.ggufName + ".weight", shape: [outputs, inputs])
            let isRotated = target == .q || target == .k
            linear[target] = WeightMatrix(
                tensor, in: file, order: isRotated ? .interleaved(headSize: config.headSize) : .asUsed)
        }
        for target in LoRATarget.allCases where file.tensorIfPresent(prefix + target.ggufName + ".bias") != nil {
            throw .unsupportedFeature(path: file.path, name: prefix + target.ggufName + ".bias")
        }
        self.linear = linear
    }

    subscript(target: LoRATarget) -> WeightMatrix { linear[target]! }

    static func norm(_ name: String, _ file: GGUFFile, _ channels: Int) throws(TrainerError) -> Matrix {
        let tensor = try file.tensor(name, shape: [channels])
        let matrix = Matrix(zeros: 1, channels)
        WeightMatrix(tensor, in: file).dequantize(0..<1, into: matrix.base)
        return matrix
    }
}

/// All frozen weights of a model, read from its mapped file.
final class LlamaWeights {
    let config: LlamaConfig
    let layers: [LlamaLayerWeights]
    /// (V, C)
    let embedding: WeightMatrix
    /// (V, C); the embedding itself where the model ties them.
    let head: WeightMatrix
    let finalNorm: Matrix

    init(_ file: GGUFFile) throws(TrainerError) {
        let config = try LlamaConfig(file)
        self.config = config
        let embedding = WeightMatrix(try file.tensor("token_embd.weight"), in: file)
        self.embedding = embedding
        let shape = [config.vocabulary, config.hidden]
        head =
            file.tensorIfPresent("output.weight") == nil
            ? embedding : WeightMatrix(try file.tensor("output.weight", shape: shape), in: file)
        finalNorm = try LlamaLayerWeights.norm("output_norm.weight", file, config.hidden)
        var layers: [LlamaLayerWeights] = []
        for layer in 0..<config.layers {
            layers.append(try LlamaLayerWeights(file, layer: layer, config: config))
        }
        self.layers = layers
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

import TuneModel

/// The frozen weights of one transformer block.
struct LlamaLayerWeights {
    let attentionNorm: Matrix
    let feedForwardNorm: Matrix
    private let linear: [LoRATarget: WeightMatrix]

    init(_ model: PretrainedModel, layer: Int) throws(TrainerError) {
        attentionNorm = try Self.vector(model.tensor(.attentionNorm(layer: layer)))
        feedForwardNorm = try Self.vector(model.tensor(.feedForwardNorm(layer: layer)))
        var linear: [LoRATarget: WeightMatrix] = [:]
        for target in LoRATarget.allCases {
            linear[target] = WeightMatrix(try model.tensor(.weight(layer: layer, target)))
            if let bias = try model.tensorIfPresent(.bias(layer: layer, target)) {
                throw .unsupportedFeature(path: model.path, name: bias.name)
            }
        }
        self.linear = linear
    }

    subscript(target: LoRATarget) -> WeightMatrix { linear[target]! }

    /// A norm's weights as Float. (1, channels)
    static func vector(_ tensor: StoredTensor) -> Matrix {
        let matrix = Matrix(zeros: 1, tensor.count)
        WeightMatrix(tensor).dequantize(0..<1, into: matrix.base)
        return matrix
    }
}

/// All frozen weights of a model, read from its mapped files.
final class LlamaWeights {
    let config: LlamaConfig
    let layers: [LlamaLayerWeights]
    /// (V, C)
    let embedding: WeightMatrix
    /// (V, C); the embedding itself where the model ties them.
    let head: WeightMatrix
    let finalNorm: Matrix

    init(_ model: PretrainedModel) throws(TrainerError) {
        config = model.config
        embedding = WeightMatrix(try model.tensor(.embedding))
        head = try model.tensorIfPresent(.head).map(WeightMatrix.init) ?? embedding
        finalNorm = LlamaLayerWeights.vector(try model.tensor(.finalNorm))
        var layers: [LlamaLayerWeights] = []
        for layer in 0..<model.config.layers { layers.append(try LlamaLayerWeights(model, layer: layer)) }
        self.layers = layers
    }
}

import TuneModel

/// The frozen weights of one transformer block.
struct LlamaLayerWeights {
    let attentionNorm: Matrix
    let feedForwardNorm: Matrix
    /// Over each head's queries and keys, (1, D); nil in families without them.
    let queryNorm: Matrix?
    let keyNorm: Matrix?
    private let linear: [LoRATarget: WeightMatrix]
    private let biases: [LoRATarget: Matrix]

    init(_ model: PretrainedModel, layer: Int) throws(TrainerError) {
        attentionNorm = try Self.vector(model.tensor(.attentionNorm(layer: layer)))
        feedForwardNorm = try Self.vector(model.tensor(.feedForwardNorm(layer: layer)))
        var linear: [LoRATarget: WeightMatrix] = [:]
        for target in LoRATarget.allCases {
            linear[target] = WeightMatrix(try model.tensor(.weight(layer: layer, target)))
        }
        self.linear = linear
        var biases: [LoRATarget: Matrix] = [:]
        for target in model.config.biased {
            biases[target] = try Self.vector(model.tensor(.bias(layer: layer, target)))
        }
        self.biases = biases
        let hasNorms = model.config.hasHeadNorms
        queryNorm = hasNorms ? try Self.vector(model.tensor(.queryNorm(layer: layer))) : nil
        keyNorm = hasNorms ? try Self.vector(model.tensor(.keyNorm(layer: layer))) : nil
    }

    subscript(target: LoRATarget) -> WeightMatrix { linear[target]! }

    /// Gives back the memory of the linear layers' stored form until it is read again.
    func letGo() {
        for weight in linear.values { weight.letGo() }
    }

    /// What the layer adds to every row, (1, out); nil for nothing.
    func bias(_ target: LoRATarget) -> Matrix? { biases[target] }

    /// A vector's numbers as Float, in the order of use. (1, channels)
    static func vector(_ tensor: StoredTensor) -> Matrix {
        let matrix = Matrix(zeros: 1, tensor.count)
        let stored = Dequantize.floats(tensor.bytes, as: tensor.type)
        // A bias is ordered as the rows of its layer's matrix.
        for i in 0..<tensor.count { matrix.base[i] = stored[tensor.order.place(of: i)] }
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
        head = model.config.tiesHead ? embedding : WeightMatrix(try model.tensor(.head))
        finalNorm = LlamaLayerWeights.vector(try model.tensor(.finalNorm))
        var layers: [LlamaLayerWeights] = []
        for layer in 0..<model.config.layers { layers.append(try LlamaLayerWeights(model, layer: layer)) }
        self.layers = layers
    }

    /// The same model with its first blocks only, to see what a block costs.
    func first(_ layers: Int) -> LlamaWeights { LlamaWeights(self, layers: layers) }

    private init(_ whole: LlamaWeights, layers count: Int) {
        config = whole.config.first(count)
        layers = Array(whole.layers.prefix(count))
        embedding = whole.embedding
        head = whole.head
        finalNorm = whole.finalNorm
    }
}

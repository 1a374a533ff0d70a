import TuneModel

/// A model as exports write it: every tensor in a checkpoint's row order, the adapter's products added.
///
/// Nothing is computed until a tensor's rows are read, so that no more than a few of them are ever in memory.
struct MergedModel {
    let base: PretrainedModel
    /// In the order of a checkpoint.
    let tensors: [MergedTensor]

    init(_ base: PretrainedModel, adapter: Adapter?) throws(TrainerError) {
        var tensors: [MergedTensor] = []
        for role in Self.roles(of: base.config) {
            tensors.append(MergedTensor(role, try base.tensor(role), of: base.config, adapter: adapter))
        }
        self.base = base
        self.tensors = tensors
    }

    private static func roles(of config: LlamaConfig) -> [TensorRole] {
        var roles: [TensorRole] = [.embedding]
        for layer in 0..<config.layers {
            roles.append(.attentionNorm(layer: layer))
            for target in LoRATarget.allCases {
                roles.append(.weight(layer: layer, target))
                if config.biased.contains(target) { roles.append(.bias(layer: layer, target)) }
            }
            if config.hasHeadNorms { roles += [.queryNorm(layer: layer), .keyNorm(layer: layer)] }
            roles.append(.feedForwardNorm(layer: layer))
        }
        return roles + (config.tiesHead ? [.finalNorm] : [.finalNorm, .head])
    }
}

/// One tensor of a model or an adapter, with what an adapter adds to it.
struct MergedTensor {
    enum Source {
        case weight(WeightMatrix)
        /// Of a norm, a bias or an adapter.
        case floats(Matrix)
    }

    let gguf: String
    /// Nil where a checkpoint keeps no such tensor.
    let checkpoint: String?
    let source: Source
    /// The slowest first; a norm has one size.
    let shape: [Int]
    private(set) var pair: LoRAPair?
    /// Multiplies B·A.
    private var scale: Float = 0
    /// Of the heads whose rows a GGUF file may interleave; nil for all but q and k.
    private(set) var headSize: Int?

    /// A tensor of a model, with an adapter's pair of the layer where it has one.
    init(_ role: TensorRole, _ stored: StoredTensor, of config: LlamaConfig, adapter: Adapter?) {
        let isVector = stored.shape.count == 1
        self.init(
            gguf: role.ggufName, checkpoint: role.checkpointName,
            isVector ? .floats(LlamaLayerWeights.vector(stored)) : .weight(WeightMatrix(stored)), shape: stored.shape)
        switch role {
        case .weight(let layer, let target):
            pair = adapter?.pair(layer, target)
            scale = adapter?.layout.scale ?? 0
            headSize = target.isRotated ? config.headSize : nil
        case .bias(_, let target):
            headSize = target.isRotated ? config.headSize : nil
        default: break
        }
    }

    init(gguf: String, checkpoint: String? = nil, _ source: Source, shape: [Int], headSize: Int? = nil) {
        self.gguf = gguf
        self.checkpoint = checkpoint
        self.source = source
        self.shape = shape
        self.headSize = headSize
    }

    /// A norm or a bias is a column: its numbers belong to rows, of a layer's matrix or of the model's channels.
    var rows: Int { shape[0] }
    var columns: Int { shape.dropFirst().reduce(1, *) }

    /// W + s·B·A for some rows, in a checkpoint's order, from the start of `target`.      target: (≥ range, columns)
    func read(_ range: Range<Int>, into target: Matrix, on team: Team) {
        team.split(range.count, grain: 16) { part in
            let rows = range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound
            let window = target[rows: part]
            switch source {
            case .weight(let matrix): matrix.dequantize(rows, into: window.base)
            case .floats(let floats): window.copy(from: floats.reshaped(self.rows, columns)[rows: rows])
            }
            if let pair {
                product(into: Window(window), Window(pair.b[rows: rows]), Window(pair.a), alpha: scale, beta: 1)
            }
        }
    }
}

extension LoRATarget {
    /// Whether its outputs are turned by the rotary embedding.
    var isRotated: Bool { self == .q || self == .k }
}

extension LlamaConfig {
    /// The family as GGUF files call it.
    var ggufFamily: String { family == .mistral ? "llama" : family.rawValue }
    /// Whether a GGUF file of this family interleaves the rows of q and k.
    var isInterleavedInGGUF: Bool { ggufFamily == "llama" }
}

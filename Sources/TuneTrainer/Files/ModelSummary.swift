/// What a model file says of itself, read without loading it.
public struct ModelSummary: Hashable, Sendable {
    public let architecture: String
    /// Numbers in all tensors.
    public let parameters: Int
    public let contextLength: Int
    public let vocabulary: Int
    public let layers: Int
    public let hidden: Int
    /// The storage type of most numbers, such as `Q4_1`.
    public let quantization: String
    public let bytes: Int

    /// Reads and checks a model file as a run would: sizes, every tensor's presence and shape, the tokenizer.
    ///
    /// `path` is a GGUF file or a folder.
    public static func read(_ path: String) throws(TrainerError) -> ModelSummary {
        try read(PretrainedModel(path: path))
    }

    static func read(_ model: PretrainedModel) throws(TrainerError) -> ModelSummary {
        let config = model.config
        _ = try LlamaWeights(model)
        _ = try model.tokenizer()
        var counts: [TensorType: Int] = [:]
        for tensor in try model.tensors() { counts[tensor.type, default: 0] += tensor.count }
        return ModelSummary(
            architecture: model.architecture, parameters: counts.values.reduce(0, +),
            contextLength: config.contextLength, vocabulary: config.vocabulary, layers: config.layers,
            hidden: config.hidden, quantization: counts.max { $0.value < $1.value }?.key.name ?? "",
            bytes: model.byteCount)
    }
}

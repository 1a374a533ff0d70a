import TuneModel

/// A base model on disk, opened: the one door to its sizes, tensors, tokenizer and chat template, whatever keeps them.
///
/// Opening maps the files and checks what they claim; the tensors' bytes stay on disk until they are touched.
public final class PretrainedModel: Sendable {
    /// As given.
    public let path: String
    let config: LlamaConfig
    let container: any ModelContainer

    /// Opens a GGUF file, or a folder with `config.json`, `model.safetensors` and `tokenizer.json`.
    public convenience init(path: String) throws(TrainerError) {
        let container: any ModelContainer =
            MappedFile.isFolder(path) ? try FolderContainer(path) : try GGUFContainer(GGUFFile(path: path))
        try self.init(container, path: path)
    }

    init(_ container: any ModelContainer, path: String) throws(TrainerError) {
        self.path = path
        self.container = container
        config = try container.config()
    }

    /// The family's name, such as `llama`.
    public var architecture: String { config.family.rawValue }
    /// Size of all files in bytes.
    public var byteCount: Int { container.byteCount }
    /// The files that make up the model: every one must be copied with it.
    public var files: [String] { container.files }

    /// Has no number that the embedding has no row for.
    public func tokenizer() throws(TrainerError) -> Tokenizer {
        let tokenizer = try container.tokenizer()
        guard tokenizer.count <= config.vocabulary else {
            throw .vocabularyMismatch(path: path, tokens: tokenizer.count, rows: config.vocabulary)
        }
        return tokenizer
    }
    /// Throws when the model has none, or one that cannot be followed.
    public func chatTemplate() throws(TrainerError) -> ChatTemplate { try container.chatTemplate() }

    /// A tensor by what it is for; an error names a missing one, or one of another shape than the sizes demand.
    func tensor(_ role: TensorRole) throws(TrainerError) -> StoredTensor {
        guard let tensor = try tensorIfPresent(role) else {
            throw .missingTensor(path: path, name: container.name(of: role))
        }
        return tensor
    }

    /// Nil when the model has no such tensor.
    func tensorIfPresent(_ role: TensorRole) throws(TrainerError) -> StoredTensor? {
        guard let tensor = try container.tensorIfPresent(role, config) else { return nil }
        let shape = role.shape(in: config)
        guard tensor.shape == shape else {
            throw .wrongShape(path: path, name: tensor.name, expected: shape, found: tensor.shape)
        }
        return tensor
    }

    /// Every tensor that a model of these sizes is made of, in a fixed order.
    func tensors() throws(TrainerError) -> [StoredTensor] {
        var tensors = [try tensor(.embedding), try tensor(.finalNorm)]
        if !config.tiesHead { tensors.append(try tensor(.head)) }
        for layer in 0..<config.layers {
            tensors.append(try tensor(.attentionNorm(layer: layer)))
            tensors.append(try tensor(.feedForwardNorm(layer: layer)))
            if config.hasHeadNorms {
                tensors.append(try tensor(.queryNorm(layer: layer)))
                tensors.append(try tensor(.keyNorm(layer: layer)))
            }
            for target in LoRATarget.allCases {
                tensors.append(try tensor(.weight(layer: layer, target)))
                if config.biased.contains(target) { tensors.append(try tensor(.bias(layer: layer, target))) }
            }
        }
        return tensors
    }

    /// Tells models apart by content, wherever they lie: names, types and shapes of all tensors, and some bytes of each.
    public func fingerprint() throws(TrainerError) -> String {
        var hash = Fingerprint()
        hash.combine(architecture)
        for tensor in try tensors() {
            hash.combine(tensor.name)
            hash.combine(UInt64(tensor.type.rawValue))
            for size in tensor.shape { hash.combine(UInt64(size)) }
            let bytes = tensor.bytes
            for start in [0, bytes.count / 2, bytes.count - 1_024] {
                hash.combine(UnsafeRawBufferPointer(rebasing: bytes[max(0, start)...].prefix(1_024)))
            }
        }
        return hash.text
    }
}

/// Where a base model's parts are kept.
protocol ModelContainer: Sendable {
    var byteCount: Int { get }
    /// Paths of all files that make up the model.
    var files: [String] { get }

    /// The sizes and constants, each checked.
    func config() throws(TrainerError) -> LlamaConfig
    /// Nil when there is no such tensor.
    func tensorIfPresent(_ role: TensorRole, _ config: LlamaConfig) throws(TrainerError) -> StoredTensor?
    /// What a tensor is called here.
    func name(of role: TensorRole) -> String
    func tokenizer() throws(TrainerError) -> Tokenizer
    func chatTemplate() throws(TrainerError) -> ChatTemplate
}

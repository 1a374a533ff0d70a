import TuneModel

/// A base model in one GGUF file.
struct GGUFContainer: ModelContainer {
    let file: GGUFFile

    init(_ file: GGUFFile) {
        self.file = file
    }

    var byteCount: Int { file.byteCount }
    var files: [String] { [file.path] }

    func config() throws(TrainerError) -> LlamaConfig { try LlamaConfig(file) }
    func name(of role: TensorRole) -> String { role.ggufName }
    func tokenizer() throws(TrainerError) -> Tokenizer { try Tokenizer(file) }
    func chatTemplate() throws(TrainerError) -> ChatTemplate { try ChatTemplate(file) }

    func tensorIfPresent(_ role: TensorRole, _ config: LlamaConfig) throws(TrainerError) -> StoredTensor? {
        file.tensorIfPresent(role.ggufName).map { tensor in
            StoredTensor(tensor, in: file, order: order(of: role, config))
        }
    }

    /// llama.cpp turns neighbours in its llama architecture and halves in the others.
    private func order(of role: TensorRole, _ config: LlamaConfig) -> StoredTensor.RowOrder {
        switch role {
        case .weight(_, .q), .weight(_, .k), .bias(_, .q), .bias(_, .k):
            config.family == .llama ? .interleaved(headSize: config.headSize) : .asUsed
        default: .asUsed
        }
    }
}

extension StoredTensor {
    init(_ tensor: GGUFTensor, in file: GGUFFile, order: RowOrder = .asUsed) {
        self.init(
            name: tensor.name, type: tensor.type, shape: tensor.shape, order: order, file: file.file,
            byteRange: tensor.byteRange)
    }
}

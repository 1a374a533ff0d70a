public import TuneModel

/// How a base model cuts records into tokens, without its weights being read: for looking at data before it is trained.
public struct RecordTokens: Sendable {
    /// Tokens that one record may have at most.
    public let context: Int
    private let tokenizer: Tokenizer
    private let encoder: ExampleEncoder

    /// - Parameter contextLength: what a job would be told; the model's own where it is nil or larger.
    public init(modelPath: String, contextLength: Int? = nil) throws(TrainerError) {
        let model = try PretrainedModel(path: modelPath)
        context = min(contextLength ?? .max, model.config.contextLength)
        // Nothing is cut: what is too long is to be seen as such.
        encoder = try ExampleEncoder(model, contextLength: .max)
        tokenizer = encoder.tokenizer
    }

    /// The tokens of a record in order, and which of them are learned. Of a preference pair, those of the preferred
    /// answer and its question, then those of the rejected answer.
    public func tokens(of record: Record) throws(TrainerError) -> [(id: Int32, isTrained: Bool)] {
        let example = try encoder.encode(record, row: 0, for: record.shape == .preference ? .dpo(beta: 0) : .supervised)
        var tokens: [(id: Int32, isTrained: Bool)] = zip(example.tokens, example.isCompletion)
            .map { (id: $0, isTrained: $1) }
        if let rejected = example.rejected {
            tokens += zip(rejected.tokens, rejected.isCompletion).filter(\.1).map { (id: $0.0, isTrained: true) }
        }
        return tokens
    }

    /// How many tokens the longer side of a record has, and how many are learned in all.
    public func count(_ record: Record) throws(TrainerError) -> TokenCount {
        if case .completion(let prompt, let completion) = record {
            let start = tokenizer.addsBOS && tokenizer.bosID != nil ? 1 : 0
            let trained = tokenizer.encode(completion, continues: true).count
            return TokenCount(all: start + tokenizer.encode(prompt).count + trained, trained: trained)
        }
        let example = try encoder.encode(record, row: 0, for: record.shape == .preference ? .dpo(beta: 0) : .supervised)
        let trained = example.isCompletion.count { $0 }
        guard let rejected = example.rejected else { return TokenCount(all: example.tokens.count, trained: trained) }
        return TokenCount(
            all: max(example.tokens.count, rejected.tokens.count),
            trained: trained + rejected.isCompletion.count { $0 })
    }

    public func bytes(of id: Int32) -> ArraySlice<UInt8> { tokenizer.bytes(of: id) }
}

import TuneModel

/// Turns records into what the model sees.
struct ExampleEncoder {
    let tokenizer: Tokenizer
    /// Longest example in tokens.
    let contextLength: Int
    /// Needed for chat records only: a model without one still trains on prompts and completions.
    private let knownTemplate: Result<ChatTemplate, TrainerError>

    init(_ model: PretrainedModel, contextLength: Int) throws(TrainerError) {
        tokenizer = try model.tokenizer()
        knownTemplate = Result { () throws(TrainerError) in try model.chatTemplate() }
        self.contextLength = contextLength
    }

    /// The model's chat template; an error says why there is none.
    func template() throws(TrainerError) -> ChatTemplate { try knownTemplate.get() }

    /// Prompt and completion are encoded apart and joined, with nothing in between; a conversation goes through the
    /// model's chat template.
    func encode(_ record: Record, row: Int) throws(TrainerError) -> Example {
        switch record {
        case .completion(let prompt, let completion):
            let start = tokenizer.addsBOS ? [tokenizer.bosID].compactMap { $0 } : []
            return Example(
                row: row, prompt: start + tokenizer.encode(prompt),
                completion: tokenizer.encode(completion, continues: true),
                limit: contextLength)
        case .chat(let messages):
            let (tokens, isTrained) = try template().encode(messages, with: tokenizer)
            return Example(
                row: row, tokens: tokens.suffix(contextLength), isCompletion: isTrained.suffix(contextLength),
                cutTokens: max(0, tokens.count - contextLength))
        case .preference:
            throw .preferenceRecord(row: row)
        }
    }

    func encode(_ records: [Record]) throws(TrainerError) -> [Example] {
        var examples: [Example] = []
        examples.reserveCapacity(records.count)
        for (row, record) in records.enumerated() { examples.append(try encode(record, row: row)) }
        return examples
    }
}

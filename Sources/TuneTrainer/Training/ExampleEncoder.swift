import TuneModel

/// Turns records into what the model sees.
struct ExampleEncoder {
    let tokenizer: Tokenizer
    /// Needed for chat records only.
    let template: ChatTemplate?
    /// Longest example in tokens.
    let contextLength: Int
    private let modelPath: String

    init(_ model: PretrainedModel, contextLength: Int) throws(TrainerError) {
        tokenizer = try model.tokenizer()
        // A base model without a template still trains on prompts and completions.
        template = try? model.chatTemplate()
        self.contextLength = contextLength
        modelPath = model.path
    }

    /// Prompt and completion are encoded apart and joined, with nothing in between; a conversation goes through the
    /// model's chat template.
    func encode(_ record: Record, row: Int) throws(TrainerError) -> Example {
        switch record {
        case .completion(let prompt, let completion):
            let start = tokenizer.addsBOS ? [tokenizer.bosID].compactMap { $0 } : []
            return Example(
                row: row, prompt: start + tokenizer.encode(prompt), completion: tokenizer.encode(completion),
                limit: contextLength)
        case .chat(let messages):
            guard let template else { throw .noChatTemplate(path: modelPath) }
            let (tokens, isTrained) = template.encode(messages, with: tokenizer)
            return Example(
                row: row, tokens: tokens.suffix(contextLength), isCompletion: isTrained.suffix(contextLength),
                cutTokens: max(0, tokens.count - contextLength))
        case .preference:
            throw .preferenceRecord(row: row)
        }
    }

    /// The tokens that an answer follows.
    func encode(_ input: AnswerRequest.Input) throws(TrainerError) -> [Int32] {
        let tokens: [Int32]
        switch input {
        case .prompt(let prompt):
            tokens = (tokenizer.addsBOS ? [tokenizer.bosID].compactMap { $0 } : []) + tokenizer.encode(prompt)
        case .chat(let messages):
            guard let template else { throw .noChatTemplate(path: modelPath) }
            tokens = tokenizer.encode(template.render(messages, promptsAnswer: true))
        }
        guard !tokens.isEmpty else { throw .emptyPrompt }
        return tokens
    }

    func encode(_ records: [Record]) throws(TrainerError) -> [Example] {
        var examples: [Example] = []
        examples.reserveCapacity(records.count)
        for (row, record) in records.enumerated() { examples.append(try encode(record, row: row)) }
        return examples
    }
}

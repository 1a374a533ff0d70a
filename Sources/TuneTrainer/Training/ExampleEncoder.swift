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
    /// model's chat template, and so do both answers of a preference pair, each after the same conversation.
    func encode(_ record: Record, row: Int, for method: TrainingMethod = .supervised) throws(TrainerError) -> Example {
        switch (record, method) {
        case (.completion(let prompt, let completion), .supervised):
            let start = tokenizer.addsBOS ? [tokenizer.bosID].compactMap { $0 } : []
            return Example(
                row: row, prompt: start + tokenizer.encode(prompt),
                completion: tokenizer.encode(completion, continues: true), limit: contextLength)
        case (.chat(let messages), .supervised):
            let (tokens, isTrained) = try conversation(messages)
            return Example(
                row: row, tokens: tokens.suffix(contextLength), isCompletion: isTrained.suffix(contextLength),
                cutTokens: max(0, tokens.count - contextLength))
        case (.preference(let input, let preferred, let rejected), .dpo):
            return try pair(input, preferred, rejected, row: row)
        case (.preference, .supervised):
            throw .preferenceRecord(row: row)
        case (.completion, .dpo), (.chat, .dpo):
            throw .notAPreference(row: row)
        }
    }

    /// The tokens that an answer follows.
    func encode(_ input: AnswerRequest.Input) throws(TrainerError) -> [Int32] {
        let tokens: [Int32]
        switch input {
        case .prompt(let prompt):
            tokens = (tokenizer.addsBOS ? [tokenizer.bosID].compactMap { $0 } : []) + tokenizer.encode(prompt)
        case .chat(let messages):
            tokens = tokenizer.encode(try template().render(messages, promptsAnswer: true))
        case .tokens(let ids):
            tokens = ids
        }
        guard !tokens.isEmpty else { throw .emptyPrompt }
        return tokens
    }

    func encode(_ records: [Record], for method: TrainingMethod = .supervised) throws(TrainerError) -> [Example] {
        var examples: [Example] = []
        examples.reserveCapacity(records.count)
        for (row, record) in records.enumerated() { examples.append(try encode(record, row: row, for: method)) }
        return examples
    }

    // MARK: -

    private func conversation(_ messages: [Message]) throws(TrainerError) -> (ids: [Int32], isTrained: [Bool]) {
        try template().encode(messages, with: tokenizer)
    }

    /// Only the two answers are learned, not what the assistant said before. What does not fit the context is cut from
    /// the left of the prompt, of both alike, and then from the end.
    private func pair(
        _ input: [Message], _ preferred: [Message], _ rejected: [Message], row: Int
    ) throws(TrainerError) -> Example {
        let asked = input.map { Message(role: $0.role, content: $0.content, weight: 0) }
        let (better, worse) = (try conversation(asked + preferred), try conversation(asked + rejected))
        let prompt = min(better.isTrained.firstIndex(of: true) ?? 0, worse.isTrained.firstIndex(of: true) ?? 0)
        let cut = min(prompt, max(0, max(better.ids.count, worse.ids.count) - contextLength))
        func side(_ whole: (ids: [Int32], isTrained: [Bool])) -> Example.Side {
            Example.Side(
                tokens: Array(whole.ids.dropFirst(cut).prefix(contextLength)),
                isCompletion: Array(whole.isTrained.dropFirst(cut).prefix(contextLength)))
        }
        let sides = (side(better), side(worse))
        return Example(
            row: row, tokens: sides.0.tokens, isCompletion: sides.0.isCompletion, rejected: sides.1,
            cutTokens: better.ids.count + worse.ids.count - sides.0.tokens.count - sides.1.tokens.count,
            isAnswerCut: max(better.ids.count, worse.ids.count) - cut > contextLength)
    }
}

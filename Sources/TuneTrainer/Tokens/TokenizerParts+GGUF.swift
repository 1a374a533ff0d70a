extension TokenizerParts {
    /// Reads the vocabulary of a GGUF file: byte-level BPE (`gpt2`) or SentencePiece's BPE (`llama`).
    init(_ file: GGUFFile) throws(TrainerError) {
        let metadata = file.metadata
        let model = try metadata.string("tokenizer.ggml.model")
        let tokens = try WrittenTokens(metadata.array("tokenizer.ggml.tokens"), path: file.path)
        let kinds = try Self.kinds(metadata, count: tokens.count)
        // Llama's tokenizers begin every text with their own token where the file does not say otherwise.
        let addsBOS: Bool
        switch model {
        case "gpt2":
            let preTokenizer = try Self.preTokenizer(metadata)
            let merges = try MergeTable(metadata.array("tokenizer.ggml.merges"), of: tokens, path: file.path)
            let encoder = BytePairEncoder(
                merges: merges, symbols: .bytes(ByteAlphabet.scalars.map { tokens.id(of: String($0)) ?? -1 }),
                wholeWords: preTokenizer == .llama3 ? tokens : nil)
            let rules = TextRules.bytes(preTokenizer, composes: preTokenizer == .qwen2)
            self.init(tokens: tokens, kinds: kinds, rules: rules, encoder: encoder)
            addsBOS = preTokenizer == .llama3
        case "llama":
            try Self.refuseNormalization(metadata)
            let scores = try Self.scores(metadata, count: tokens.count)
            let unknown = try Self.id("tokenizer.ggml.unknown_token_id", in: metadata, count: tokens.count)
            let encoder = BytePairEncoder(
                merges: MergeTable(scores: scores, kinds: kinds, of: tokens),
                symbols: .characters(
                    tokens, bytes: Self.fallbackTokens(tokens), unknown: unknown, fusesUnknown: true))
            let hasPrefix = try metadata.bool("tokenizer.ggml.add_space_prefix", or: true)
            let rules = TextRules.pieces(hasPrefix ? .everyStretch : .never, splitsWords: false)
            self.init(tokens: tokens, kinds: kinds, rules: rules, encoder: encoder)
            addsBOS = true
        default:
            throw .unsupportedTokenizer(path: file.path, model: model)
        }
        tokens.forEachToken { index, written in
            if kinds[index].isSpecial { specials.insert(Array(written), id: Int32(index)) }
        }
        bosID = try Self.id("tokenizer.ggml.bos_token_id", in: metadata, count: tokens.count)
        eosID = try Self.id("tokenizer.ggml.eos_token_id", in: metadata, count: tokens.count)
        paddingID = try Self.id("tokenizer.ggml.padding_token_id", in: metadata, count: tokens.count)
        self.addsBOS = try metadata.bool("tokenizer.ggml.add_bos_token", or: addsBOS)
        completeEnds([try Self.id("tokenizer.ggml.eot_token_id", in: metadata, count: tokens.count)])
    }

    private static func preTokenizer(_ metadata: GGUFMetadata) throws(TrainerError) -> PreTokenizer {
        let name = try metadata.stringIfPresent("tokenizer.ggml.pre") ?? "default"
        guard let preTokenizer = PreTokenizer(ggufName: name) else {
            throw .unsupportedPreTokenizer(path: metadata.path, name: name)
        }
        return preTokenizer
    }

    /// Texts that SentencePiece changes before it looks at them: no model of these families has it do so.
    private static func refuseNormalization(_ metadata: GGUFMetadata) throws(TrainerError) {
        if try metadata.bool("tokenizer.ggml.remove_extra_whitespaces", or: false) {
            throw .unsupportedFeature(path: metadata.path, name: "tokenizer.ggml.remove_extra_whitespaces")
        }
        if case .array(let map) = metadata["tokenizer.ggml.precompiled_charsmap"], map.count > 0 {
            throw .unsupportedFeature(path: metadata.path, name: "tokenizer.ggml.precompiled_charsmap")
        }
    }

    /// The tokens' kinds; all are normal in a file that does not say.
    private static func kinds(_ metadata: GGUFMetadata, count: Int) throws(TrainerError) -> [TokenKind] {
        let key = "tokenizer.ggml.token_type"
        guard metadata[key] != nil else { return Array(repeating: .normal, count: count) }
        guard let numbers = try metadata.array(key).integers() else {
            throw .damagedTokenizer(path: metadata.path, .wrongList(key: key))
        }
        guard numbers.count == count else {
            let fault = TokenizerFault.lengthMismatch(key: key, expected: count, found: numbers.count)
            throw .damagedTokenizer(path: metadata.path, fault)
        }
        return numbers.map { TokenKind(rawValue: $0) ?? .undefined }
    }

    private static func scores(_ metadata: GGUFMetadata, count: Int) throws(TrainerError) -> [Double] {
        let key = "tokenizer.ggml.scores"
        guard let scores = try metadata.array(key).numbers(), scores.allSatisfy(\.isFinite) else {
            throw .damagedTokenizer(path: metadata.path, .wrongList(key: key))
        }
        guard scores.count == count else {
            let fault = TokenizerFault.lengthMismatch(key: key, expected: count, found: scores.count)
            throw .damagedTokenizer(path: metadata.path, fault)
        }
        return scores
    }

    private static func id(_ key: String, in metadata: GGUFMetadata, count: Int) throws(TrainerError) -> Int32? {
        guard metadata[key] != nil else { return nil }
        let id = try metadata.integer(key)
        guard (0..<count).contains(id) else {
            throw .damagedTokenizer(path: metadata.path, .outOfRange(key: key, id: id, count: count))
        }
        return Int32(id)
    }
}

/// The tokenizer of a GGUF file as the files of the transformers library.
struct TokenizerFiles {
    /// Names and texts.
    let files: [(name: String, text: String)]

    init(_ file: GGUFFile, modelMaxLength: Int) throws(TrainerError) {
        let metadata = file.metadata
        // Reading it checks every list against the others.
        let parts = try TokenizerParts(file)
        let tokens = parts.tokens.texts
        let unknown = try Self.unknownID(metadata, count: tokens.count)
        let json = JSONText.object([
            ("version", .text("1.0")), ("truncation", .null), ("padding", .null),
            ("added_tokens", .list(Self.added(parts, tokens))), ("normalizer", parts.rules.normalizer),
            ("pre_tokenizer", parts.rules.preTokenizer), ("post_processor", Self.postProcessor(parts, tokens)),
            ("decoder", parts.rules.decoder),
            ("model", try Self.model(parts, tokens, unknown: unknown, metadata)),
        ])
        let template = try metadata.stringIfPresent("tokenizer.chat_template")
        let special = Self.specialNames(parts, tokens, unknown: unknown)
        let settings: [(String, JSONText)] =
            [
                ("add_bos_token", .bool(parts.addsBOS)),
                ("clean_up_tokenization_spaces", .bool(false)), ("model_max_length", .integer(modelMaxLength)),
                ("tokenizer_class", .text("PreTrainedTokenizerFast")),
            ] + special + (template.map { [("chat_template", .text($0))] } ?? [])
        files =
            [
                ("tokenizer.json", json.written(flatBelow: 3)),
                ("tokenizer_config.json", JSONText.object(settings).written()),
                ("special_tokens_map.json", JSONText.object(special).written()),
            ] + (template.map { [("chat_template.jinja", $0)] } ?? [])
    }

    // MARK: -

    private static func unknownID(_ metadata: GGUFMetadata, count: Int) throws(TrainerError) -> Int32? {
        let key = "tokenizer.ggml.unknown_token_id"
        guard metadata[key] != nil else { return nil }
        let id = try metadata.integer(key)
        return (0..<count).contains(id) ? Int32(id) : nil
    }

    private static func specialNames(
        _ parts: TokenizerParts, _ tokens: [String], unknown: Int32?
    ) -> [(String, JSONText)] {
        let ids = [
            ("bos_token", parts.bosID), ("eos_token", parts.eosID), ("pad_token", parts.paddingID),
            ("unk_token", unknown),
        ]
        return ids.compactMap { name, id in id.map { (name, .text(tokens[Int($0)])) } }
    }

    private static func added(_ parts: TokenizerParts, _ tokens: [String]) -> [JSONText] {
        tokens.indices.filter { parts.kinds[$0].isSpecial }.map { id in
            .object([
                ("id", .integer(id)), ("content", .text(tokens[id])), ("single_word", .bool(false)),
                ("lstrip", .bool(false)), ("rstrip", .bool(false)), ("normalized", .bool(false)),
                ("special", .bool(parts.kinds[id] != .userDefined)),
            ])
        }
    }

    private static func model(
        _ parts: TokenizerParts, _ tokens: [String], unknown: Int32?, _ metadata: GGUFMetadata
    ) throws(TrainerError) -> JSONText {
        let isBytes = parts.rules.isBytes
        var merges: [JSONText] = []
        if isBytes {
            try metadata.array("tokenizer.ggml.merges").forEachString { _, merge in
                merges.append(pair(String(decoding: merge, as: UTF8.self)))
            }
        } else {
            let scores = try metadata.array("tokenizer.ggml.scores").numbers() ?? []
            merges = PieceMerges(tokens, kinds: parts.kinds, scores: scores).pairs.map { left, right in
                .list([.text(left), .text(right)])
            }
        }
        let unknown = isBytes ? nil : unknown.map { tokens[Int($0)] }
        return .object([
            ("type", .text("BPE")), ("dropout", .null), ("unk_token", unknown.map(JSONText.text) ?? .null),
            ("continuing_subword_prefix", .null), ("end_of_word_suffix", .null), ("fuse_unk", .bool(!isBytes)),
            ("byte_fallback", .bool(!isBytes)), ("ignore_merges", .bool(parts.rules.keepsWholeWords)),
            ("vocab", .object(tokens.enumerated().map { ($0.element, .integer($0.offset)) })),
            ("merges", .list(merges)),
        ])
    }

    /// Two parts with a space between, as the pair that newer readers want.
    private static func pair(_ text: String) -> JSONText {
        .list(text.split(separator: " ", maxSplits: 1).map { .text(String($0)) })
    }

    /// Puts the first token in front where the model wants it.
    private static func postProcessor(_ parts: TokenizerParts, _ tokens: [String]) -> JSONText {
        guard parts.addsBOS, let id = parts.bosID else {
            return parts.rules.isBytes ? TextRules.byteLevel(usesRegex: true) : .null
        }
        let name = tokens[Int(id)]
        let first = JSONText.object([("SpecialToken", .object([("id", .text(name)), ("type_id", .integer(0))]))])
        func sequence(_ letter: String, _ type: Int) -> JSONText {
            .object([("Sequence", .object([("id", .text(letter)), ("type_id", .integer(type))]))])
        }
        let special = JSONText.object([
            ("id", .text(name)), ("ids", .list([.integer(Int(id))])), ("tokens", .list([.text(name)])),
        ])
        return .object([
            ("type", .text("TemplateProcessing")), ("single", .list([first, sequence("A", 0)])),
            ("pair", .list([first, sequence("A", 0), sequence("B", 1)])),
            ("special_tokens", .object([(name, special)])),
        ])
    }
}

extension WrittenTokens {
    /// All tokens as text; what is no UTF-8 is replaced.
    var texts: [String] {
        var texts: [String] = []
        texts.reserveCapacity(count)
        forEachToken { texts.append(String(decoding: $1, as: UTF8.self)) }
        return texts
    }
}

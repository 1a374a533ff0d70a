/// The tokenizer of a GGUF file as the files of the transformers library.
struct TokenizerFiles {
    /// Names and texts.
    let files: [(name: String, text: String)]

    init(_ file: GGUFFile, modelMaxLength: Int) throws(TrainerError) {
        // Reading it checks every list against the others.
        let tokenizer = try Tokenizer(file)
        let metadata = file.metadata
        let tokens = try Self.texts(metadata.array("tokenizer.ggml.tokens"))
        let kinds = (try? metadata.array("tokenizer.ggml.token_type").integers()) ?? []
        let merges = try Self.texts(metadata.array("tokenizer.ggml.merges"))

        let added = tokens.indices.filter { index in
            index < kinds.count && TokenKind(rawValue: kinds[index])?.isSpecial == true
        }
        let json = JSONText.object([
            ("version", .text("1.0")), ("truncation", .null), ("padding", .null),
            ("added_tokens", .list(added.map { Self.added($0, tokens[$0], kinds[$0]) })),
            ("normalizer", .null), ("pre_tokenizer", tokenizer.preTokenizer.checkpointForm),
            ("post_processor", Self.postProcessor(tokenizer, tokens)), ("decoder", Self.byteLevel(usesRegex: true)),
            (
                "model",
                .object([
                    ("type", .text("BPE")), ("dropout", .null), ("unk_token", .null),
                    ("continuing_subword_prefix", .null), ("end_of_word_suffix", .null), ("fuse_unk", .bool(false)),
                    ("byte_fallback", .bool(false)), ("ignore_merges", .bool(false)),
                    ("vocab", .object(tokens.enumerated().map { ($0.element, .integer($0.offset)) })),
                    ("merges", .list(merges.map(Self.merge))),
                ])
            ),
        ])
        var files = [("tokenizer.json", json.written(flatBelow: 3))]
        var special: [(String, JSONText)] = []
        for (name, id) in [
            ("bos_token", tokenizer.bosID), ("eos_token", tokenizer.eosID), ("pad_token", tokenizer.paddingID),
            ("unk_token", try Self.unknownID(metadata, count: tokens.count)),
        ] {
            if let id { special.append((name, .text(tokens[Int(id)]))) }
        }
        let template = try metadata.stringIfPresent("tokenizer.chat_template")
        let settings: [(String, JSONText)] =
            [
                ("add_bos_token", .bool(tokenizer.addsBOS)), ("add_prefix_space", .bool(false)),
                ("clean_up_tokenization_spaces", .bool(false)), ("model_max_length", .integer(modelMaxLength)),
                ("tokenizer_class", .text("PreTrainedTokenizerFast")),
            ] + special + (template.map { [("chat_template", .text($0))] } ?? [])
        files.append(("tokenizer_config.json", JSONText.object(settings).written()))
        files.append(("special_tokens_map.json", JSONText.object(special).written()))
        if let template { files.append(("chat_template.jinja", template)) }
        self.files = files
    }

    // MARK: -

    private static func texts(_ array: GGUFArray) -> [String] {
        var texts: [String] = []
        texts.reserveCapacity(array.count)
        array.forEachString { texts.append(String(decoding: $1, as: UTF8.self)) }
        return texts
    }

    private static func unknownID(_ metadata: GGUFMetadata, count: Int) throws(TrainerError) -> Int32? {
        let key = "tokenizer.ggml.unknown_token_id"
        guard metadata[key] != nil else { return nil }
        let id = try metadata.integer(key)
        return (0..<count).contains(id) ? Int32(id) : nil
    }

    private static func added(_ id: Int, _ text: String, _ kind: Int) -> JSONText {
        .object([
            ("id", .integer(id)), ("content", .text(text)), ("single_word", .bool(false)), ("lstrip", .bool(false)),
            ("rstrip", .bool(false)), ("normalized", .bool(false)),
            ("special", .bool(TokenKind(rawValue: kind) != .userDefined)),
        ])
    }

    /// Two parts with a space between, as the pair that newer readers want.
    private static func merge(_ text: String) -> JSONText {
        .list(text.split(separator: " ", maxSplits: 1).map { .text(String($0)) })
    }

    /// Puts the first token in front where the model wants it.
    private static func postProcessor(_ tokenizer: Tokenizer, _ tokens: [String]) -> JSONText {
        guard tokenizer.addsBOS, let id = tokenizer.bosID else { return byteLevel(usesRegex: true) }
        let name = tokens[Int(id)]
        let first = JSONText.object([("SpecialToken", .object([("id", .text(name)), ("type_id", .integer(0))]))])
        func sequence(_ letter: String, _ type: Int) -> JSONText {
            .object([("Sequence", .object([("id", .text(letter)), ("type_id", .integer(type))]))])
        }
        return .object([
            ("type", .text("TemplateProcessing")), ("single", .list([first, sequence("A", 0)])),
            ("pair", .list([first, sequence("A", 0), sequence("B", 1)])),
            (
                "special_tokens",
                .object([
                    (
                        name,
                        .object([
                            ("id", .text(name)), ("ids", .list([.integer(Int(id))])), ("tokens", .list([.text(name)])),
                        ])
                    )
                ])
            ),
        ])
    }

    fileprivate static func byteLevel(usesRegex: Bool) -> JSONText {
        .object([
            ("type", .text("ByteLevel")), ("add_prefix_space", .bool(false)), ("trim_offsets", .bool(true)),
            ("use_regex", .bool(usesRegex)),
        ])
    }
}

extension PreTokenizer {
    /// The rules as `tokenizer.json` says them.
    fileprivate var checkpointForm: JSONText {
        switch self {
        case .gpt2: TokenizerFiles.byteLevel(usesRegex: true)
        case .smollm:
            .object([
                ("type", .text("Sequence")),
                (
                    "pretokenizers",
                    .list([
                        .object([("type", .text("Digits")), ("individual_digits", .bool(true))]),
                        TokenizerFiles.byteLevel(usesRegex: true),
                    ])
                ),
            ])
        }
    }
}

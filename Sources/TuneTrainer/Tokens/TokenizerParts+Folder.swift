import Foundation

extension TokenizerParts {
    /// Reads a checkpoint folder: `tokenizer.json`, and what `tokenizer_config.json`, `config.json` and
    /// `generation_config.json` say of special tokens.
    init(folder: String, model: JSONSettings) throws(TrainerError) {
        let file = try TokenizerFile(path: "\(folder)/tokenizer.json")
        let settings = try JSONSettings.ifPresent("\(folder)/tokenizer_config.json")
        let older = try JSONSettings.ifPresent("\(folder)/special_tokens_map.json")
        let generation = try JSONSettings.ifPresent("\(folder)/generation_config.json")
        try self.init(file)

        func named(_ key: String) -> Int32? {
            let values = [settings[key], older[key]]
            return values.lazy.compactMap { $0.text ?? $0["content"].text }.first.flatMap(tokens.id)
        }
        func numbered(_ key: String) -> [Int32] {
            [model, generation].flatMap { settings in
                (settings[key].elements ?? [settings[key]]).compactMap(\.integer)
                    .filter { (0..<tokens.count).contains($0) }.map(Int32.init)
            }
        }
        let inFront = file.tokenInFront.flatMap(tokens.id)
        bosID = inFront ?? named("bos_token") ?? numbered("bos_token_id").first
        eosID = named("eos_token") ?? numbered("eos_token_id").first
        paddingID = named("pad_token") ?? numbered("pad_token_id").first
        addsBOS = try settings.bool("add_bos_token", or: inFront != nil)
        completeEnds(numbered("eos_token_id"))
    }

    init(_ file: TokenizerFile) throws(TrainerError) {
        let path = file.path
        let settings = JSONSettings(path: path, values: file.settings)
        let model = settings["type"].text ?? "BPE"
        guard model == "BPE" else { throw .unsupportedTokenizer(path: path, model: model) }
        for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
            guard settings[key] == .null || settings[key].text == "" else {
                throw .unsupportedFeature(path: path, name: "`\(key)` of the tokenizer")
            }
        }
        let rules = try file.rules()
        let tokens = try WrittenTokens(file.tokens, path: path)
        var kinds = Array(repeating: TokenKind.normal, count: tokens.count)
        for id in 0..<tokens.count where file.tokens[id] == nil { kinds[id] = .unused }
        for token in file.added { kinds[token.id] = token.isSpecial ? .control : .userDefined }

        let unknown = settings["unk_token"].text.flatMap(tokens.id)
        let symbols: BytePairEncoder.Symbols
        switch rules {
        case .bytes:
            symbols = .bytes(ByteAlphabet.scalars.map { tokens.id(of: String($0)) ?? unknown ?? -1 })
        case .pieces:
            let hasBytes = try settings.bool("byte_fallback", or: false)
            let bytes = hasBytes ? Self.fallbackTokens(tokens) : Array(repeating: -1, count: 256)
            for id in bytes where id >= 0 { kinds[Int(id)] = .byte }
            symbols = .characters(
                tokens, bytes: bytes, unknown: unknown, fusesUnknown: try settings.bool("fuse_unk", or: false))
        }
        var merges = MergeTable(capacity: file.merges.count)
        for (rank, merge) in file.merges.enumerated() {
            let result = merge.left.withUnsafeBytes { left in
                merge.right.withUnsafeBytes { right in
                    Result { () throws(TrainerError) in
                        try merges.insert(left, right, rank: rank, of: tokens, path: path)
                    }
                }
            }
            try result.get()
        }
        let keepsWhole = try settings.bool("ignore_merges", or: false)
        self.init(
            tokens: tokens, kinds: kinds, rules: rules,
            encoder: BytePairEncoder(merges: merges, symbols: symbols, wholeWords: keepsWhole ? tokens : nil))
        for token in file.added {
            if token.isNormalized {
                lateSpecials.insert(Self.madeReady(token.content, rules), id: Int32(token.id))
            } else {
                specials.insert(Array(token.content.utf8), id: Int32(token.id))
            }
        }
    }

    /// How a token's own name looks in a text that was made ready.
    private static func madeReady(_ text: String, _ rules: TextRules) -> [UInt8] {
        switch rules {
        case .bytes(_, let composes): Array((composes ? text.precomposedStringWithCanonicalMapping : text).utf8)
        case .pieces(let prefix, _):
            Array(((prefix == .everyStretch ? "▁" : "") + text.replacing(" ", with: "▁")).utf8)
        }
    }
}

extension JSONSettings {
    /// No settings where there is no such file.
    static func ifPresent(_ path: String) throws(TrainerError) -> JSONSettings {
        FileManager.default.fileExists(atPath: path)
            ? try JSONSettings(path: path) : JSONSettings(path: path, values: .object([:]))
    }
}

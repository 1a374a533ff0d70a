extension TextRules {
    /// Whether tokens are made of bytes.
    var isBytes: Bool { if case .bytes = self { true } else { false } }

    /// Whether a word that is a token is taken whole, whatever its merges would make of it.
    var keepsWholeWords: Bool { if case .bytes(.llama3, _) = self { true } else { false } }

    /// What `tokenizer.json` has a text made ready by.
    var normalizer: JSONText {
        switch self {
        case .bytes(_, composes: true): return Self.step("NFC")
        case .bytes: return .null
        case .pieces(let prefix, _):
            let mark = JSONText.object([
                ("type", .text("Replace")), ("pattern", .object([("String", .text(" "))])), ("content", .text("▁")),
            ])
            guard prefix != .never else { return mark }
            let prepend = JSONText.object([("type", .text("Prepend")), ("prepend", .text("▁"))])
            return Self.sequence("normalizers", [prepend, mark])
        }
    }

    /// What `tokenizer.json` has words cut by.
    var preTokenizer: JSONText {
        guard case .bytes(let rules, _) = self else { return .null }
        switch rules {
        case .gpt2: return Self.byteLevel(usesRegex: true)
        case .smollm:
            let digits = JSONText.object([("type", .text("Digits")), ("individual_digits", .bool(true))])
            return Self.sequence("pretokenizers", [digits, Self.byteLevel(usesRegex: true)])
        case .llama3, .qwen2:
            let split = JSONText.object([
                ("type", .text("Split")), ("pattern", .object([("Regex", .text(rules.expression ?? ""))])),
                ("behavior", .text("Isolated")), ("invert", .bool(false)),
            ])
            return Self.sequence("pretokenizers", [split, Self.byteLevel(usesRegex: false)])
        }
    }

    /// What `tokenizer.json` has tokens made text again by.
    var decoder: JSONText {
        guard case .pieces(let prefix, _) = self else { return Self.byteLevel(usesRegex: true) }
        let spaces = JSONText.object([
            ("type", .text("Replace")), ("pattern", .object([("String", .text("▁"))])), ("content", .text(" ")),
        ])
        let strip = JSONText.object([
            ("type", .text("Strip")), ("content", .text(" ")), ("start", .integer(1)), ("stop", .integer(0)),
        ])
        let steps = [spaces, Self.step("ByteFallback"), Self.step("Fuse")]
        return Self.sequence("decoders", prefix == .never ? steps : steps + [strip])
    }

    static func byteLevel(usesRegex: Bool) -> JSONText {
        .object([
            ("type", .text("ByteLevel")), ("add_prefix_space", .bool(false)), ("trim_offsets", .bool(true)),
            ("use_regex", .bool(usesRegex)),
        ])
    }

    private static func step(_ type: String) -> JSONText { .object([("type", .text(type))]) }

    private static func sequence(_ key: String, _ steps: [JSONText]) -> JSONText {
        .object([("type", .text("Sequence")), (key, .list(steps))])
    }
}

extension PreTokenizer {
    /// The expression that cuts words in `tokenizer.json`; nil for rules that are said without one.
    var expression: String? {
        let digits: String
        switch self {
        case .gpt2, .smollm: return nil
        case .llama3: digits = #"\p{N}{1,3}"#
        case .qwen2: digits = #"\p{N}"#
        }
        return
            #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\#(digits)| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"#
            + #"\s+(?!\S)|\s+"#
    }
}

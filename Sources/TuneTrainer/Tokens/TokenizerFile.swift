/// A `tokenizer.json` as it stands: vocabulary and merges, and the rules around them.
struct TokenizerFile {
    private(set) var path: String
    private(set) var tokens = TokenList()
    private(set) var merges: [Merge] = []
    /// Tokens that are found in a text by their own name.
    private(set) var added: [Added] = []
    private(set) var normalizer = JSONValue.null
    private(set) var preTokenizer = JSONValue.null
    private(set) var postProcessor = JSONValue.null
    /// The model's settings beside vocabulary and merges.
    private(set) var settings = JSONValue.null

    /// The two parts that become one.
    struct Merge {
        let left: [UInt8]
        let right: [UInt8]
    }

    struct Added {
        let id: Int
        let content: String
        let isSpecial: Bool
        /// Looked for after the text was made ready, not before.
        let isNormalized: Bool
    }

    init(path: String) throws(TrainerError) {
        let file = try MappedFile(path: path)
        defer { withExtendedLifetime(file) {} }
        try self.init(file.bytes, path: path)
    }

    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(TrainerError) {
        self.path = path
        var reader = JSONReader(bytes, path: path)
        var file = self
        try reader.readObject { (reader, key) throws(TrainerError) in
            switch key {
            case "added_tokens": try file.readAdded(&reader)
            case "normalizer": file.normalizer = try reader.readValue()
            case "pre_tokenizer": file.preTokenizer = try reader.readValue()
            case "post_processor": file.postProcessor = try reader.readValue()
            case "model": try file.readModel(&reader)
            default: try reader.skip()
            }
        }
        try reader.finish()
        self = file
        for token in added { try tokens.put(Array(token.content.utf8), at: token.id, path: path) }
        // Numbers without a token may be a few, not most of what is claimed.
        guard tokens.count <= 2 * tokens.filled + 1_024 else {
            let fault = TokenizerFault.outOfRange(key: "vocab", id: tokens.count - 1, count: tokens.filled)
            throw .damagedTokenizer(path: path, fault)
        }
    }

    private mutating func readAdded(_ reader: inout JSONReader) throws(TrainerError) {
        var added: [Added] = []
        let path = self.path
        try reader.readArray { (reader, _) throws(TrainerError) in
            let token = JSONSettings(path: path, values: try reader.readValue(limit: 100))
            let content = try token.string("content")
            for key in ["single_word", "lstrip", "rstrip"] where token[key].isTrue {
                throw .unsupportedFeature(path: path, name: "`\(key)` of the token `\(content)`")
            }
            added.append(
                Added(
                    id: try token.integer("id", 0...TokenList.largest - 1), content: content,
                    isSpecial: token["special"].isTrue, isNormalized: token["normalized"].isTrue))
        }
        self.added = added
    }

    private mutating func readModel(_ reader: inout JSONReader) throws(TrainerError) {
        var (tokens, merges, settings) = (TokenList(), [Merge](), [String: JSONValue]())
        let path = self.path
        try reader.readObject { (reader, key) throws(TrainerError) in
            // Another kind of model keeps its vocabulary in another form; its type then names it.
            switch (key, try reader.peek()) {
            case ("vocab", .object):
                try reader.readVocabulary { (token, id) throws(TrainerError) in
                    try tokens.put(token, at: id, path: path)
                }
            case ("merges", .array):
                try reader.readArray { (reader, index) throws(TrainerError) in
                    merges.append(try reader.readMerge(index))
                }
            case ("vocab", _): try reader.skip()
            default: settings[key] = try reader.readValue()
            }
        }
        (self.tokens, self.merges, self.settings) = (tokens, merges, .object(settings))
    }
}

extension JSONReader {
    fileprivate mutating func readVocabulary(
        _ body: ([UInt8], Int) throws(TrainerError) -> Void
    ) throws(TrainerError) {
        try readObject { (reader, token) throws(TrainerError) in try body(Array(token.utf8), reader.readInteger()) }
    }

    /// New files write a pair, older ones a text with a space between.
    fileprivate mutating func readMerge(_ index: Int) throws(TrainerError) -> TokenizerFile.Merge {
        let path = self.path
        func malformed() -> TrainerError { .damagedTokenizer(path: path, .malformedMerge(index: index)) }
        if try peek() == .array {
            var parts: [[UInt8]] = []
            try readArray { (reader, place) throws(TrainerError) in
                guard place < 2 else { throw malformed() }
                parts.append(try reader.readBytes())
            }
            guard parts.count == 2 else { throw malformed() }
            return TokenizerFile.Merge(left: parts[0], right: parts[1])
        }
        let text = try readBytes()
        guard let space = text.firstIndex(of: 0x20), space > 0, space < text.count - 1,
            !text[(space + 1)...].contains(0x20)
        else { throw malformed() }
        return TokenizerFile.Merge(left: Array(text[..<space]), right: Array(text[(space + 1)...]))
    }
}

import Synchronization

/// The byte-level BPE tokenizer that a GGUF file carries. Any number of threads may use one at the same time.
public final class Tokenizer: Sendable {
    /// Tokens that begin and end a text, and that fill one up, as far as the model has them.
    public let bosID: Int32?
    public let eosID: Int32?
    public let paddingID: Int32?
    /// Whether the model wants `bosID` in front of every text.
    public let addsBOS: Bool
    /// Tokens after which an answer is over.
    public let endIDs: Set<Int32>
    public let preTokenizer: PreTokenizer

    private let vocabulary: Vocabulary
    private let specials: SpecialTokens
    private let encoder: BytePairEncoder
    /// Work space with its caches, one for each thread that encodes.
    private let spares = Mutex<[WorkSpace]>([])

    private struct WorkSpace {
        var cache = WordCache()
        var scratch = BytePairEncoder.Scratch()
    }

    /// Reads the vocabulary of a model file.
    public init(_ file: GGUFFile) throws(TrainerError) {
        let metadata = file.metadata
        let path = file.path
        let model = try metadata.string("tokenizer.ggml.model")
        guard model == "gpt2" else { throw .unsupportedTokenizer(path: path, model: model) }
        let rules = try metadata.stringIfPresent("tokenizer.ggml.pre") ?? "default"
        guard let preTokenizer = PreTokenizer(rawValue: rules) else {
            throw .unsupportedPreTokenizer(path: path, name: rules)
        }
        self.preTokenizer = preTokenizer

        let tokens = try WrittenTokens(metadata.array("tokenizer.ggml.tokens"), path: path)
        let kinds = try Self.kinds(metadata, count: tokens.count)
        vocabulary = Vocabulary(tokens, kinds: kinds)
        encoder = BytePairEncoder(
            merges: try MergeTable(metadata.array("tokenizer.ggml.merges"), of: tokens, path: path),
            byteTokens: ByteAlphabet.scalars.map { tokens.id(of: String($0)) ?? -1 })
        var specials = SpecialTokens()
        for (index, kind) in kinds.enumerated() where kind.isSpecial {
            specials.insert(Array(vocabulary[Int32(index)]), id: Int32(index))
        }
        self.specials = specials

        bosID = try Self.id("tokenizer.ggml.bos_token_id", in: metadata, count: tokens.count)
        eosID = try Self.id("tokenizer.ggml.eos_token_id", in: metadata, count: tokens.count)
        paddingID = try Self.id("tokenizer.ggml.padding_token_id", in: metadata, count: tokens.count)
        addsBOS = try metadata.bool("tokenizer.ggml.add_bos_token", or: false)
        let turnEnd = try Self.id("tokenizer.ggml.eot_token_id", in: metadata, count: tokens.count)
        let customary = ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>"]
            .compactMap(tokens.id).filter { kinds[Int($0)].isSpecial }
        endIDs = Set([eosID, turnEnd].compactMap { $0 } + customary)
    }

    /// Tokens in the vocabulary.
    public var count: Int { vocabulary.count }

    /// The text's tokens; special tokens in it are recognised, none is added.
    ///
    /// A byte that the vocabulary lacks is left out, as the reference does; SmolLM2 lacks a few control characters.
    public func encode(_ text: String) -> [Int32] {
        var ids: [Int32] = []
        var text = text
        text.withUTF8 { encode(UnsafeRawBufferPointer($0), into: &ids) { _, _ in } }
        return ids
    }

    /// The text's tokens, and for each the UTF-8 offset in the text at which it begins.
    public func encodeWithOffsets(_ text: String) -> (ids: [Int32], offsets: [Int]) {
        var ids: [Int32] = []
        var offsets: [Int] = []
        var text = text
        text.withUTF8 { text in
            encode(UnsafeRawBufferPointer(text), into: &ids) { start, tokens in
                var offset = start
                for id in tokens {
                    offsets.append(offset)
                    offset += vocabulary[id].count
                }
            }
        }
        return (ids, offsets)
    }

    /// The bytes that one token stands for, which may be a part of a character; none for an unknown number.
    public func bytes(of id: Int32) -> ArraySlice<UInt8> { vocabulary[id] }

    /// The text of the tokens; bytes that make up no character become U+FFFD.
    public func decode(_ ids: some Sequence<Int32>) -> String {
        String(decoding: ids.flatMap { vocabulary[$0] }, as: UTF8.self)
    }

    // MARK: -

    /// Appends the tokens, and tells of each word or special token where it begins and what it became.
    private func encode(
        _ text: UnsafeRawBufferPointer, into ids: inout [Int32], _ body: (Int, ArraySlice<Int32>) -> Void
    ) {
        var workSpace = spares.withLock { $0.popLast() } ?? WorkSpace()
        var position = 0
        while position < text.count {
            let special = specials.first(in: text, from: position)
            let end = special?.range.lowerBound ?? text.count
            let base = position
            preTokenizer.forEachWord(in: UnsafeRawBufferPointer(rebasing: text[position..<end])) { word in
                let start = ids.count
                let place = base + word.lowerBound..<base + word.upperBound
                encodeWord(UnsafeRawBufferPointer(rebasing: text[place]), &workSpace, into: &ids)
                body(place.lowerBound, ids[start...])
            }
            position = end
            if let special {
                ids.append(special.id)
                body(position, ids[(ids.count - 1)...])
                position = special.range.upperBound
            }
        }
        spares.withLock { $0.append(workSpace) }
    }

    @inline(__always)
    private func encodeWord(_ word: UnsafeRawBufferPointer, _ workSpace: inout WorkSpace, into ids: inout [Int32]) {
        guard let key = WordCache.Key(word) else {
            encoder.encode(word, with: &workSpace.scratch, into: &ids)
            return
        }
        if workSpace.cache.append(key, to: &ids) { return }
        let start = ids.count
        encoder.encode(word, with: &workSpace.scratch, into: &ids)
        workSpace.cache.remember(key, ids[start...])
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

    private static func id(_ key: String, in metadata: GGUFMetadata, count: Int) throws(TrainerError) -> Int32? {
        guard metadata[key] != nil else { return nil }
        let id = try metadata.integer(key)
        guard (0..<count).contains(id) else {
            throw .damagedTokenizer(path: metadata.path, .outOfRange(key: key, id: id, count: count))
        }
        return Int32(id)
    }
}

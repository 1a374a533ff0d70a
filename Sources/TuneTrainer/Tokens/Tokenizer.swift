import Foundation
import Synchronization

/// The tokenizer that a model carries: byte-level BPE, or SentencePiece's BPE over characters. Any number of threads
/// may use one at the same time.
public final class Tokenizer: Sendable {
    /// Tokens that begin and end a text, and that fill one up, as far as the model has them.
    public let bosID: Int32?
    public let eosID: Int32?
    public let paddingID: Int32?
    /// Whether the model wants `bosID` in front of every text.
    public let addsBOS: Bool
    /// Tokens after which an answer is over.
    public let endIDs: Set<Int32>

    let rules: TextRules
    let vocabulary: Vocabulary
    let specials: SpecialTokens
    let lateSpecials: SpecialTokens
    let encoder: BytePairEncoder
    /// Tokens that make no text of an answer, such as `<|im_start|>`.
    private let silentIDs: Set<Int32>
    private let knownTrie = Mutex<VocabularyTrie?>(nil)
    /// Work space with its caches, one for each thread that encodes.
    private let spares = Mutex<[WorkSpace]>([])

    struct WorkSpace {
        var cache: WordCache
        var scratch = BytePairEncoder.Scratch()
    }

    /// Reads the vocabulary of a GGUF file.
    public convenience init(_ file: GGUFFile) throws(TrainerError) {
        self.init(try TokenizerParts(file))
    }

    init(_ parts: TokenizerParts) {
        bosID = parts.bosID
        eosID = parts.eosID
        paddingID = parts.paddingID
        addsBOS = parts.addsBOS && parts.bosID != nil
        endIDs = parts.endIDs
        rules = parts.rules
        vocabulary = Vocabulary(parts.tokens, kinds: parts.kinds, rules: parts.rules)
        specials = parts.specials
        lateSpecials = parts.lateSpecials
        encoder = parts.encoder
        silentIDs = Set(
            parts.kinds.indices.filter { [.control, .unknown, .unused].contains(parts.kinds[$0]) }.map(Int32.init)
        ).union(parts.endIDs)
    }

    /// The tokens that make text, as a tree, made when first asked for.
    var trie: VocabularyTrie {
        knownTrie.withLock { known in
            if let known { return known }
            let tokens = (0..<Int32(count)).lazy.filter { !self.silentIDs.contains($0) }
            let trie = VocabularyTrie(count: count, tokens: tokens.map { ($0, self.bytes(of: $0)) })
            known = trie
            return trie
        }
    }

    /// Tokens in the vocabulary.
    public var count: Int { vocabulary.count }

    /// How words are cut; nil for a tokenizer of characters.
    public var preTokenizer: PreTokenizer? {
        guard case .bytes(let preTokenizer, _) = rules else { return nil }
        return preTokenizer
    }

    /// The text's tokens; special tokens in it are recognised, none is added.
    ///
    /// `continues` says that other text came before, so that no space is put in front where the tokenizer would.
    /// A byte that the vocabulary lacks is left out, as the reference does; SmolLM2 lacks a few control characters.
    public func encode(_ text: String, continues: Bool = false) -> [Int32] {
        var ids: [Int32] = []
        encode(text, continues: continues, into: &ids, nil)
        return ids
    }

    /// The text's tokens, and for each the UTF-8 offsets of the text that it stands for; empty for what was put in
    /// front. In a text that had to be composed first, they are those of the composed text.
    public func encodeWithRanges(_ text: String, continues: Bool = false) -> (ids: [Int32], ranges: [Range<Int>]) {
        var ids: [Int32] = []
        var ranges: [Range<Int>] = []
        encode(text, continues: continues, into: &ids) { ranges.append($0) }
        return (ids, ranges)
    }

    /// The text as the tokenizer looks at it: composed, where it composes.
    public func normalized(_ text: String) -> String {
        guard case .bytes(_, composes: true) = rules else { return text }
        return text.precomposedStringWithCanonicalMapping
    }

    /// The bytes that one token stands for, which may be a part of a character; none for an unknown number.
    public func bytes(of id: Int32) -> ArraySlice<UInt8> { vocabulary[id] }

    /// The text of the tokens; bytes that make up no character become U+FFFD. The space that was put in front of the
    /// text, where the tokenizer does so, is taken away again.
    public func decode(_ ids: some Sequence<Int32>) -> String {
        var bytes = ids.flatMap { vocabulary[$0] }[...]
        if case .pieces(let prefix, _) = rules, prefix != .never, bytes.first == 0x20 { bytes.removeFirst() }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: -

    /// Appends the tokens; `body` gets each token's range, if anybody wants it.
    private func encode(
        _ text: String, continues: Bool, into ids: inout [Int32], _ body: ((Range<Int>) -> Void)?
    ) {
        var workSpace = spares.withLock { $0.popLast() } ?? WorkSpace(cache: WordCache(vocabulary: count))
        var text = text
        text.withUTF8 { text in
            let text = UnsafeRawBufferPointer(text)
            var position = 0
            while position < text.count {
                let special = specials.first(in: text, from: position)
                let end = special?.range.lowerBound ?? text.count
                if position < end {
                    let stretch = Stretch(
                        text: UnsafeRawBufferPointer(rebasing: text[position..<end]), start: position,
                        continues: position == 0 && continues)
                    encode(stretch, &workSpace, into: &ids, body)
                }
                position = end
                if let special {
                    ids.append(special.id)
                    body?(special.range)
                    position = special.range.upperBound
                }
            }
        }
        spares.withLock { $0.append(workSpace) }
    }

    /// Text between special tokens.
    struct Stretch {
        let text: UnsafeRawBufferPointer
        /// Where it begins in the whole text.
        let start: Int
        /// Whether it is the first and continues another text.
        let continues: Bool
    }

    private func encode(
        _ stretch: Stretch, _ workSpace: inout WorkSpace, into ids: inout [Int32], _ body: ((Range<Int>) -> Void)?
    ) {
        switch rules {
        case .pieces(let prefix, let splitsWords):
            encodePieces(stretch, prefix, splitsWords: splitsWords, &workSpace, into: &ids, body)
        case .bytes(let preTokenizer, let composes):
            guard composes, stretch.text.contains(where: { $0 >= 0x80 }) else {
                return encodeBytes(stretch.text, stretch.start, preTokenizer, &workSpace, into: &ids, body)
            }
            var composed = normalized(String(decoding: stretch.text, as: UTF8.self))
            composed.withUTF8 { composed in
                encodeBytes(
                    UnsafeRawBufferPointer(composed), stretch.start, preTokenizer, &workSpace, into: &ids, body)
            }
        }
    }

    private func encodeBytes(
        _ text: UnsafeRawBufferPointer, _ start: Int, _ preTokenizer: PreTokenizer, _ workSpace: inout WorkSpace,
        into ids: inout [Int32], _ body: ((Range<Int>) -> Void)?
    ) {
        var position = 0
        while position < text.count {
            let special = lateSpecials.first(in: text, from: position)
            let end = special?.range.lowerBound ?? text.count
            preTokenizer.forEachWord(in: UnsafeRawBufferPointer(rebasing: text[position..<end])) { word in
                let first = ids.count
                let place = position + word.lowerBound..<position + word.upperBound
                encodeWord(UnsafeRawBufferPointer(rebasing: text[place]), &workSpace, into: &ids)
                guard let body else { return }
                var offset = start + place.lowerBound
                for id in ids[first...] {
                    let length = vocabulary[id].count
                    body(offset..<offset + length)
                    offset += length
                }
            }
            position = end
            if let special {
                ids.append(special.id)
                body?(start + special.range.lowerBound..<start + special.range.upperBound)
                position = special.range.upperBound
            }
        }
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
}

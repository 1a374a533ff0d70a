import Testing

@testable import TuneTrainer

/// Files whose vocabulary is small, odd or broken.
struct TokenizerFileTests {
    /// A vocabulary of a few letters, with one thing changed.
    private struct Vocabulary {
        var model = "gpt2"
        var rules = "gpt-2"
        var tokens = ["a", "b", "c", "ab", "abc", "Ġ", "<end>"]
        var merges = ["a b", "ab c"]
        var kinds: [Int32]? = [1, 1, 1, 1, 1, 1, 3]
        var eos: UInt32 = 6

        func tokenizer() throws -> Tokenizer {
            try writer.withFile { try Tokenizer(GGUFFile(path: $0)) }
        }

        /// The tokenizer's fault; nil when it is sound or fails otherwise.
        func fault() throws -> TokenizerFault? {
            do {
                _ = try tokenizer()
            } catch TrainerError.damagedTokenizer(_, let fault) {
                return fault
            }
            return nil
        }

        var writer: GGUFWriter {
            var writer = GGUFWriter(metadata: kinds == nil ? 5 : 6)
            writer.put(key: "tokenizer.ggml.model", model)
            writer.put(key: "tokenizer.ggml.pre", rules)
            writer.put(key: "tokenizer.ggml.tokens", tokens)
            writer.put(key: "tokenizer.ggml.merges", merges)
            writer.put(key: "tokenizer.ggml.eos_token_id", eos)
            if let kinds { writer.put(key: "tokenizer.ggml.token_type", kinds) }
            return writer
        }
    }

    @Test func mergesByRankAndThenFromTheLeft() throws {
        let tokenizer = try Vocabulary().tokenizer()
        #expect(tokenizer.encode("abcab a<end>cab") == [4, 3, 5, 0, 6, 2, 3])
        #expect(tokenizer.decode([4, 5, 6]) == "abc <end>")
        #expect(tokenizer.endIDs == [6])
    }

    @Test func aRankDecidesOverTheOrderInTheWord() throws {
        let vocabulary = Vocabulary(
            tokens: ["a", "b", "c", "ab", "bc", "Ġ", "<end>"], merges: ["b c", "a b"])
        #expect(try vocabulary.tokenizer().encode("abcab") == [0, 4, 3])
    }

    @Test func leavesOutABytethatTheVocabularyLacks() throws {
        #expect(try Vocabulary().tokenizer().encode("axb") == [3])
    }

    @Test func withoutKindsEveryTokenIsOrdinary() throws {
        let tokenizer = try Vocabulary(kinds: nil).tokenizer()
        #expect(tokenizer.encode("ab<end>") == [3])
    }

    @Test func anotherKindOfTokenizerIsNamed() throws {
        try Vocabulary(model: "t5").writer.withFile { path in
            let file = try GGUFFile(path: path)
            #expect(throws: TrainerError.unsupportedTokenizer(path: path, model: "t5")) { try Tokenizer(file) }
        }
        try Vocabulary(rules: "tekken").writer.withFile { path in
            let file = try GGUFFile(path: path)
            #expect(throws: TrainerError.unsupportedPreTokenizer(path: path, name: "tekken")) { try Tokenizer(file) }
        }
    }

    @Test func aBrokenVocabularyIsAFaultWithItsPlace() throws {
        var tokens = Vocabulary().tokens
        #expect(try Vocabulary(tokens: [], merges: [], kinds: []).fault() == .empty)
        tokens[2] = "b"
        #expect(try Vocabulary(tokens: tokens).fault() == .duplicateToken(index: 2, other: 1))
        #expect(try Vocabulary(merges: ["a b", "abc"]).fault() == .malformedMerge(index: 1))
        #expect(try Vocabulary(merges: [" a", "a b"]).fault() == .malformedMerge(index: 0))
        #expect(try Vocabulary(merges: ["a b c"]).fault() == .malformedMerge(index: 0))
        #expect(try Vocabulary(merges: ["a x"]).fault() == .unknownMerge(index: 0))
        #expect(try Vocabulary(merges: ["b a"]).fault() == .unknownMerge(index: 0))
        let key = "tokenizer.ggml.token_type"
        #expect(try Vocabulary(kinds: [1]).fault() == .lengthMismatch(key: key, expected: 7, found: 1))
        let id = "tokenizer.ggml.eos_token_id"
        #expect(try Vocabulary(eos: 7).fault() == .outOfRange(key: id, id: 7, count: 7))
        #expect(try Vocabulary(eos: .max).fault() == .outOfRange(key: id, id: Int(UInt32.max), count: 7))
    }
}

import Foundation
import Testing

@testable import TuneTrainer

/// What is wrong with a `tokenizer.json`, or is not known here.
struct BrokenTokenizerFileTests {
    private func parts(_ changes: [String: Any], model: [String: Any] = [:]) throws -> TokenizerParts {
        var file = try #require(
            try JSONSerialization.jsonObject(with: Fixture.data("tokenizers/bytes.json")) as? [String: Any])
        var inner = try #require(file["model"] as? [String: Any])
        inner.merge(model) { $1 }
        file["model"] = inner
        file.merge(changes) { $1 }
        let data = try JSONSerialization.data(withJSONObject: file)
        return try data.withUnsafeBytes { try TokenizerParts(TokenizerFile($0, path: "t")) }
    }

    private func error(_ changes: [String: Any], model: [String: Any] = [:]) -> TrainerError? {
        #expect(throws: TrainerError.self) { _ = try parts(changes, model: model) }
    }

    @Test func theFileItselfIsSound() throws {
        #expect(try parts([:]).tokens.count == 480)
    }

    @Test func anotherKindOfModelIsNamed() {
        #expect(
            error([:], model: ["type": "Unigram", "vocab": [["a", -1.5]]])
                == .unsupportedTokenizer(path: "t", model: "Unigram"))
        #expect(
            error([:], model: ["end_of_word_suffix": "</w>"])
                == .unsupportedFeature(path: "t", name: "`end_of_word_suffix` of the tokenizer"))
    }

    @Test func otherRulesAreNamed() {
        func rules(_ pre: [String: Any]) -> TrainerError? { error(["normalizer": NSNull(), "pre_tokenizer": pre]) }
        #expect(rules(["type": "Whitespace"]) == .unsupportedPreTokenizer(path: "t", name: "Whitespace"))
        let cut: [String: Any] = ["type": "Split", "pattern": ["Regex": "x+"], "behavior": "Isolated", "invert": false]
        let bytes: [String: Any] = ["type": "ByteLevel", "add_prefix_space": false, "use_regex": false]
        #expect(
            rules(["type": "Sequence", "pretokenizers": [cut, bytes]])
                == .unsupportedPreTokenizer(path: "t", name: "x+"))
        #expect(
            error(["normalizer": ["type": "Lowercase"]])
                == .unsupportedPreTokenizer(path: "t", name: "Lowercase, Split, ByteLevel"))
    }

    @Test func tokensAndMergesMustFit() {
        #expect(error([:], model: ["vocab": ["a": 0, "b": 0]]) == .damagedTokenizer(path: "t", .twoTokens(id: 0)))
        let far = TokenizerFault.outOfRange(key: "vocab", id: Int.max, count: 4_000_000)
        #expect(error([:], model: ["vocab": ["a": Int.max]]) == .damagedTokenizer(path: "t", far))
        let sparse = TokenizerFault.outOfRange(key: "vocab", id: 3_999_999, count: 4)
        #expect(error([:], model: ["vocab": ["a": 3_999_999]]) == .damagedTokenizer(path: "t", sparse))
        #expect(error([:], model: ["merges": ["ab"]]) == .damagedTokenizer(path: "t", .malformedMerge(index: 0)))
        #expect(error([:], model: ["merges": [["a"]]]) == .damagedTokenizer(path: "t", .malformedMerge(index: 0)))
        #expect(
            error([:], model: ["merges": [["a", "b", "c"]]]) == .damagedTokenizer(path: "t", .malformedMerge(index: 0)))
        #expect(
            error([:], model: ["merges": [["a", "nothing"]]]) == .damagedTokenizer(path: "t", .unknownMerge(index: 0)))
        #expect(
            error(["added_tokens": []], model: ["vocab": [:], "merges": []]) == .damagedTokenizer(path: "t", .empty))
    }

    @Test func specialTokensThatTakeWhiteSpaceAreNamed() {
        let token: [String: Any] = ["id": 480, "content": "<x>", "special": true, "lstrip": true]
        #expect(
            error(["added_tokens": [token]]) == .unsupportedFeature(path: "t", name: "`lstrip` of the token `<x>`"))
    }

    @Test func aFileThatIsCutShortIsAFaultWithItsPlace() throws {
        let data = try Fixture.data("tokenizers/bytes.json")
        for length in [0, 1, 100, data.count / 2, data.count - 3] {
            data.prefix(length).withUnsafeBytes { bytes in
                let error = #expect(throws: TrainerError.self) { try TokenizerFile(bytes, path: "t") }
                guard case .damagedJSON(path: "t", let offset, .cutShort) = error else {
                    Issue.record("\(length): \(String(describing: error))")
                    return
                }
                #expect(offset == length)
            }
        }
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Files that are whole as files and make no model.
struct HostileModelTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let error: TrainerError
        let change: @Sendable (inout ModelWriter) -> Void

        init(
            _ description: String, _ error: TrainerError, _ change: @escaping @Sendable (inout ModelWriter) -> Void
        ) {
            self.description = description
            self.error = error
            self.change = change
        }
    }

    private static func size(_ key: String, _ value: UInt32, _ range: String) -> Case {
        let key = "llama.\(key)"
        let error = TrainerError.wrongMetadata(path: "m", key: key, expected: range, found: "\(value)")
        return Case("\(key) of \(value)", error) { $0.set(key, to: value) }
    }

    private static func shape(
        _ description: String, of name: String, _ expected: [Int], _ found: [Int],
        _ change: @escaping @Sendable (inout ModelWriter) -> Void
    ) -> Case {
        Case(description, .wrongShape(path: "m", name: "\(name).weight", expected: expected, found: found), change)
    }

    private static func head(_ description: String, of size: Int, _ put: @escaping ModelWriter.Put) -> Case {
        let key = "llama.attention.key_length"
        return Case(description, .wrongMetadata(path: "m", key: key, expected: "2…1024", found: "\(size)")) {
            $0.set(key, put)
        }
    }

    private static let sizes: [Case] = [
        size("block_count", 0, "1…1000"), size("block_count", 1_001, "1…1000"), size("block_count", .max, "1…1000"),
        size("embedding_length", 0, "1…65536"), size("embedding_length", .max, "1…65536"),
        size("attention.head_count", 0, "1…1024"), size("attention.head_count", .max, "1…1024"),
        size("attention.head_count_kv", 0, "1…2"), size("attention.head_count_kv", 3, "1…2"),
        size("feed_forward_length", 0, "1…1000000"), size("feed_forward_length", .max, "1…1000000"),
        size("context_length", 0, "1…16777216"), size("context_length", .max, "1…16777216"),
        Case("a block that is not there", .missingTensor(path: "m", name: "blk.1.attn_norm.weight")) {
            $0.set("llama.block_count", to: 2)
        },
        Case("a thousand blocks that are not there", .missingTensor(path: "m", name: "blk.1.attn_norm.weight")) {
            $0.set("llama.block_count", to: 1_000)
        },
        shape("another width than the tensors'", of: "token_embd", [-1, 8], [7, 4]) {
            $0.set("llama.embedding_length", to: 8)
        },
        shape("another inner width than the tensors'", of: "blk.0.ffn_gate", [7, 4], [6, 4]) {
            $0.set("llama.feed_forward_length", to: 7)
        },
        Case(
            "more heads than channels",
            .wrongMetadata(path: "m", key: "llama.attention.key_length", expected: "2…1024", found: "0")
        ) { $0.set("llama.attention.head_count", to: 1_024) },
        head("heads of 2⁶² channels, whose product overflows", of: 1 << 62) {
            $0.put(type: .uint64)
            $0.put(UInt64(1) << 62)
        },
        head("heads of −2⁶³ channels", of: Int.min) {
            $0.put(type: .int64)
            $0.put(Int64.min)
        },
        number("attention.layer_norm_rms_epsilon", .nan, as: "rms norm epsilon"),
        number("attention.layer_norm_rms_epsilon", -1, as: "rms norm epsilon"),
        number("rope.freq_base", .infinity, as: "rope base"),
    ]

    private static func number(_ key: String, _ value: Float, as name: String) -> Case {
        Case("\(key) of \(value)", .wrongMetadata(path: "m", key: name, expected: "≥ 0", found: "\(value)")) {
            $0.set("llama.\(key)", number: value)
        }
    }

    private static func missing(_ key: String) -> Case {
        Case("no \(key)", .missingMetadata(path: "m", key: key)) { $0.drop(key) }
    }

    private static func list(_ key: String, _ expected: String) -> Case {
        let error = TrainerError.wrongMetadata(path: "m", key: key, expected: expected, found: "array of int32")
        return Case("\(key) as a list", error) { $0.set(key, to: [Int32(1)]) }
    }

    private static func text(_ key: String, _ expected: String) -> Case {
        let error = TrainerError.wrongMetadata(path: "m", key: key, expected: expected, found: "string")
        return Case("\(key) as text", error) { $0.set(key, to: "1") }
    }

    private static let settings: [Case] = [
        missing("general.architecture"), missing("llama.block_count"), missing("llama.embedding_length"),
        missing("llama.attention.layer_norm_rms_epsilon"), missing("tokenizer.ggml.model"),
        missing("tokenizer.ggml.tokens"), missing("tokenizer.ggml.merges"), list("general.architecture", "string"),
        list("llama.block_count", "integer"), list("llama.attention.layer_norm_rms_epsilon", "number"),
        list("tokenizer.ggml.model", "string"), list("tokenizer.ggml.eos_token_id", "integer"),
        list("tokenizer.ggml.add_bos_token", "bool"), text("llama.block_count", "integer"),
        text("tokenizer.ggml.tokens", "array"), text("tokenizer.ggml.merges", "array"),
        text("tokenizer.ggml.token_type", "array"),
        Case("another family", .unsupportedFamily(path: "m", name: "bert")) {
            $0.set("general.architecture", to: "bert")
        },
    ]

    private static let absent: [Case] = [
        "token_embd", "output_norm", "blk.0.attn_norm", "blk.0.attn_q", "blk.0.attn_v", "blk.0.ffn_down",
    ].map { name in
        Case("no tensor \(name)", .missingTensor(path: "m", name: "\(name).weight")) { $0.drop("\(name).weight") }
    }

    private static let shapes: [Case] = [
        shape("a norm of two dimensions", of: "output_norm", [4], [2, 2]) {
            $0.put(tensor: "output_norm.weight", [2, 2])
        },
        shape("an embedding of one dimension", of: "token_embd", [-1, 4], [28]) {
            $0.put(tensor: "token_embd.weight", [28])
        },
        shape("an embedding of four dimensions", of: "token_embd", [-1, 4], [1, 1, 7, 4]) {
            $0.put(tensor: "token_embd.weight", [4, 7, 1, 1])
        },
        shape("keys turned over", of: "blk.0.attn_k", [2, 4], [4, 2]) {
            $0.put(tensor: "blk.0.attn_k.weight", [2, 4])
        },
        shape("a head with fewer rows than the embedding", of: "output", [7, 4], [6, 4]) {
            $0.put(tensor: "output.weight", [4, 6])
        },
        Case("more tokens than the embedding has rows", .vocabularyMismatch(path: "m", tokens: 7, rows: 6)) {
            $0.put(tensor: "token_embd.weight", [4, 6])
        },
    ]

    private static func vocabulary(
        _ description: String, _ fault: TokenizerFault, _ change: @escaping @Sendable (inout ModelWriter) -> Void
    ) -> Case {
        Case(description, .damagedTokenizer(path: "m", fault), change)
    }

    private static let kinds = "tokenizer.ggml.token_type"
    private static let tokens = "tokenizer.ggml.tokens"

    private static let vocabularies: [Case] = [
        vocabulary("no tokens", .empty) { $0.set(tokens, to: [String]()) },
        vocabulary("tokens that are numbers", .wrongList(key: tokens)) { $0.set(tokens, to: [Int32(1), 2]) },
        vocabulary("merges that are numbers", .wrongList(key: "tokenizer.ggml.merges")) {
            $0.set("tokenizer.ggml.merges", to: [Int32(1)])
        },
        vocabulary("kinds that are texts", .wrongList(key: kinds)) {
            $0.set(kinds, to: ["1", "1", "1", "1", "1", "1", "3"])
        },
        vocabulary("too few kinds", .lengthMismatch(key: kinds, expected: 7, found: 6)) {
            $0.set(kinds, to: [Int32](repeating: 1, count: 6))
        },
        vocabulary("too many kinds", .lengthMismatch(key: kinds, expected: 7, found: 1_000_000)) {
            $0.set(kinds, to: [Int32](repeating: 1, count: 1_000_000))
        },
        vocabulary("a merge into a token that there is not", .unknownMerge(index: 1)) {
            $0.set("tokenizer.ggml.merges", to: ["a b", "b c"])
        },
        vocabulary("a merge of three", .malformedMerge(index: 0)) { $0.set("tokenizer.ggml.merges", to: ["a b c"]) },
        vocabulary("an empty merge", .malformedMerge(index: 0)) { $0.set("tokenizer.ggml.merges", to: [""]) },
        vocabulary("two empty tokens", .duplicateToken(index: 3, other: 1)) {
            $0.set(tokens, to: ["a", "", "b", "", "c", "d", "e"])
        },
        vocabulary("a last token behind the last", .outOfRange(key: "tokenizer.ggml.eos_token_id", id: 7, count: 7)) {
            $0.set("tokenizer.ggml.eos_token_id", to: 7)
        },
        vocabulary("a last token before the first", .outOfRange(key: "tokenizer.ggml.eos_token_id", id: -1, count: 7)) {
            $0.set("tokenizer.ggml.eos_token_id") { file in
                file.put(type: .int32)
                file.put(Int32(-1))
            }
        },
    ]

    static let all = sizes + settings + absent + shapes + vocabularies

    @Test(arguments: all) func isRefusedByName(_ hostile: Case) throws {
        var writer = ModelWriter()
        hostile.change(&writer)
        let bytes = writer.file().bytes
        let file = bytes.withUnsafeBytes { MappedFile(copying: $0, named: "m") }
        let (toll, result) = try Toll.of {
            try ModelSummary.read(PretrainedModel(GGUFContainer(GGUFFile(file)), path: "m"))
        }
        #expect(throws: hostile.error) { try result.get() }
        #expect(toll.seconds < 0.1)
        #expect(toll.megabytes < 16)
    }

    @Test func theModelIsSoundButForTheChange() throws {
        try ModelWriter().file().withFile { path in
            let summary = try ModelSummary.read(path)
            #expect(summary.layers == 1 && summary.vocabulary == 7)
        }
    }

    /// What is odd and yet a vocabulary: texts are split without a fault, and no byte is read twice or left over.
    @Test(arguments: [
        ["a", "b", "<0x-1>", "ab", "<0xZZ>", "Ġ", "<end>"], ["a", "b", "é", "Ã", "©", "Ã©", "<end>"],
        ["a", "a\u{301}", "b", "\u{FFFD}", "\u{10FFFF}", "Ġ", "<|im_end|>"], ["", "b", "c", "d", "e", "f", "g"],
    ])
    func anOddVocabularyStillSplitsText(_ tokens: [String]) throws {
        for kind: Int32 in [-1, 0, 1, 2, 3, 4, 5, 6, 7, .max] {
            var writer = ModelWriter()
            writer.set("tokenizer.ggml.tokens", to: tokens)
            writer.set("tokenizer.ggml.token_type", to: [Int32](repeating: kind, count: 7))
            writer.set("tokenizer.ggml.merges", to: [String]())
            try writer.file().withFile { path in
                let tokenizer = try Tokenizer(GGUFFile(path: path))
                for text in ["", "ab", "é", "aé b\u{301}\u{10FFFF}", "<0x-1><0xZZ><end><|im_end|>\0", "👩‍👩‍👧 \r\n "] {
                    let (ids, ranges) = tokenizer.encodeWithRanges(text)
                    let offsets = ranges.map(\.lowerBound)
                    #expect(ids == tokenizer.encode(text) && ids.count == offsets.count)
                    #expect(ids.allSatisfy { (0..<7).contains($0) })
                    #expect(offsets == offsets.sorted() && offsets.first ?? 0 >= 0)
                    if kind == 1 { #expect(offsets.last ?? 0 <= text.utf8.count) }
                    _ = tokenizer.decode(ids)
                }
            }
        }
    }

    /// Half a character and a character's rest would cut `é` apart.
    @Test func aSpecialTokenThatIsNoTextCutsNothing() throws {
        for part: [UInt8] in [[0xC3], [0xA9], [0xA9, 0x20], [0xFF], [0xE2, 0x80]] {
            var writer = ModelWriter()
            writer.set("tokenizer.ggml.tokens", to: ["a", "b", "c", "ab", "Ã", "©"].map { Array($0.utf8) } + [part])
            writer.set("tokenizer.ggml.merges", to: ["a b"])
            try writer.file().withFile { path in
                let tokenizer = try Tokenizer(GGUFFile(path: path))
                #expect(tokenizer.encode("abéc") == [3, 4, 5, 2])
            }
        }
    }

    @Test func weightsThatAreNoNumbersGiveAnAnswerAndNoTrap() async throws {
        // Every float of these bytes is not a number.
        let folder = try TemporaryFolder()
        let path = folder.path + "/model.gguf"
        try Data(ModelWriter().file(filler: 0xFF).bytes).write(to: URL(filePath: path))
        try await AnswerEngine(modelPath: path).answerEverything()
        withExtendedLifetime(folder) {}
    }

    @Test func everyChangedByteOfAModelIsReadOrRefused() throws {
        let sound = ModelWriter().file().bytes
        // The header; what follows are zeros.
        let header = 1_600
        #expect(sound.count > header)
        for place in 0..<header {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] where value != sound[place] {
                var bytes = sound
                bytes[place] = value
                let file = bytes.withUnsafeBytes { MappedFile(copying: $0, named: "changed") }
                do throws(TrainerError) {
                    let model = try PretrainedModel(GGUFContainer(GGUFFile(file)), path: "changed")
                    _ = try ModelSummary.read(model)
                    _ = try model.tokenizer().encode("abcab <end>é")
                } catch {
                    if case .damaged(_, let offset, _) = error, offset > bytes.count {
                        Issue.record("byte \(place) as \(value) gave \(error)")
                    }
                }
            }
        }
    }
}

extension AnswerEngine {
    /// Answers at several temperatures, to the end.
    fileprivate func answerEverything() async throws {
        for temperature in [0, 0.7, 10] {
            let request = AnswerRequest(
                model: "m", input: .prompt("ab"), maxTokens: 8,
                sampling: Sampling(temperature: temperature, seed: 1))
            var parts = 0
            for try await _ in answer(request) { parts += 1 }
            #expect(parts > 0)
        }
    }
}

import Foundation

@testable import TuneTrainer

/// A vocabulary and a text out of arbitrary bytes, so that most of what the fuzzer makes up is nearly sound.
///
/// The first line chooses: the kind of tokenizer by its first byte, then the kinds of tokens. Then come the tokens, one a
/// line, an empty line, the merges, an empty line, and the text.
struct FuzzedVocabulary {
    private let choices: [UInt8]
    private let tokens: [[UInt8]]
    private let merges: [[UInt8]]
    private let text: String

    init(_ bytes: UnsafeRawBufferPointer) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }[...]
        choices = lines.popFirst() ?? []
        tokens = Array(lines.prefix { !$0.isEmpty })
        lines = lines.dropFirst(tokens.count + 1)
        merges = Array(lines.prefix { !$0.isEmpty })
        lines = lines.dropFirst(merges.count + 1)
        text = String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self)
    }

    func read() throws(TrainerError) {
        let bytes = file.bytes
        let mapping = bytes.withUnsafeBytes { MappedFile(copying: $0, named: "f") }
        let tokenizer = try Tokenizer(GGUFFile(mapping))
        let (ids, ranges) = tokenizer.encodeWithRanges(text)
        let offsets = ranges.map(\.lowerBound)
        precondition(ids == tokenizer.encode(text) && ids.count == offsets.count)
        precondition(ids.allSatisfy { (0..<tokenizer.count).contains(Int($0)) })
        // A byte's own token that is marked as a name stands for more bytes than it was found at.
        precondition(kind < 4 && choices.count > 1 || zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 })
        _ = tokenizer.decode(ids)
        var decoder = TextDecoder()
        for id in ids { _ = decoder.append(tokenizer.bytes(of: id)) }
        _ = decoder.finish()
        // A token's own text is made of tokens again.
        for id in tokenizer.encode(String(decoding: tokenizer.bytes(of: 0), as: UTF8.self)) {
            precondition((0..<tokenizer.count).contains(Int(id)))
        }
    }

    /// The rules for words, or from 4 on tokens of characters with scores in place of merges.
    private var kind: Int { Int(choices.first ?? 0) % 5 }

    private var file: GGUFWriter {
        var writer = GGUFWriter(metadata: choices.count > 1 ? 5 : 4)
        let rules = ["gpt-2", "smollm", "llama-bpe", "qwen2"]
        writer.put(key: "tokenizer.ggml.model", kind < 4 ? "gpt2" : "llama")
        put("tokenizer.ggml.tokens", tokens, to: &writer)
        if kind < 4 {
            writer.put(key: "tokenizer.ggml.pre", rules[kind])
            put("tokenizer.ggml.merges", merges, to: &writer)
        } else {
            writer.put(key: "tokenizer.ggml.add_space_prefix", merges.count % 2 == 0)
            writer.put(key: "tokenizer.ggml.scores", .array)
            writer.put(type: .float32)
            writer.put(UInt64(tokens.count))
            for token in tokens { writer.put(Float(Int(token[0]) - 64).bitPattern) }
        }
        if choices.count > 1 {
            let kinds = tokens.indices.map { Int32(choices[1 + $0 % (choices.count - 1)] & 7) }
            writer.put(key: "tokenizer.ggml.token_type", kinds)
        }
        return writer
    }

    private func put(_ key: String, _ strings: [[UInt8]], to writer: inout GGUFWriter) {
        writer.put(key: key, .array)
        writer.put(type: .string)
        writer.put(UInt64(strings.count))
        for string in strings { writer.put(string) }
    }
}

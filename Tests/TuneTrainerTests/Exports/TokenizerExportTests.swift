import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// A tokenizer that is written the other way splits every text as before.
struct TokenizerExportTests {
    private let folder = NSTemporaryDirectory() + "tokenizer-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private static let texts = [
        "", " ", "The quick brown fox jumps over the lazy dog.", "  two  spaces ",
        "In 1999, 31415 foxes; don't SAY it's.",
        "床前明月光，疑是地上霜。", "naïve café, Zürich; Привет 한국어 👍🏽", "a\r\n\n\n  b\t", "x <s> y</s>",
        "<|im_start|>user\nHi<|im_end|>",
        "▁mark ▁", "e\u{301}a\u{308}", "\u{1}\u{7F}\u{2028}", "for (int i = 0; i < n; ++i) { a[i] += b[i]; }",
    ]

    private func expectTheSame(_ written: Tokenizer, _ original: Tokenizer) {
        for text in Self.texts {
            #expect(written.encode(text) == original.encode(text), "\(text.debugDescription)")
            #expect(written.encode(text, continues: true) == original.encode(text, continues: true))
            #expect(written.decode(written.encode(text)) == original.decode(original.encode(text)))
        }
        #expect(written.bosID == original.bosID && written.eosID == original.eosID)
        #expect(written.paddingID == original.paddingID && written.addsBOS == original.addsBOS)
        #expect(written.endIDs.isSuperset(of: original.endIDs))
    }

    @Test(arguments: ["tokenizers/bytes", "tokenizers/pieces", "tiny_tied"])
    func ofAGGUFFileAsAFolder(_ name: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try GGUFFile(path: Fixture.path("\(name).gguf"))
        for (name, text) in try TokenizerFiles(file, modelMaxLength: 64).files {
            try AtomicFile.write(text, to: "\(folder)/\(name)")
        }
        let none = JSONSettings(path: folder, values: .object([:]))
        expectTheSame(Tokenizer(try TokenizerParts(folder: folder, model: none)), try Tokenizer(file))
    }

    @Test(arguments: ["tokenizers/bytes.json", "tokenizers/pieces.json", "families/qwen2/tokenizer.json"])
    func ofAFolderAsAGGUFFile(_ name: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Fixture.data(name).write(to: URL(filePath: folder + "/tokenizer.json"))
        let settings = #"{"bos_token": "<s>", "eos_token": "</s>", "chat_template": "{{ messages[0].content }}"}"#
        try AtomicFile.write(settings, to: folder + "/tokenizer_config.json")
        try AtomicFile.write("{}", to: folder + "/config.json")
        try Safetensors.write([Safetensors.Part](), metadata: [:], to: folder + "/model.safetensors")
        let none = JSONSettings(path: folder, values: .object([:]))
        let original = Tokenizer(try TokenizerParts(folder: folder, model: none))
        var builder = GGUFBuilder()
        try builder.setTokenizer(ofFolder: folder, rows: original.count + 3)
        let path = folder + "/model.gguf"
        try Data(builder.header).write(to: URL(filePath: path))
        let file = try GGUFFile(path: path)
        let written = try Tokenizer(file)
        // Every row of the embedding has a token.
        #expect(written.count == original.count + 3)
        expectTheSame(written, original)
        #expect(try file.metadata.string("tokenizer.chat_template") == "{{ messages[0].content }}")
    }

    /// Rules that a GGUF file has no name for must not become other ones.
    @Test func rulesWithoutANameAreRefused() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let json = try String(contentsOfFile: Fixture.path("families/qwen2/tokenizer.json"), encoding: .utf8)
        let composed = json.replacing(#""normalizer": null"#, with: #""normalizer": {"type": "NFC"}"#)
        #expect(composed != json)
        try AtomicFile.write(composed, to: folder + "/tokenizer.json")
        try AtomicFile.write("{}", to: folder + "/config.json")
        try Safetensors.write([Safetensors.Part](), metadata: [:], to: folder + "/model.safetensors")
        var builder = GGUFBuilder()
        #expect(throws: TrainerError.export(path: folder, .tokenizer("smollm with NFC"))) {
            try builder.setTokenizer(ofFolder: folder, rows: 320)
        }
    }
}

import Foundation
import Testing

@testable import TuneTrainer

/// Tokenizers of every kind that the families have, against the packages that trained them; see `make_tokenizers.py`.
struct TokenizerVariantsTests {
    private struct Cases: Decodable {
        let texts: [String]
        let variants: [Variant]
    }

    struct Variant: Decodable, CustomTestStringConvertible {
        let file: String
        let name: String
        /// Whether texts with special tokens are left out.
        let plain: Bool?
        let inFront: [Int32]
        /// Eight hexadecimal digits for each text.
        let sums: String

        var testDescription: String { name }

        private enum CodingKeys: String, CodingKey {
            case file, name, plain, sums
            case inFront = "in_front"
        }
    }

    private static let cases = try! Fixture.json("tokenizers/cases.json", as: Cases.self)

    @Test(arguments: cases.variants.filter { $0.plain == nil })
    func aTokenizerFileSplitsTextsAsTheReferenceDoes(_ variant: Variant) throws {
        let folder = try TemporaryFolder()
        try Data(Self.definition(of: variant)).write(to: folder.url.appending(path: "tokenizer.json"))
        let none = JSONSettings(path: "config.json", values: .object([:]))
        let tokenizer = Tokenizer(try TokenizerParts(folder: folder.path, model: none))
        check(tokenizer, Self.cases.texts, variant)
        #expect(tokenizer.addsBOS == !variant.inFront.isEmpty)
        if let first = variant.inFront.first { #expect(tokenizer.bosID == first) }
    }

    @Test(arguments: [("bytes", "llama3"), ("pieces", "llama2"), ("pieces", "sentencepiece")])
    func aGGUFFileSplitsTextsAsTheReferenceDoes(_ file: String, _ name: String) throws {
        let tokenizer = try Tokenizer(GGUFFile(path: Fixture.path("tokenizers/\(file).gguf")))
        let variant = try #require(Self.cases.variants.first { $0.name == name })
        let marks = ["<s>", "</s>", "<unk>"]
        let texts = Self.cases.texts.filter { text in
            variant.plain != true || !marks.contains { text.range(of: $0, options: .literal) != nil }
        }
        check(tokenizer, texts, variant)
        #expect(tokenizer.addsBOS && tokenizer.bosID == 1 && tokenizer.eosID == 2)
    }

    @Test(arguments: cases.variants.filter { $0.plain == nil })
    func rangesCoverTheTextInOrder(_ variant: Variant) throws {
        let folder = try TemporaryFolder()
        try Data(Self.definition(of: variant)).write(to: folder.url.appending(path: "tokenizer.json"))
        let none = JSONSettings(path: "config.json", values: .object([:]))
        let tokenizer = Tokenizer(try TokenizerParts(folder: folder.path, model: none))
        for text in Self.cases.texts.map(tokenizer.normalized) {
            let (ids, ranges) = tokenizer.encodeWithRanges(text)
            #expect(ids == tokenizer.encode(text))
            #expect(ids.count == ranges.count)
            // The reference leaves nothing out here: every byte has a token.
            var end = 0
            for range in ranges {
                #expect(range.lowerBound <= end && range.upperBound >= end, "\(text) \(ranges)")
                end = range.upperBound
            }
            #expect(end == text.utf8.count)
        }
    }

    /// What follows a prompt begins where the prompt ends: with no space but its own.
    @Test func aContinuationGetsNoSpaceInFront() throws {
        let tokenizer = try Tokenizer(GGUFFile(path: Fixture.path("tokenizers/pieces.gguf")))
        let bytes = { (ids: [Int32]) in String(decoding: ids.flatMap { tokenizer.bytes(of: $0) }, as: UTF8.self) }
        #expect(bytes(tokenizer.encode("The dog")) == " The dog")
        #expect(bytes(tokenizer.encode(" The dog")) == "  The dog")
        #expect(bytes(tokenizer.encode(" The dog", continues: true)) == " The dog")
        #expect(bytes(tokenizer.encode("!", continues: true)) == "!")
        #expect(tokenizer.decode(tokenizer.encode("The dog 👍 \u{0}月")) == "The dog 👍 \u{0}月")
    }

    // MARK: -

    private func check(_ tokenizer: Tokenizer, _ texts: [String], _ variant: Variant) {
        #expect(variant.sums.count == 8 * texts.count)
        for (index, text) in texts.enumerated() {
            let ids = tokenizer.encode(text)
            let sum = variant.sums.dropFirst(8 * index).prefix(8)
            #expect(Self.checksum(ids) == sum, "\(variant.name): \(text.debugDescription) \(ids)")
        }
    }

    /// The file of the variant's vocabulary, with the variant's rules.
    private static func definition(of variant: Variant) throws -> [UInt8] {
        var file = try object(Fixture.data("tokenizers/\(variant.file).json"))
        let rows = try #require(try object(Fixture.data("tokenizers/cases.json"))["variants"] as? [[String: Any]])
        let row = try #require(rows.first { $0["name"] as? String == variant.name })
        for key in ["normalizer", "pre_tokenizer", "post_processor"] { file[key] = row[key] }
        var model = try #require(file["model"] as? [String: Any])
        model["ignore_merges"] = row["ignore_merges"]
        file["model"] = model
        if row["normalized"] as? Bool == true, var added = file["added_tokens"] as? [[String: Any]] {
            for index in added.indices { added[index]["normalized"] = true }
            file["added_tokens"] = added
        }
        return Array(try JSONSerialization.data(withJSONObject: file))
    }

    private static func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// The last eight digits of FNV-1a of the tokens as little-endian 32-bit numbers.
    private static func checksum(_ ids: [Int32]) -> String {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for id in ids {
            for byte in withUnsafeBytes(of: id.littleEndian, Array.init) {
                value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        let digits = String(UInt32(truncatingIfNeeded: value), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

import Foundation
import Testing

@testable import TuneTrainer

/// The tokenizer of the base model against the reference; see `make_tokens.py`.
struct TokenizerTests {
    private struct Case: Decodable {
        let text: String
        let ids: [Int32]
    }

    private struct Sample: Decodable {
        let name: String
        let texts: Int
        let tokens: Int
        let checksum: String
    }

    private struct Row: Decodable {
        let prompt: String
        let completion: String
    }

    static let tokenizer = Result { try Tokenizer(GGUFFile(path: TestModel.path)) }

    @Test func encodesAsTheReferenceDoes() throws {
        let tokenizer = try Self.tokenizer.get()
        for item in try Fixture.json("tokens.json", as: [Case].self) {
            #expect(tokenizer.encode(item.text) == item.ids, "\(item.text.debugDescription)")
        }
    }

    @Test(arguments: ["jargon", "tang"])
    func encodesEveryRecordOfTheSamplesAsTheReferenceDoes(_ name: String) throws {
        let tokenizer = try Self.tokenizer.get()
        let sample = try #require(try Fixture.json("samples.json", as: [Sample].self).first { $0.name == name })
        let lines = try Data(contentsOf: URL(filePath: Fixture.path("../../../Sources/tunedeck/Samples/\(name).jsonl")))
            .split(separator: UInt8(ascii: "\n"))
        var checksum: UInt64 = 0xCBF2_9CE4_8422_2325
        var tokens = 0
        for line in lines {
            let row = try JSONDecoder().decode(Row.self, from: line)
            for id in tokenizer.encode(row.prompt) + tokenizer.encode(row.completion) {
                for shift in stride(from: 0, to: 32, by: 8) {
                    checksum = (checksum ^ UInt64(UInt8(truncatingIfNeeded: id >> shift))) &* 0x100_0000_01B3
                }
                tokens += 1
            }
        }
        #expect(lines.count * 2 == sample.texts)
        #expect(tokens == sample.tokens)
        #expect(String(checksum, radix: 16) == sample.checksum)
    }

    @Test func decodesToTheTextAgain() throws {
        let tokenizer = try Self.tokenizer.get()
        let lacking: Set<Unicode.Scalar> = ["\u{4}", "\u{6}", "\u{13}", "\u{14}", "\u{16}", "\u{1D}"]
        for item in try Fixture.json("tokens.json", as: [Case].self) {
            let known = item.text.unicodeScalars.filter { !lacking.contains($0) && $0.value < 0x40000 }
            guard known.count == item.text.unicodeScalars.count else { continue }
            #expect(tokenizer.decode(item.ids) == item.text)
        }
    }

    @Test func rangesSayWhereEachTokenLies() throws {
        let tokenizer = try Self.tokenizer.get()
        for item in try Fixture.json("tokens.json", as: [Case].self) {
            let (ids, ranges) = tokenizer.encodeWithRanges(item.text)
            #expect(ids == item.ids)
            let utf8 = Array(item.text.utf8)
            for (id, range) in zip(ids, ranges) where tokenizer.decode(item.ids) == item.text {
                #expect(Array(utf8[range]) == Array(tokenizer.bytes(of: id)))
            }
        }
    }

    @Test func knowsTheModelsSpecialTokens() throws {
        let tokenizer = try Self.tokenizer.get()
        #expect(tokenizer.count == 49152)
        #expect((tokenizer.bosID, tokenizer.eosID, tokenizer.paddingID) == (1, 2, 2))
        #expect(!tokenizer.addsBOS)
        #expect(tokenizer.endIDs == [0, 2])
        #expect(tokenizer.preTokenizer == .smollm)
        #expect(tokenizer.bytes(of: 49152).isEmpty && tokenizer.bytes(of: -1).isEmpty)
    }

    @Test func manyThreadsEncodeAtTheSameTime() async throws {
        let tokenizer = try Self.tokenizer.get()
        let cases = try Fixture.json("tokens.json", as: [Case].self)
        let differing = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask { cases.count { tokenizer.encode($0.text) != $0.ids } }
            }
            return await group.reduce(0, +)
        }
        #expect(differing == 0)
    }

    @Test func aLongWordTakesNoQuadraticTime() throws {
        // A hundred thousand letters without a space: pair by pair over the whole word would take hours.
        let text = String(repeating: "abracadabra", count: 10_000)
        let tokenizer = try Self.tokenizer.get()
        #expect(tokenizer.decode(tokenizer.encode(text)) == text)
    }
}

import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Answers whose tokens are given, so that all that is looked at is what becomes of them.
struct AnswerWriterTests {
    static let tokenizer = try! Tokenizer(GGUFFile(path: Fixture.path("tokenizers/bytes.gguf")))

    struct Written {
        var parts: [(text: String, tokens: [ChosenToken])] = []
        var end = AnswerWriter.End.length
        var count = 0

        var text: String { parts.map(\.text).joined() }
        var tokens: [ChosenToken] { parts.flatMap(\.tokens) }
        var bytes: [UInt8] { tokens.flatMap(\.chosen.bytes) }
    }

    /// Logits under which this token is taken, and the next one by number is the second likeliest.
    static func logits(_ token: Int32) -> Matrix {
        let logits = Matrix(zeros: 1, tokenizer.count)
        logits.base[Int(token)] = 30
        logits.base[(Int(token) + 1) % tokenizer.count] = 10
        return logits
    }

    /// Lets a writer take these tokens until it ends.
    static func write(
        _ tokens: [Int32], prompt: [Int32] = [1, 40], input: AnswerRequest.Input = .prompt("x"), stop: [String] = [],
        stopTokens: Set<Int32> = [], alternatives: Int? = 1, echoes: Bool = false, room: Int = 1_000,
        skipsFirstLineEnds: Bool = false
    ) throws -> Written {
        let request = AnswerRequest(
            model: "m", input: input, sampling: Sampling(temperature: 0), stop: stop, stopTokens: stopTokens,
            alternatives: alternatives, echoesPrompt: echoes, skipsFirstLineEnds: skipsFirstLineEnds)
        var writer = try AnswerWriter(request, prompt: prompt, tokenizer: tokenizer, room: room)
        var written = Written()
        let yield: (AnswerPart) -> Void = { part in
            if case .text(let text, let tokens) = part { written.parts.append((text, tokens)) }
        }
        if writer.needsPromptLogits { for token in prompt.dropFirst() { writer.echo(logits(token)) } }
        for token in tokens {
            guard let taken = writer.take(logits(token), yield) else { break }
            #expect(taken == token)
        }
        writer.finish(yield)
        written.end = writer.end
        written.count = writer.count
        return written
    }

    /// The text's bytes, each as a token of its own.
    static func singles(_ text: String) -> [Int32] {
        text.utf8.map { byte in
            (0..<Int32(tokenizer.count)).first { Array(tokenizer.bytes(of: $0)) == [byte] }!
        }
    }

    private static let texts = [
        "plain words", "naïve 你好，世界。👍🏽 👩‍👩‍👧 end", "床前明月光，疑是地上霜。", "ENDEND ENDING <END>", "aaaaaaab",
    ]
    private static let stops = [
        [], ["END"], ["。"], ["👍"], ["👩‍👩‍👧", " "], ["ENDING", "ND E"], ["aab", "aaaab"], ["月光", "明月"], ["zzz"],
        ["，", "世界。👍"],
    ]

    /// The text up to the stop string that is complete first.
    private func expected(_ text: String, _ stops: [String]) -> String {
        let bytes = Array(text.utf8)
        for end in 1...bytes.count {
            let found = stops.map { Array($0.utf8) }.filter { bytes[..<end].suffix($0.count) == $0[...] }
            guard let longest = found.map(\.count).max() else { continue }
            return String(decoding: bytes[..<(end - longest)], as: UTF8.self)
        }
        return text
    }

    @Test func lineEndsBeforeTheFirstTextAreLeftOutWhereThatIsAskedFor() throws {
        for text in ["\n\nHi\nthere", "\r\nHi\n", "Hi\n"] {
            let skipped = try Self.write(Self.singles(text), stop: ["\n"], skipsFirstLineEnds: true)
            #expect(skipped.text == "Hi" && skipped.end == .stopString)
            #expect(skipped.tokens.flatMap(\.chosen.bytes) == Array("Hi".utf8))
        }
        let exact = try Self.write(Self.singles("\nHi\n"), stop: ["\n"])
        #expect(exact.text == "" && exact.end == .stopString)
        #expect(try Self.write(Self.singles("\n\n\n"), room: 2, skipsFirstLineEnds: true).text == "")
    }

    @Test(arguments: texts, stops) func everyCutShowsTheSameText(_ text: String, _ stops: [String]) throws {
        let wanted = expected(text, stops)
        for tokens in [Self.singles(text), Self.tokenizer.encode(text)] {
            let written = try Self.write(tokens, stop: stops)
            #expect(written.text == wanted)
            #expect(written.bytes == Array(wanted.utf8))
            #expect((written.end == .stopString) == (wanted != text))
            #expect(!written.parts.contains { $0.text.contains("\u{FFFD}") || $0.text.isEmpty && $0.tokens.isEmpty })
            #expect(written.tokens.map(\.chosen.id) == Array(tokens.prefix(written.tokens.count)))
        }
    }

    @Test func heldBackTokensComeWithTheirText() throws {
        let written = try Self.write(Self.singles("xabxab"), stop: ["abc"])
        #expect(written.parts.map(\.text) == ["x", "abx", "ab"])
        #expect(written.parts.map(\.tokens.count) == [1, 3, 2])
    }

    @Test func partsOfACharacterComeWithTheWhole() throws {
        let written = try Self.write(Self.singles("a👍b"))
        #expect(written.parts.map(\.text) == ["a", "👍", "b"])
        #expect(written.parts.map(\.tokens.count) == [1, 4, 1])
    }

    @Test func whatNoByteCompletesIsToldOnce() throws {
        let written = try Self.write(Array(Self.singles("a👍").prefix(3)))
        #expect(written.text == "a\u{FFFD}")
        #expect(written.bytes == [0x61, 0xF0, 0x9F])
        #expect(written.end == .length)
    }

    @Test func aTokenThatAStopCutsIsToldUpToIt() throws {
        let token = try #require(Self.tokenizer.encode(" brown").first { Self.tokenizer.bytes(of: $0).count > 3 })
        let bytes = Array(Self.tokenizer.bytes(of: token))
        let stop = String(decoding: bytes.dropFirst(2), as: UTF8.self)
        let written = try Self.write([token], stop: [stop])
        #expect(written.bytes == Array(bytes.prefix(2)))
        #expect(written.tokens.map(\.chosen.id) == [token])
    }

    @Test func nothingIsToldUnlessAskedFor() throws {
        let written = try Self.write(Self.singles("abc"), alternatives: nil)
        #expect(written.text == "abc" && written.tokens.isEmpty)
        let none = try Self.write(Self.singles("abc"), alternatives: 0)
        #expect(none.tokens.count == 3 && none.tokens.allSatisfy(\.alternatives.isEmpty))
    }

    @Test func anEndTokenEndsAndIsNotTold() throws {
        let end = try #require(Self.tokenizer.endIDs.first)
        let tokens = Self.singles("ab")
        let other = tokens[1] + 1
        for last in [end, other] {
            let written = try Self.write(tokens + [last] + tokens, stopTokens: [other])
            #expect(written.text == "ab" && written.end == .endToken && written.count == 3)
            #expect(written.tokens.count == 2)
        }
    }

    @Test func theRoomIsKept() throws {
        let written = try Self.write(Self.singles("abcdef"), room: 3)
        #expect(written.text == "abc" && written.end == .length && written.count == 3)
        #expect(try Self.write(Self.singles("abc"), room: 0).count == 0)
    }

    // MARK: - Echo

    @Test func thePromptComesFirstWithItsProbabilities() throws {
        let prompt = [Self.tokenizer.bosID!] + Self.tokenizer.encode("天气 is")
        let written = try Self.write(
            Self.singles("!"), prompt: prompt, input: .prompt("天气 is"), alternatives: 2, echoes: true)
        #expect(written.parts.map(\.text) == ["天气 is", "!"])
        #expect(written.parts[0].tokens.map(\.chosen.id) == Array(prompt.dropFirst()))
        #expect(written.bytes == Array("天气 is!".utf8))
        for token in written.tokens {
            #expect(abs(token.chosen.logProbability ?? -1) < 1e-3)
            #expect(token.alternatives.first == token.chosen && token.alternatives.count == 2)
        }
    }

    @Test func theFirstTokenOfAPromptFollowsNothing() throws {
        let prompt = Self.singles("ab")
        let written = try Self.write([], prompt: prompt, input: .tokens(prompt), echoes: true, room: 0)
        #expect(written.text == "ab" && written.tokens.count == 2)
        #expect(written.tokens[0].chosen.logProbability == nil && written.tokens[0].alternatives.isEmpty)
        #expect(written.tokens[1].chosen.logProbability != nil)
    }

    @Test func anEchoWithoutProbabilitiesNeedsNoLogits() throws {
        let prompt = Self.singles("ab")
        let written = try Self.write(
            Self.singles("c"), prompt: prompt, input: .tokens(prompt), alternatives: nil, echoes: true)
        #expect(written.parts.map(\.text) == ["ab", "c"] && written.tokens.isEmpty)
    }

    @Test func theSpaceThatPiecesPutInFrontIsNotEchoed() throws {
        let tokenizer = try Tokenizer(GGUFFile(path: Fixture.path("tokenizers/pieces.gguf")))
        for text in ["The dog", " The dog", "月光"] {
            let prompt = [tokenizer.bosID!] + tokenizer.encode(text)
            let request = AnswerRequest(
                model: "m", input: .prompt(text), sampling: Sampling(temperature: 0), alternatives: 0,
                echoesPrompt: true)
            var writer = try AnswerWriter(request, prompt: prompt, tokenizer: tokenizer, room: 0)
            for _ in prompt.dropFirst() { writer.echo(Matrix(zeros: 1, tokenizer.count)) }
            writer.finish { part in
                guard case .text(let shown, let tokens) = part else { return }
                #expect(shown == text)
                #expect(tokens.flatMap(\.chosen.bytes) == Array(text.utf8))
            }
        }
    }

    // MARK: - Refused

    @Test func tokensOutsideOfTheVocabularyAreNamed() {
        let count = Self.tokenizer.count
        for (request, parameter, id) in [
            (AnswerRequest(model: "m", input: .tokens([1, 480])), "prompt", 480),
            (AnswerRequest(model: "m", input: .prompt("x"), stopTokens: [-1]), "stop_token_ids", -1),
            (
                AnswerRequest(model: "m", input: .prompt("x"), sampling: Sampling(logitBias: [0: 1, 999: 1])),
                "logit_bias", 999
            ),
        ] as [(AnswerRequest, String, Int32)] {
            #expect(throws: TrainerError.request(.unknownToken(parameter: parameter, id: id, count: count))) {
                try AnswerWriter(request, prompt: [1], tokenizer: Self.tokenizer, room: 1)
            }
        }
    }

    @Test func numbersOutOfRangeAreRefused() {
        let request = AnswerRequest(model: "m", input: .prompt("x"), sampling: Sampling(topP: 2))
        #expect(throws: TrainerError.request(.outOfRange(parameter: "top_p", .above(0, upTo: 1)))) {
            try AnswerWriter(request, prompt: [1], tokenizer: Self.tokenizer, room: 1)
        }
    }
}

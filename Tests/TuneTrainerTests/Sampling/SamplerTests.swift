import Foundation
import Testing
import TuneModel

@testable import TuneTrainer

/// Against transformers' processors of logits; see `make_sampling.py`.
struct SamplerTests {
    struct Setting: Decodable {
        let temperature, topP, minP, repetitionPenalty, frequencyPenalty, presencePenalty: Double?
        let topK: Int?
        let logitBias: [String: Double]?

        var sampling: Sampling {
            let bias = (logitBias ?? [:]).map { (Int32($0.key)!, $0.value) }
            return Sampling(
                temperature: temperature ?? 1, topP: topP ?? 1, topK: topK ?? 0, minP: minP ?? 0,
                repetitionPenalty: repetitionPenalty ?? 1, frequencyPenalty: frequencyPenalty ?? 0,
                presencePenalty: presencePenalty ?? 0, logitBias: Dictionary(uniqueKeysWithValues: bias), seed: 1)
        }
    }

    struct Small: Decodable, CustomTestStringConvertible {
        let setting: Setting
        let probabilities: [Double]
        var testDescription: String { "\(setting.sampling)" }
    }

    struct Large: Decodable, CustomTestStringConvertible {
        let setting: Setting
        let count: Int
        let sum: Int
        let highest: Double
        var testDescription: String { "\(setting.sampling)" }
    }

    struct Cases: Decodable {
        let logits: [Float]
        let prompt: [Int32]
        let answer: [Int32]
        let small: [Small]
        let large: [Large]
        let chances: [Double]
        let likeliest: [Int]
    }

    static let cases = try! {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Cases.self, from: Fixture.data("sampling.json"))
    }()

    private static let large: Matrix = {
        var source = SplitMix64(seed: 12)
        let logits = Matrix(zeros: 1, 49_152)
        for token in 0..<logits.count {
            let draws = (0..<3).map { _ in Double(source.next() >> 40) * 0x1p-24 }
            logits.base[token] = Float(draws[0] + draws[1] + draws[2]) * 12
        }
        return logits
    }()

    /// What a sampler would draw from, as probabilities.
    private func probabilities(_ sampler: inout Sampler, _ logits: Matrix) -> [Double] {
        switch sampler.candidates(logits) {
        case .none: return Array(repeating: 0, count: logits.count)
        case .one(let token): return (0..<logits.count).map { $0 == token ? 1 : 0 }
        case .several(let weights):
            let values = (0..<logits.count).map { Double(weights.base[$0]) }
            let sum = values.reduce(0, +)
            return values.map { $0 / sum }
        }
    }

    @Test(arguments: cases.small) func aSettingKeepsWhatTheReferenceKeeps(_ small: Small) {
        let logits = Numbers().matrix(1, Self.cases.logits.count, Self.cases.logits)
        var sampler = Sampler(small.setting.sampling, prompt: Self.cases.prompt)
        for token in Self.cases.answer { sampler.count(token) }
        let found = probabilities(&sampler, logits)
        for (found, expected) in zip(found, small.probabilities) {
            #expect((found == 0) == (expected < 1e-38))
            #expect(abs(found - expected) < 2e-6 * expected + 1e-9)
        }
    }

    @Test(arguments: cases.large) func aWholeVocabularyIsCutAsTheReferenceCutsIt(_ large: Large) {
        var sampler = Sampler(large.setting.sampling)
        let found = probabilities(&sampler, Self.large)
        #expect(found.count { $0 > 0 } == large.count)
        #expect(found.indices.filter { found[$0] > 0 }.reduce(0, +) == large.sum)
        #expect(abs(found.max()! / large.highest - 1) < 1e-5)
    }

    @Test func whatIsDrawnIsWhatIsKept() {
        let logits = Numbers().matrix(1, 61, Self.cases.logits)
        var sampler = Sampler(Sampling(temperature: 1.5, topP: 0.9, seed: 3))
        let expected = probabilities(&sampler, logits)
        var counts = [Double](repeating: 0, count: 61)
        for _ in 0..<20_000 { counts[Int(sampler.choose(logits))] += 1 }
        for (count, expected) in zip(counts, expected) {
            #expect(abs(count / 20_000 - expected) < 0.015)
            if expected == 0 { #expect(count == 0) }
        }
    }

    @Test func equalTokensGoByTheirNumbers() {
        let logits = Matrix(zeros: 1, 5_000)
        var sampler = Sampler(Sampling(temperature: 1, topK: 700, seed: 1))
        let found = probabilities(&sampler, logits)
        #expect(found[..<700].allSatisfy { $0 > 0 } && found[700...].allSatisfy { $0 == 0 })
        var greedy = Sampler(Sampling(temperature: 0))
        #expect(greedy.choose(logits) == 0)
    }

    @Test func aPenaltyGrowsWithEachToken() {
        let logits = Numbers().matrix(1, 3, [2, 1.5, 1])
        var sampler = Sampler(Sampling(temperature: 0, frequencyPenalty: 0.4))
        #expect((0..<6).map { _ in sampler.choose(logits) } == [0, 0, 1, 0, 1, 2])
        var present = Sampler(Sampling(temperature: 0, presencePenalty: 2))
        #expect((0..<4).map { _ in present.choose(logits) } == [0, 1, 2, 0])
    }

    @Test func aSeedRepeatsItselfAndAnotherDoesNot() {
        let draws = [5, 5, 6].map { (seed: UInt64) in
            var sampler = Sampler(Sampling(temperature: 2, topP: 0.99, seed: seed))
            return (0..<40).map { _ in sampler.choose(Self.large) }
        }
        #expect(draws[0] == draws[1] && draws[0] != draws[2])
    }

    // MARK: - Hostile

    private static let odd: [Double] = [
        .nan, .infinity, -.infinity, -1, 0, 1, 2, 1e-320, 1e308, -1e308, .leastNonzeroMagnitude,
    ]

    /// What is refused at the door does no harm inside either.
    @Test(arguments: odd, odd) func numbersThatMeanNothingDoNotTrap(_ first: Double, _ second: Double) {
        for logits in [[Float.nan, 1, 2], [.nan, .nan], [-.infinity, -.infinity], [.infinity, 1, .infinity], [1]] {
            let matrix = Numbers().matrix(1, logits.count, logits)
            for topK in [0, 1, -5, .max] {
                var sampler = Sampler(
                    Sampling(
                        temperature: first, topP: second, topK: topK, minP: first, repetitionPenalty: second,
                        frequencyPenalty: first, presencePenalty: second,
                        logitBias: [0: first, -1: 1, .max: second, 1: second], seed: 1))
                for _ in 0..<3 { #expect(logits.indices.contains(Int(sampler.choose(matrix)))) }
            }
        }
    }

    @Test func whatIsNoNumberIsNeverDrawn() {
        let logits = Numbers().matrix(1, 20, (0..<20).map { $0 % 2 == 0 ? .nan : Float($0) / 10 })
        var sampler = Sampler(Sampling(temperature: 10, seed: 1))
        for _ in 0..<200 { #expect(sampler.choose(logits) % 2 == 1) }
    }
}

struct TokenChancesTests {
    @Test func probabilitiesAreTheReferences() throws {
        let cases = SamplerTests.cases
        let tokenizer = try Tokenizer(GGUFFile(path: Fixture.path("tokenizers/bytes.gguf")))
        let logits = Numbers().matrix(1, cases.logits.count, cases.logits)
        for id in cases.logits.indices {
            let token = TokenChances(tokenizer: tokenizer, alternatives: 5).chosen(Int32(id), [65], from: logits)
            #expect(abs(try #require(token.chosen.logProbability) - cases.chances[id]) < 1e-5)
            #expect(token.alternatives.map(\.id) == cases.likeliest.map(Int32.init))
            for other in token.alternatives {
                #expect(abs(try #require(other.logProbability) - cases.chances[Int(other.id)]) < 1e-5)
                #expect(other.bytes == Array(tokenizer.bytes(of: other.id)))
            }
        }
    }

    @Test(arguments: [
        [Float.nan, 1, 0], [.nan, .nan, .nan], [.infinity, 1, .infinity], [-.infinity, 0, 1], [1e38, -1e38, 0],
    ])
    func everyLogitHasAProbabilityThatCanBeWritten(_ values: [Float]) throws {
        let tokenizer = try Tokenizer(GGUFFile(path: Fixture.path("tokenizers/bytes.gguf")))
        let logits = Numbers().matrix(1, 3, values)
        for id in Int32(-1)...3 {
            let token = TokenChances(tokenizer: tokenizer, alternatives: 20).chosen(id, [], from: logits)
            #expect(token.alternatives.count == 3)
            for chance in token.alternatives + [token.chosen] {
                let value = try #require(chance.logProbability)
                #expect(value <= 0 && value >= TokenChances.least)
            }
        }
    }

    @Test func theLikeliestComeInOrder() {
        let logits = Numbers(seed: 4).matrix(1, 1_003)
        let sorted = (0..<1_003).sorted { logits.base[$0] > logits.base[$1] }
        for limit in [0, 1, 7, 20] { #expect(Logits(logits).likeliest(limit) == Array(sorted.prefix(limit))) }
    }
}

import Testing
import TuneModel

@testable import TuneTrainer

/// Steps of many sequences at once: against the references, and against each sequence by itself.
struct BatchedLlamaTests {
    private func model(
        _ tiny: TinyLlama, inStrips: Bool, precision: StepPrecision = .standard, threads: Int = 2
    ) throws -> BatchedLlama {
        let team = Team(size: threads)
        let strips = inStrips ? try LlamaStrips(tiny.weights, on: team) : nil
        return BatchedLlama(tiny.weights, strips: strips, precision: precision, rows: 300, wanted: 80, team: team)
    }

    /// How a step calculates, and how far its logits may be from the reference's: keys in f16 show hardly; weights and
    /// inputs in bytes of so small a model show, where a fault would be as large as the numbers themselves.
    struct Manner: CustomTestStringConvertible {
        let testDescription: String
        let precision: StepPrecision?
        let limit: Float

        static let all = [
            Manner(testDescription: "f32", precision: nil, limit: 0.003),
            Manner(testDescription: "wide", precision: .wide, limit: 0.1),
            Manner(testDescription: "standard", precision: .standard, limit: 0.15),
            Manner(testDescription: "bytes", precision: .bytes, limit: 0.2),
        ]
    }

    @Test(arguments: TinyLlama.Source.all, Manner.all)
    func logitsAreTheReferences(_ source: TinyLlama.Source, _ manner: Manner) throws {
        let tiny = try TinyLlama(source)
        let model = try model(tiny, inStrips: manner.precision != nil, precision: manner.precision ?? .standard)
        for (index, example) in tiny.examples.enumerated() {
            let expected = try tiny.fixture["logits.\(index)"].values
            let tokens = Array(example.tokens)
            let cache = KeyValueCache(model.layout)
            let found = model.step([StepPart(cache, tokens, wanted: tokens.count)]).values
            #expect(cache.count == tokens.count)
            #expect(meanDifference(found, expected) < manner.limit)
        }
    }

    /// To the bit: alone or beside others, at once or in pieces, by any number of threads, with or without an adapter.
    @Test(arguments: TinyLlama.Source.all) func aSequenceDoesNotDependOnThoseBesideIt(_ source: TinyLlama.Source) throws
    {
        let tiny = try TinyLlama(source)
        let adapter = ServedAdapter(try tiny.adapter(), identity: "a", layers: tiny.weights.config.layers)
        let sequences = tiny.examples.prefix(3).enumerated().flatMap { index, example in
            [(Array(example.tokens), nil), (Array(example.tokens), index == 0 ? adapter : nil)]
        }
        var alone: [[Float]] = []
        for threads in [1, 3] {
            let model = try model(tiny, inStrips: true, threads: threads)
            let logits = sequences.map { tokens, adapter in
                model.step([
                    StepPart(KeyValueCache(model.layout), tokens, adapter: adapter, wanted: tokens.count)
                ]).values
            }
            if threads == 1 { alone = logits } else { #expect(logits == alone) }
        }
        let model = try model(tiny, inStrips: true)
        let caches = sequences.map { _ in KeyValueCache(model.layout) }
        var together = sequences.map { _ in [Float]() }
        var source = SplitMix64(seed: 9)
        while true {
            var (parts, owners): ([StepPart], [Int]) = ([], [])
            for (index, (tokens, adapter)) in sequences.enumerated() where caches[index].count < tokens.count {
                let count = min(1 + source.below(7), tokens.count - caches[index].count)
                let next = Array(tokens[caches[index].count..<caches[index].count + count])
                parts.append(StepPart(caches[index], next, adapter: adapter, wanted: count))
                owners.append(index)
            }
            guard !parts.isEmpty else { break }
            let logits = model.step(parts)
            var row = 0
            for (part, owner) in zip(parts, owners) {
                together[owner] += logits[rows: row..<row + part.wanted].values
                row += part.wanted
            }
        }
        for index in sequences.indices { #expect(together[index] == alone[index], "sequence \(index)") }
    }

    /// The root of the mean square of the differences, as a share of that of the expected numbers.
    private func meanDifference(_ found: [Float], _ expected: [Float]) -> Float {
        let errors = zip(found, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return (errors / expected.reduce(0) { $0 + $1 * $1 }).squareRoot()
    }

    @Test func adaptersOfAnyRankGoTogether() throws {
        let tiny = try TinyLlama("tiny_tied")
        let config = tiny.weights.config
        let small = Adapter(AdapterLayout(config: config, rank: 1, alpha: 2, targets: [.q, .down]), seed: 1)
        let large = Adapter(AdapterLayout(config: config, rank: 9, alpha: 4, targets: LoRATarget.allCases), seed: 2)
        for (index, adapter) in [small, large].enumerated() {
            for i in 0..<adapter.values.count where adapter.values.base[i] == 0 {
                adapter.values.base[i] = Float(index + 1) * 0.01
            }
        }
        let tokens = Array(tiny.examples[0].tokens)
        let expected = [nil, small, large].map { adapter in
            SequenceDecoder(tiny.model(adapter), capacity: 64).advance(tokens).values
        }
        let model = try model(tiny, inStrips: false)
        let served = [
            nil, ServedAdapter(small, identity: "s", layers: config.layers),
            ServedAdapter(large, identity: "l", layers: config.layers),
        ]
        let logits = model.step(served.map { StepPart(KeyValueCache(model.layout), tokens, adapter: $0) })
        for row in 0..<3 {
            #expect(worstDifference(logits[rows: row..<row + 1].values, expected[row]) < 1e-3)
        }
        #expect(worstDifference(expected[1], expected[0]) > 0.01 && worstDifference(expected[2], expected[1]) > 0.01)
    }
}

import TuneModel

@testable import TuneTrainer

/// A tiny model of `make_tiny_llama.py` with what transformers and PEFT make of it.
struct TinyLlama {
    struct Facts: Decodable {
        struct Sequence: Decodable {
            let ids: [Int32]
            let learnedFrom: Int

            private enum CodingKeys: String, CodingKey {
                case ids
                case learnedFrom = "learned_from"
            }
        }
        let sequences: [Sequence]
        let loss: Double
        let greedy: [Int32]
        let rank: Int
        let alpha: Double
        let adapterLoss: Double

        private enum CodingKeys: String, CodingKey {
            case sequences, loss, greedy, rank, alpha
            case adapterLoss = "adapter.loss"
        }
    }

    let facts: Facts
    let fixture: TensorFixture
    let weights: LlamaWeights
    let examples: [Example]

    init(_ name: String) throws {
        fixture = try TensorFixture(name)
        facts = try fixture.facts()
        weights = try LlamaWeights(PretrainedModel(path: Fixture.path("\(name).gguf")))
        examples = facts.sequences.enumerated().map { row, sequence in
            Example(
                row: row, prompt: Array(sequence.ids[..<sequence.learnedFrom]),
                completion: Array(sequence.ids[sequence.learnedFrom...]), limit: 1_000)
        }
    }

    /// The adapter whose numbers the fixture holds.
    func adapter() throws -> Adapter {
        let layout = AdapterLayout(
            config: weights.config, rank: facts.rank, alpha: facts.alpha, targets: LoRATarget.allCases)
        let adapter = Adapter(layout)
        for site in layout.sites {
            let pair = adapter.pair(site)
            let prefix = "layers.\(site.layer).\(site.target.rawValue)"
            for (matrix, name) in [(pair.a, "A"), (pair.b, "B")] {
                for (i, value) in try fixture["\(prefix).\(name)"].values.enumerated() { matrix.base[i] = value }
            }
        }
        return adapter
    }

    func model(_ adapter: Adapter? = nil, threads: Int = 2) -> Llama {
        Llama(weights, adapter: adapter, capacity: 256, team: Team(size: threads))
    }
}

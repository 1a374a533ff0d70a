import Testing
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

    /// A model file or folder, and the fixture with what the references make of it.
    struct Source: CustomTestStringConvertible {
        let fixture: String
        /// From the folder of fixtures.
        let model: String

        var testDescription: String { model }

        static let tied = Source(fixture: "tiny_tied", model: "tiny_tied.gguf")
        static let untied = Source(fixture: "tiny_untied", model: "tiny_untied.gguf")
        /// Of `make_families.py`, each as a folder and as a GGUF file.
        static let families = ["llama3", "linear", "mistral", "qwen2", "qwen3"].flatMap { name in
            ["families/\(name)", "families/\(name).gguf"].map { Source(fixture: "families/\(name)", model: $0) }
        }
        static let all = [tied, untied] + families
    }

    let facts: Facts
    let fixture: TensorFixture
    let weights: LlamaWeights
    let examples: [Example]

    init(_ name: String) throws { try self.init(Source(fixture: name, model: "\(name).gguf")) }

    init(_ source: Source) throws {
        fixture = try TensorFixture(source.fixture)
        facts = try fixture.facts()
        weights = try LlamaWeights(PretrainedModel(path: Fixture.path(source.model)))
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

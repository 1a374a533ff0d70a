import TuneModel

@testable import TuneTrainer

/// What PyTorch and PEFT make of the variants of training on `tiny_tied`: the fixture of `make_variants.py`.
struct Variants {
    struct Facts: Decodable {
        struct Drawn: Decodable {
            let share: Double?
            let noise: Double?
            let seed: UInt64
            let step: Int
            let loss: Double

            /// What the trainer draws from.
            var chance: Chance { Chance(seed: seed, step: step, dropout: share ?? 0, noise: noise ?? 0) }
        }
        struct Full: Decodable {
            let rate: Double
            let losses: [Double]
        }
        struct Preference: Decodable {
            struct Pair: Decodable {
                let prompt: [Int32]
                let preferred: [Int32]
                let rejected: [Int32]
            }
            let beta: Double
            let rate: Double
            let pairs: [Pair]
            let loss: Double
            let margins: [Double]
            let losses: [Double]
        }
        let rankStabilizedLoss: Double
        let savedLoss: Double
        let dropout: Drawn
        let noise: Drawn
        let full: Full
        let dpo: Preference

        private enum CodingKeys: String, CodingKey {
            case rankStabilizedLoss = "rslora.loss"
            case savedLoss = "peft.loss"
            case dropout, noise, full, dpo
        }
    }

    let tiny: TinyLlama
    let facts: Facts
    private let fixture: TensorFixture

    init() throws {
        tiny = try TinyLlama("tiny_tied")
        fixture = try TensorFixture("variants")
        facts = try fixture.facts()
    }

    var pairs: [Example] {
        facts.dpo.pairs.enumerated().map { row, pair in
            let better = Example(row: row, prompt: pair.prompt, completion: pair.preferred, limit: 1_000)
            let worse = Example(row: row, prompt: pair.prompt, completion: pair.rejected, limit: 1_000)
            return Example(
                row: row, tokens: better.tokens, isCompletion: better.isCompletion,
                rejected: Example.Side(tokens: worse.tokens, isCompletion: worse.isCompletion))
        }
    }

    /// The tiny model's adapter with other settings of its layout.
    func adapter(isRankStabilized: Bool = false, dropout: Double = 0) throws -> Adapter {
        let plain = try tiny.adapter()
        let adapter = Adapter(
            AdapterLayout(
                config: tiny.weights.config, rank: plain.layout.rank, alpha: plain.layout.alpha,
                targets: LoRATarget.allCases, isRankStabilized: isRankStabilized, dropout: dropout))
        adapter.values.copy(from: plain.values)
        return adapter
    }

    func pass(_ adapter: Adapter?, keptRows: Int = 128, threads: Int = 2) -> BatchPass {
        BatchPass(tiny.model(adapter, threads: threads), keptRows: keptRows, longest: 128)
    }

    /// The worst difference of any matrix from the reference's, each relative to its largest number.
    func worstError(of gradient: Adapter, _ prefix: String) throws -> Float {
        try gradient.layout.sites.reduce(0) { worst, site in
            let name = "\(prefix).layers.\(site.layer).\(site.target.rawValue)"
            let found: [(Matrix, String)] =
                switch gradient.layout.tuning {
                case .lora: [(gradient.pair(site).a, "\(name).dA"), (gradient.pair(site).b, "\(name).dB")]
                case .full: [(gradient.weight(site), name)]
                }
            return try found.reduce(worst) { max($0, worstDifference($1.0.values, try fixture[$1.1].values)) }
        }
    }
}

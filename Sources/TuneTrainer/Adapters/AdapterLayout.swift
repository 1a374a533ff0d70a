import TuneModel

/// Where the numbers that a run trains lie in one run of numbers: layer by layer, target by target.
///
/// Of an adapter that is each pair's A, then its B; of whole weights each W in rows, as it is multiplied.
struct AdapterLayout: Hashable, Sendable {
    struct Site: Hashable, Sendable {
        let layer: Int
        let target: LoRATarget
        let inputs: Int
        let outputs: Int
        /// Of A, which B follows; or of W.
        let offset: Int
    }

    let tuning: TuningKind
    /// Of the pairs; 1 where there are none.
    let rank: Int
    let alpha: Double
    /// rsLoRA: alpha is divided by √rank instead of rank.
    let isRankStabilized: Bool
    /// Share of a pair's inputs that each update leaves out.
    let dropout: Double
    let sites: [Site]
    /// Numbers in all.
    let count: Int
    private let index: [Key: Int]

    private struct Key: Hashable {
        let layer: Int
        let target: LoRATarget
    }

    /// Low-rank pairs on some linear layers of every block.
    init(
        config: LlamaConfig, rank: Int, alpha: Double, targets: [LoRATarget], isRankStabilized: Bool = false,
        dropout: Double = 0
    ) {
        self.init(
            .lora, config, targets, rank: rank, alpha: alpha, isRankStabilized: isRankStabilized, dropout: dropout)
    }

    /// What a run with these settings trains. A full fine-tuning takes every linear layer of the blocks; norms, biases,
    /// embedding and head stay as they are, since they are few numbers or serve every token alike.
    init(config: LlamaConfig, _ settings: Hyperparameters) {
        switch settings.tuning {
        case .lora:
            self.init(
                config: config, rank: settings.loraRank, alpha: settings.loraAlpha, targets: settings.loraTargets,
                isRankStabilized: settings.isRankStabilized, dropout: settings.loraDropout)
        case .full:
            self.init(
                .full, config, LoRATarget.allCases, rank: 1, alpha: 1, isRankStabilized: false, dropout: 0)
        }
    }

    private init(
        _ tuning: TuningKind, _ config: LlamaConfig, _ targets: [LoRATarget], rank: Int, alpha: Double,
        isRankStabilized: Bool, dropout: Double
    ) {
        self.tuning = tuning
        self.rank = rank
        self.alpha = alpha
        self.isRankStabilized = isRankStabilized
        self.dropout = dropout
        var sites: [Site] = []
        var index: [Key: Int] = [:]
        var offset = 0
        for layer in 0..<config.layers {
            for target in LoRATarget.allCases where targets.contains(target) {
                let (outputs, inputs) = target.shape(in: config)
                index[Key(layer: layer, target: target)] = sites.count
                sites.append(Site(layer: layer, target: target, inputs: inputs, outputs: outputs, offset: offset))
                offset += tuning == .lora ? rank * (inputs + outputs) : inputs * outputs
            }
        }
        self.sites = sites
        self.index = index
        count = offset
    }

    /// Multiplies B·A.
    var scale: Float { Float(alpha / (isRankStabilized ? Double(rank).squareRoot() : Double(rank))) }

    /// The targets that are trained, in the usual order.
    var targets: [LoRATarget] { LoRATarget.allCases.filter { target in sites.contains { $0.target == target } } }

    func site(_ layer: Int, _ target: LoRATarget) -> Site? {
        index[Key(layer: layer, target: target)].map { sites[$0] }
    }

    /// The first layer that is trained: below it no gradient is needed.
    var lowestLayer: Int { sites.first?.layer ?? 0 }

    /// The same pairs with another share of inputs left out.
    func withDropout(_ dropout: Double) -> AdapterLayout { AdapterLayout(self, dropout: dropout) }

    private init(_ other: AdapterLayout, dropout: Double) {
        tuning = other.tuning
        rank = other.rank
        alpha = other.alpha
        isRankStabilized = other.isRankStabilized
        self.dropout = dropout
        sites = other.sites
        count = other.count
        index = other.index
    }
}

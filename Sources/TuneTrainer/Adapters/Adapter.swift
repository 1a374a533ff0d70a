import TuneModel

/// One linear layer's low-rank pair: W is used as W + scale·B·A.
struct LoRAPair {
    /// (rank, inputs)
    let a: Matrix
    /// (outputs, rank)
    let b: Matrix
}

/// Where an adapter's matrices lie in one run of numbers: layer by layer, target by target, A before B.
struct AdapterLayout: Hashable, Sendable {
    struct Site: Hashable, Sendable {
        let layer: Int
        let target: LoRATarget
        let inputs: Int
        let outputs: Int
        /// Of A; B follows it.
        let offset: Int
    }

    let rank: Int
    /// Multiplies B·A: alpha / rank.
    let scale: Float
    let sites: [Site]
    /// Numbers in all.
    let count: Int
    private let index: [Key: Int]

    private struct Key: Hashable {
        let layer: Int
        let target: LoRATarget
    }

    init(config: LlamaConfig, rank: Int, alpha: Double, targets: [LoRATarget]) {
        self.rank = rank
        scale = Float(alpha / Double(rank))
        var sites: [Site] = []
        var index: [Key: Int] = [:]
        var offset = 0
        for layer in 0..<config.layers {
            for target in LoRATarget.allCases where targets.contains(target) {
                let (outputs, inputs) = target.shape(in: config)
                index[Key(layer: layer, target: target)] = sites.count
                sites.append(Site(layer: layer, target: target, inputs: inputs, outputs: outputs, offset: offset))
                offset += rank * (inputs + outputs)
            }
        }
        self.sites = sites
        self.index = index
        count = offset
    }

    /// As the settings want it.
    init(config: LlamaConfig, _ hyperparameters: Hyperparameters) {
        self.init(
            config: config, rank: hyperparameters.loraRank, alpha: hyperparameters.loraAlpha,
            targets: hyperparameters.loraTargets)
    }

    /// The targets that have a pair, in the usual order.
    var targets: [LoRATarget] { LoRATarget.allCases.filter { target in sites.contains { $0.target == target } } }

    func site(_ layer: Int, _ target: LoRATarget) -> Site? {
        index[Key(layer: layer, target: target)].map { sites[$0] }
    }

    /// The first layer that has an adapter: below it no gradient is needed.
    var lowestLayer: Int { sites.first?.layer ?? 0 }
}

/// Numbers in an adapter's layout: the adapter itself, its gradient, or a moment of the optimizer.
final class Adapter {
    let layout: AdapterLayout
    /// (1, layout.count)
    let values: Matrix

    /// All zeros.
    init(_ layout: AdapterLayout) {
        self.layout = layout
        values = Matrix(zeros: 1, layout.count)
    }

    /// Fresh: B is zero, so that the model starts as its base; A is uniform within ±1/√inputs.
    init(_ layout: AdapterLayout, seed: UInt64) {
        self.layout = layout
        values = Matrix(zeros: 1, layout.count)
        var source = SplitMix64(seed: seed)
        for site in layout.sites {
            let bound = 1 / Float(site.inputs).squareRoot()
            let a = pair(site).a
            for i in 0..<a.count { a.base[i] = (2 * source.unitFloat() - 1) * bound }
        }
    }

    func pair(_ site: AdapterLayout.Site) -> LoRAPair {
        LoRAPair(
            a: values.part(site.offset, layout.rank, site.inputs),
            b: values.part(site.offset + layout.rank * site.inputs, site.outputs, layout.rank))
    }

    /// The pair of a layer's target; nil where the adapter leaves it alone.
    func pair(_ layer: Int, _ target: LoRATarget) -> LoRAPair? {
        layout.site(layer, target).map(pair)
    }
}

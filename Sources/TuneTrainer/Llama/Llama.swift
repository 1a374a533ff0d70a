import TuneModel

/// A model at work: its weights, an adapter or trained weights if there are any, and the threads and small memory that its layers share.
///
/// One caller at a time. T is the number of rows at work, C H D F V are the sizes of `LlamaConfig`.
final class Llama {
    let weights: LlamaWeights
    private(set) var adapter: Adapter?
    let team: Team
    let rope: RopeTable
    let linearScratch: LinearScratch
    let attentionScratch: AttentionScratch
    let headLayout: HeadLayout
    /// What a batch that is learned from leaves out of the adapter's inputs; set for as long as it is at work.
    var dropout: Dropout?
    let bytes: LlamaBytes?

    var config: LlamaConfig { weights.config }

    /// `capacity` is the most rows, and the longest sequence, that will be at work at once. `bytes` are the blocks'
    /// weights for fast products; nil makes every product in f32.
    init(_ weights: LlamaWeights, adapter: Adapter?, capacity: Int, team: Team, bytes: LlamaBytes? = nil) {
        let config = weights.config
        self.weights = weights
        self.adapter = adapter
        self.team = team
        self.bytes = bytes
        let side = config.longestSide
        rope = RopeTable(
            length: capacity, headSize: config.headSize, base: config.ropeBase, divisors: config.ropeDivisors)
        linearScratch = LinearScratch(
            rows: capacity, side: side, rank: adapter?.layout.rank ?? 1, members: team.size,
            weight: Matrix(zeros: config.hidden, side),
            int8: bytes == nil ? nil : Int8Scratch(rows: capacity, side: side, members: team.size))
        attentionScratch = AttentionScratch(
            keys: capacity, members: team.size, headSize: config.headSize)
        headLayout = HeadLayout(heads: config.heads, keyValueHeads: config.keyValueHeads, size: config.headSize)
    }

    /// A block's linear layer with its adapter; `isExact`, as when a model is measured, keeps to f32 also where there are
    /// weights in bytes, and leaves nothing out.
    func linear(_ layer: Int, _ target: LoRATarget, isExact: Bool = false) -> Linear {
        let trained = adapter?.weight(layer, target)
        return Linear(
            weight: trained.map(WeightMatrix.init) ?? weights.layers[layer][target],
            bytes: isExact || trained != nil ? nil : bytes?[layer, target],
            pair: adapter?.pair(layer, target),
            scale: adapter?.layout.scale ?? 0, mask: isExact ? nil : dropout?.mask(layer, target))
    }

    /// Does work with another adapter of the same rank, or none.
    func with<Result>(_ other: Adapter?, _ work: () -> Result) -> Result {
        let own = adapter
        adapter = other
        defer { adapter = own }
        return work()
    }
}

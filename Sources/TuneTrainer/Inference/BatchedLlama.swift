import CKernels
import TuneModel

/// A model that takes tokens of many sequences through its layers at once, each with its own keys, values and adapter.
///
/// The base's products are shared by all rows. With strips, what a row comes to depends on its own sequence alone, to the
/// bit: not on the rows beside it, on how a prompt is cut into steps, or on the number of threads. In f32 the matrix
/// library adds up in another order for other numbers of rows, so that last digits differ there.
///
/// One caller at a time. The whole of a step is one piece of the team's work, in which members meet between stages.
final class BatchedLlama {
    let weights: LlamaWeights
    let team: Team
    let layout: KeyValueLayout
    /// Most rows of a step, and most of them whose logits are wanted.
    let rowLimit: Int
    let wantedLimit: Int
    let strips: LlamaStrips?
    let heads: HeadLayout
    let blocks: [ServedBlock]
    let head: ServedLinear
    private(set) var rope: RopeTable
    private(set) var memory: StepMemory
    private var rank = 1

    var config: LlamaConfig { weights.config }

    /// `strips` nil makes every product in f32, from the mapped files.
    init(
        _ weights: LlamaWeights, strips: LlamaStrips?, precision: StepPrecision = .standard, rows: Int, wanted: Int,
        team: Team
    ) {
        let config = weights.config
        (self.weights, self.strips, self.team) = (weights, strips, team)
        (rowLimit, wantedLimit) = (rows, wanted)
        layout = KeyValueLayout(config)
        heads = HeadLayout(heads: config.heads, keyValueHeads: config.keyValueHeads, size: config.headSize)
        blocks = (0..<config.layers).map { ServedBlock(weights, strips, precision, layer: $0) }
        head = ServedLinear(head: weights, strips, precision)
        rope = RopeTable(
            length: 512, headSize: config.headSize, base: config.ropeBase, divisors: config.ropeDivisors)
        memory = StepMemory(config, rows: rows, wanted: wanted, rank: rank, members: team.size)
    }

    /// Takes the parts' tokens in and returns the logits that were wanted, (wanted, V), in the parts' order; the next step
    /// writes over them.
    func step(_ parts: [StepPart]) -> Matrix {
        let plan = StepPlan(parts, heads, members: team.size)
        precondition(plan.rows <= rowLimit && plan.wanted.count <= wantedLimit)
        makeRoom(for: plan)
        team.run { member in take(plan, as: member) }
        for part in parts { part.cache.advance(part.tokens.count) }
        return memory.logits[rows: 0..<plan.wanted.count]
    }

    private func makeRoom(for plan: StepPlan) {
        let length = Int(plan.positions.max()!) + 1
        if length > rope.cosines.rows {
            rope = RopeTable(
                length: max(length, 2 * rope.cosines.rows), headSize: config.headSize, base: config.ropeBase,
                divisors: config.ropeDivisors)
        }
        let highest = plan.runs.map(\.adapter.rank).max() ?? 1
        if highest > rank {
            rank = highest
            memory = StepMemory(config, rows: rowLimit, wanted: wantedLimit, rank: rank, members: team.size)
        }
    }

    // MARK: - What each member does

    private func take(_ plan: StepPlan, as member: Int) {
        for t in team.share(plan.rows, of: member) { embed(plan.tokens[t], into: memory.x.row(t)) }
        team.meet()
        for layer in 0..<config.layers { take(plan, layer, as: member) }
        predict(plan, member)
    }

    private func embed(_ token: Int32, into row: UnsafeMutablePointer<Float>) {
        guard let strips else { return weights.embedding.dequantize(Int(token)..<Int(token) + 1, into: row) }
        guard config.hidden % StripMatrix.block != 0 else { return strips.embedding.row(Int(token), into: row) }
        let whole = Matrix(zeros: 1, StripMatrix.blocks(config.hidden) * StripMatrix.block)
        strips.embedding.row(Int(token), into: whole.base)
        row.update(from: whole.base, count: config.hidden)
    }

    /// As `Llama.blockForward`, for rows of many sequences.
    private func take(_ plan: StepPlan, _ layer: Int, as member: Int) {
        let (rows, block) = (plan.rows, blocks[layer])
        let (x, middle) = (memory.x[rows: 0..<rows], memory.middle[rows: 0..<rows])
        let inputs = rows <= StepMemory.ownRows ? memory.own[member] : memory.shared

        normalize(x, block.attentionNorm, into: inputs.channels, [block.q, block.k, block.v], plan.runs, member)
        queriesKeysValues(block, inputs.channels, plan, member)
        team.meet()
        attend(layer, plan, member)
        team.meet()
        prepare(memory.shared.heads.floats[rows: 0..<rows], into: inputs.heads, [block.o], plan.runs, member)
        multiply(block.o, share(block.o, member), inputs.heads, 0, into: middle, adding: x, plan.runs, member)
        team.meet()
        normalize(middle, block.feedForwardNorm, into: inputs.channels, [block.gate, block.up], plan.runs, member)
        feedForward(block, inputs.channels, plan, member)
        team.meet()
        multiply(block.down, share(block.down, member), memory.product, 0, into: x, adding: middle, plan.runs, member)
        team.meet()
    }

    func share(_ linear: ServedLinear, _ member: Int) -> Range<Int> {
        team.share(linear.stripCount, of: member)
    }

    /// Which of so many rows a member prepares: few are prepared by every member for itself, many are divided.
    func rowsToPrepare(_ count: Int, _ member: Int) -> Range<Int> {
        count <= StepMemory.ownRows ? 0..<count : team.share(count, of: member)
    }

    /// Normalizes the input of linear layers and prepares it.
    func normalize(
        _ x: Matrix, _ norm: Matrix, into input: StepInput, _ linears: [ServedLinear], _ runs: [StepPlan.AdapterRun],
        _ member: Int
    ) {
        let rows = rowsToPrepare(x.rows, member)
        let floats = input.floats[rows: 0..<x.rows]
        if let t = rows.first {
            withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count) { r in
                tk_rms_norm(
                    floats.row(t), r.baseAddress!, x.row(t), norm.base, rows.count, x.columns, config.normEpsilon)
            }
        }
        prepare(floats, into: input, linears, runs, member)
    }

    /// Brings rows into the forms that linear layers read: cut, and multiplied by the adapters' A.
    func prepare(
        _ x: Matrix, into input: StepInput, _ linears: [ServedLinear], _ runs: [StepPlan.AdapterRun], _ member: Int
    ) {
        let rows = rowsToPrepare(x.rows, member)
        if strips != nil {
            input.cut.cut(x, rows, isWide: linears[0].isWide)
        } else if x.base != input.floats.base, let t = rows.first {
            // In f32 products read the rows themselves.
            input.floats.row(t).update(from: x.row(t), count: rows.count * x.columns)
        }
        for run in runs { multiplyInner(x, run.rows.clamped(to: rows), run.adapter, linears, input) }
        if x.rows > StepMemory.ownRows { team.meet() }
    }

    /// h = x·Aᵀ for some rows of one adapter.
    func multiplyInner(
        _ x: Matrix, _ rows: Range<Int>, _ adapter: ServedAdapter, _ linears: [ServedLinear], _ input: StepInput
    ) {
        for (place, linear) in linears.enumerated() {
            guard let pair = adapter.pair(linear.layer, linear.target) else { continue }
            let h = input.inner[place]
            // Row by row: those of adapters of lower rank are shorter than their places.
            for t in rows {
                tk_thin_product(h.row(t), x.row(t), x.columns, pair.a.base, x.columns, 1, x.columns, pair.a.rows, 1)
            }
        }
    }
}

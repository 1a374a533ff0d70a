import TuneModel

/// What one block computes from its input and what its backward pass needs again. T rows each.
struct LayerActivations {
    /// 1/rms of the block's input and of `middle`. (T, 1)
    let attentionScale: Matrix
    let feedForwardScale: Matrix
    /// Rotated queries (H·D), rotated keys and values (K·D).
    let q: Matrix
    let k: Matrix
    let v: Matrix
    /// What came before the norms over heads, in families that have them.
    let heads: HeadActivations
    /// Heads' outputs, before the output layer. (H·D)
    let attended: Matrix
    /// The residual stream between attention and feed-forward. (C)
    let middle: Matrix
    /// (F)
    let gate: Matrix
    let up: Matrix
    /// x·Aᵀ of each adapted layer, (7·T, rank): T rows for each target.
    private let inner: Matrix

    init(
        rows: Int, config: LlamaConfig, rank: Int, keysAndValues: (k: Matrix, v: Matrix)? = nil
    ) {
        attentionScale = Matrix(zeros: rows, 1)
        feedForwardScale = Matrix(zeros: rows, 1)
        q = Matrix(zeros: rows, config.queryWidth)
        k = keysAndValues?.k ?? Matrix(zeros: rows, config.keyValueWidth)
        v = keysAndValues?.v ?? Matrix(zeros: rows, config.keyValueWidth)
        heads = HeadActivations(rows: config.hasHeadNorms ? rows : 0, config: config)
        attended = Matrix(zeros: rows, config.queryWidth)
        middle = Matrix(zeros: rows, config.hidden)
        gate = Matrix(zeros: rows, config.feedForward)
        up = Matrix(zeros: rows, config.feedForward)
        inner = Matrix(zeros: rows * LoRATarget.allCases.count, rank)
    }

    /// x·Aᵀ of a target's layer. (T, rank)
    func h(_ target: LoRATarget) -> Matrix {
        let rows = inner.rows / LoRATarget.allCases.count
        let index = target.ordinal
        return inner[rows: rows * index..<rows * (index + 1)]
    }

    /// The first rows only, for a batch that is shorter than the memory.
    func first(_ rows: Int) -> LayerActivations { LayerActivations(self, rows: rows) }

    private init(_ whole: LayerActivations, rows: Int) {
        func cut(_ matrix: Matrix) -> Matrix { matrix[rows: 0..<rows] }
        attentionScale = cut(whole.attentionScale)
        feedForwardScale = cut(whole.feedForwardScale)
        q = cut(whole.q)
        k = cut(whole.k)
        v = cut(whole.v)
        heads = whole.heads.first(rows)
        attended = cut(whole.attended)
        middle = cut(whole.middle)
        gate = cut(whole.gate)
        up = cut(whole.up)
        inner = whole.inner[rows: 0..<rows * LoRATarget.allCases.count]
    }

    /// The same memory with keys and values kept elsewhere, as in a cache.
    init(_ other: LayerActivations, k: Matrix, v: Matrix) {
        attentionScale = other.attentionScale
        feedForwardScale = other.feedForwardScale
        q = other.q
        self.k = k
        self.v = v
        heads = other.heads
        attended = other.attended
        middle = other.middle
        gate = other.gate
        up = other.up
        inner = other.inner
    }
}

/// Queries and keys before their heads are normalized, and 1/rms of each head; nothing where no head is. T rows each.
struct HeadActivations {
    /// (H·D)
    let q: Matrix
    /// (H)
    let qScale: Matrix
    /// (K·D)
    let k: Matrix
    /// (K)
    let kScale: Matrix

    init(rows: Int, config: LlamaConfig) {
        q = Matrix(zeros: rows, config.queryWidth)
        qScale = Matrix(zeros: rows, config.heads)
        k = Matrix(zeros: rows, config.keyValueWidth)
        kScale = Matrix(zeros: rows, config.keyValueHeads)
    }

    private init(_ whole: HeadActivations, rows: Int) {
        q = whole.q[rows: 0..<rows]
        qScale = whole.qScale[rows: 0..<rows]
        k = whole.k[rows: 0..<rows]
        kScale = whole.kScale[rows: 0..<rows]
    }

    func first(_ rows: Int) -> HeadActivations { q.rows == 0 ? self : HeadActivations(self, rows: rows) }
}

extension LoRATarget {
    /// Its place among all targets.
    var ordinal: Int { LoRATarget.allCases.firstIndex(of: self)! }
}

/// Memory that passes through a layer and is free again after it. T rows each.
struct LayerScratch {
    /// A normalized input, (C).
    let normed: Matrix
    /// The feed-forward's inner values, (F).
    let product: Matrix

    init(rows: Int, config: LlamaConfig) {
        normed = Matrix(zeros: rows, config.hidden)
        product = Matrix(zeros: rows, config.feedForward)
    }

    private init(normed: Matrix, product: Matrix) {
        self.normed = normed
        self.product = product
    }

    func first(_ rows: Int) -> LayerScratch {
        LayerScratch(normed: normed[rows: 0..<rows], product: product[rows: 0..<rows])
    }
}

import TuneModel

/// What a linear layer reads: rows in f32, the same cut to bytes, and what adapters make of them.
struct StepInput: @unchecked Sendable {
    /// (rows, inputs)
    let floats: Matrix
    let cut: CutRows
    /// x·Aᵀ for up to three layers that read the same input. (rows, highest rank)
    let inner: [Matrix]

    init(rows: Int, inputs: Int, rank: Int) {
        floats = Matrix(zeros: rows, inputs)
        cut = CutRows(rows: rows, columns: inputs)
        inner = (0..<3).map { _ in Matrix(zeros: rows, rank) }
    }
}

/// The inputs of a block's layers up to the feed-forward's last.
struct StepInputs: @unchecked Sendable {
    /// Normalized channels of the residual stream. (rows, C)
    let channels: StepInput
    /// Heads' outputs. (rows, H·D)
    let heads: StepInput

    init(_ config: LlamaConfig, rows: Int, rank: Int) {
        channels = StepInput(rows: rows, inputs: config.hidden, rank: rank)
        heads = StepInput(rows: rows, inputs: config.queryWidth, rank: rank)
    }
}

/// Memory for the steps of one model: for at most so many rows. What is never touched takes no memory.
struct StepMemory: @unchecked Sendable {
    /// The residual stream before and after attention. (rows, C)
    let x: Matrix
    let middle: Matrix
    /// (rows, H·D), (rows, K·D)
    let q: Matrix
    let k: Matrix
    let v: Matrix
    /// A head before its norm, in families that have one, and 1/rms. (2 · members, D)
    let head: Matrix
    /// Shared by the team; and for few rows each member's own, so that none waits.
    let shared: StepInputs
    let own: [StepInputs]
    /// The feed-forward's inner values. (rows, F)
    let product: StepInput
    /// Some outputs of gate and up, and what comes of them. (3 · members, `groupNumbers`)
    let groups: Matrix
    /// A strip with a byte for each nibble. (members, …)
    let spread: [Buffer<UInt8>]
    /// A strip's weights written out, for products in f32. (members, 32 · longest input)
    let written: Matrix
    /// Rows whose logits are wanted. (wanted, C)
    let ends: Matrix
    /// (wanted, V)
    let logits: Matrix

    /// With at most so many rows every member prepares all inputs for itself.
    static let ownRows = 4
    /// Strips of the feed-forward that a member makes at a time, for so many rows: what they take stays near the core.
    static func group(_ rows: Int) -> Int { max(1, 2_048 / rows) }

    init(_ config: LlamaConfig, rows: Int, wanted: Int, rank: Int, members: Int) {
        let rank = max(1, rank)
        x = Matrix(zeros: rows, config.hidden)
        middle = Matrix(zeros: rows, config.hidden)
        q = Matrix(zeros: rows, config.queryWidth)
        k = Matrix(zeros: rows, config.keyValueWidth)
        v = Matrix(zeros: rows, config.keyValueWidth)
        head = Matrix(zeros: 2 * members, config.headSize)
        shared = StepInputs(config, rows: max(rows, wanted), rank: rank)
        own = (0..<members).map { _ in StepInputs(config, rows: Self.ownRows, rank: rank) }
        product = StepInput(rows: rows, inputs: config.feedForward, rank: rank)
        groups = Matrix(zeros: 3 * members, StripMatrix.strip * max(2_048, rows))
        let longest = config.longestSide
        let blocks = StripMatrix.blocks(longest)
        spread = (0..<members).map { _ in Buffer(zeros: blocks * StripMatrix.spreadBlock) }
        written = Matrix(zeros: members, StripMatrix.strip * longest)
        ends = Matrix(zeros: wanted, config.hidden)
        logits = Matrix(zeros: wanted, config.vocabulary)
    }
}

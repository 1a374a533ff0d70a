import CKernels
import TuneModel

/// The linear layers of all blocks, and the head, in signed bytes: what makes training fast where the CPU multiplies
/// bytes well.
final class LlamaBytes {
    private let layers: [[LoRATarget: Int8Matrix]]
    /// (V, C)
    let head: Int8Matrix

    /// Tokens of the first examples that are looked at, at most.
    private static let calibrationTokens = 512

    /// Whether products in bytes are faster than in f32 on this CPU.
    static var isWorthwhile: Bool { byteLevel > 0 }

    /// Calibrated on the first examples of the training data, so that a resumed run has the same bytes; nil for f32.
    convenience init?(
        _ weights: LlamaWeights, for arithmetic: TrainingArithmetic, examples: some Sequence<Example>, on team: Team
    ) {
        guard arithmetic == .int8 else { return nil }
        var (group, room): ([Example], Int) = ([], Self.calibrationTokens)
        for example in examples {
            let tokens = example.tokens.prefix(room)
            group.append(
                Example(row: example.row, tokens: tokens, isCompletion: example.isCompletion.prefix(room)))
            room -= tokens.count
            if room == 0 { break }
        }
        self.init(weights, calibration: PackedBatch(group, promptLossWeight: 0), on: team)
    }

    /// Takes a batch through the model in f32 to see how large each layer's input channels become, and cuts the
    /// weights to bytes with that in mind.
    init(_ weights: LlamaWeights, calibration batch: PackedBatch, on team: Team) {
        let config = weights.config
        let rows = batch.tokens.count
        let model = Llama(weights, adapter: nil, capacity: rows, team: team)
        let a = LayerActivations(rows: rows, config: config, rank: 1)
        let scratch = LayerScratch(rows: rows, config: config)
        let r = Matrix(zeros: rows, 1)
        var (x, next) = (Matrix(zeros: rows, config.hidden), Matrix(zeros: rows, config.hidden))
        func tops(of x: Matrix, normedBy weight: Matrix) -> [Float] {
            rmsNorm(into: scratch.normed, r: r, x, weight: weight, epsilon: config.normEpsilon, on: team)
            return scratch.normed.columnTops()
        }

        embed(into: x, batch.tokens, weights.embedding, on: team)
        var layers: [[LoRATarget: Int8Matrix]] = []
        for (layer, block) in weights.layers.enumerated() {
            model.blockForward(
                layer, into: next, x, a, scratch: scratch, positions: batch.positions, spans: batch.spans, keys: a.k,
                values: a.v)
            var inBytes: [LoRATarget: Int8Matrix] = [:]
            /// Layers that read the same input, with the largest sizes of its channels.
            func cut(_ targets: [LoRATarget], _ inputTops: [Float]) {
                let smoothing = Smoothing(inputTops: inputTops, of: targets.map { block[$0] }, on: team)
                for target in targets { inBytes[target] = Int8Matrix(block[target], smoothing, on: team) }
            }
            cut([.down], scratch.product.columnTops())
            cut([.q, .k, .v], tops(of: x, normedBy: block.attentionNorm))
            cut([.gate, .up], tops(of: a.middle, normedBy: block.feedForwardNorm))
            cut([.o], a.attended.columnTops())
            layers.append(inBytes)
            // From here on the block is read in bytes only.
            block.letGo()
            swap(&x, &next)
        }
        self.layers = layers
        let smoothing = Smoothing(
            inputTops: tops(of: x, normedBy: weights.finalNorm), of: [weights.head], on: team)
        head = Int8Matrix(weights.head, smoothing, on: team)
        weights.head.letGo()
    }

    subscript(layer: Int, target: LoRATarget) -> Int8Matrix { layers[layer][target]! }
}

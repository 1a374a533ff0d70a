import CKernels
import TuneModel

/// The linear layers of all blocks in signed bytes: what makes training fast where the CPU multiplies bytes well.
final class LlamaBytes {
    private let layers: [[LoRATarget: Int8Matrix]]

    /// Whether products in bytes are faster than in f32 on this CPU.
    static var isWorthwhile: Bool { tk_has_fast_int8() != 0 }

    /// Calibrated on the first examples of the training data, so that a resumed run has the same bytes; nil for f32.
    convenience init?(
        _ weights: LlamaWeights, for arithmetic: TrainingArithmetic, examples: [Example], on team: Team
    ) {
        guard arithmetic == .int8, let group = examples.packed(into: TrainingRun.keptRows).first else { return nil }
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
            let product = scratch.product.columnTops()
            let attention = tops(of: x, normedBy: block.attentionNorm)
            let feedForward = tops(of: a.middle, normedBy: block.feedForwardNorm)
            let attended = a.attended.columnTops()
            layers.append(
                Dictionary(
                    uniqueKeysWithValues: LoRATarget.allCases.map { target in
                        let inputs =
                            switch target {
                            case .q, .k, .v: attention
                            case .o: attended
                            case .gate, .up: feedForward
                            case .down: product
                            }
                        return (target, Int8Matrix(block[target], inputTops: inputs, on: team))
                    }))
            swap(&x, &next)
        }
        self.layers = layers
    }

    subscript(layer: Int, target: LoRATarget) -> Int8Matrix { layers[layer][target]! }
}

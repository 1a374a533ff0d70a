import TuneModel

/// Which layers' inputs are cut wide, to 14 bits instead of bytes.
///
/// On SmolLM2-135M bytes alone make a mean divergence of 3.3e-3 from f32, and wide inputs for all layers one of 1e-6. Of
/// the 3.3e-3 the head makes 1.0, gate and up 1.0, q, k and v 0.9, down 0.8 and o 0.2.
struct StepPrecision: Hashable, Sendable {
    var wide: Set<LoRATarget>
    var isHeadWide: Bool

    /// Below 1e-3; gate and up, half of all the work, stay in bytes.
    static let standard = StepPrecision(wide: [.q, .k, .v, .o, .down], isHeadWide: true)
    static let bytes = StepPrecision(wide: [], isHeadWide: false)
    static let wide = StepPrecision(wide: Set(LoRATarget.allCases), isHeadWide: true)
}

/// One linear layer of a block as a step reads it.
final class ServedLinear: Sendable {
    let layer: Int
    /// Ordinal of its `LoRATarget`.
    let target: Int
    let weight: WeightMatrix
    /// Nil where products are made in f32.
    let strips: StripMatrix?
    let bias: Matrix?
    /// Whether its input is cut wide; the same for all layers that read one input.
    let isWide: Bool

    init(
        _ weights: LlamaWeights, _ strips: LlamaStrips?, _ precision: StepPrecision, layer: Int, _ target: LoRATarget
    ) {
        isWide = precision.wide.contains(target)
        self.layer = layer
        self.target = target.ordinal
        weight = weights.layers[layer][target]
        bias = weights.layers[layer].bias(target)
        self.strips = strips?[layer, target]
    }

    /// A head: a layer beside all blocks, which no adapter changes.
    init(head weights: LlamaWeights, _ strips: LlamaStrips?, _ precision: StepPrecision) {
        isWide = precision.isHeadWide
        (layer, target, bias) = (0, 0, nil)
        weight = weights.head
        self.strips = strips?.head
    }

    var inputs: Int { weight.columns }
    var outputs: Int { weight.rows }
    /// Outputs in stretches of 32.
    var stripCount: Int { (outputs + StripMatrix.strip - 1) / StripMatrix.strip }
}

/// One transformer block as a step reads it.
final class ServedBlock: Sendable {
    let attentionNorm: Matrix
    let feedForwardNorm: Matrix
    let queryNorm: Matrix?
    let keyNorm: Matrix?
    let q: ServedLinear
    let k: ServedLinear
    let v: ServedLinear
    let o: ServedLinear
    let gate: ServedLinear
    let up: ServedLinear
    let down: ServedLinear

    init(_ weights: LlamaWeights, _ strips: LlamaStrips?, _ precision: StepPrecision, layer: Int) {
        let block = weights.layers[layer]
        attentionNorm = block.attentionNorm
        feedForwardNorm = block.feedForwardNorm
        queryNorm = block.queryNorm
        keyNorm = block.keyNorm
        func linear(_ target: LoRATarget) -> ServedLinear {
            ServedLinear(weights, strips, precision, layer: layer, target)
        }
        (q, k, v, o) = (linear(.q), linear(.k), linear(.v), linear(.o))
        (gate, up, down) = (linear(.gate), linear(.up), linear(.down))
    }
}

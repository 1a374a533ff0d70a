import TuneModel

/// One linear layer's low-rank pair: W is used as W + scale·B·A.
struct LoRAPair {
    /// (rank, inputs)
    let a: Matrix
    /// (outputs, rank)
    let b: Matrix
}

/// What a run trains, beside or in place of the base model's weights; or its gradient, or a moment of the optimizer.
final class Adapter {
    let layout: AdapterLayout
    /// (1, layout.count)
    let values: Matrix

    /// All zeros.
    convenience init(_ layout: AdapterLayout) {
        self.init(layout, values: Matrix(zeros: 1, layout.count))
    }

    private init(_ layout: AdapterLayout, values: Matrix) {
        self.layout = layout
        self.values = values
    }

    /// Fresh pairs: B is zero, so that the model starts as its base; A is uniform within ±1/√inputs.
    convenience init(_ layout: AdapterLayout, seed: UInt64) {
        precondition(layout.tuning == .lora)
        self.init(layout)
        var source = SplitMix64(seed: seed)
        for site in layout.sites {
            let bound = 1 / Float(site.inputs).squareRoot()
            let a = pair(site).a
            for i in 0..<a.count { a.base[i] = (2 * source.unitFloat() - 1) * bound }
        }
    }

    /// Whole weights as they are in the base model.
    convenience init(_ layout: AdapterLayout, from base: LlamaWeights, on team: Team) {
        precondition(layout.tuning == .full)
        self.init(layout)
        for site in layout.sites {
            let (target, source) = (weight(site), base.layers[site.layer][site.target])
            team.split(site.outputs, grain: 16) { source.dequantize($0, into: target.row($0.lowerBound)) }
        }
    }

    /// A copy in memory of its own.
    func copy() -> Adapter {
        let copy = Adapter(layout)
        copy.values.copy(from: values)
        return copy
    }

    /// The same memory, of which each update leaves out another share of the inputs.
    func withDropout(_ dropout: Double) -> Adapter { Adapter(layout.withDropout(dropout), values: values) }

    func pair(_ site: AdapterLayout.Site) -> LoRAPair {
        LoRAPair(
            a: values.part(site.offset, layout.rank, site.inputs),
            b: values.part(site.offset + layout.rank * site.inputs, site.outputs, layout.rank))
    }

    /// The pair of a layer's target; nil where there is none.
    func pair(_ layer: Int, _ target: LoRATarget) -> LoRAPair? {
        layout.tuning == .lora ? layout.site(layer, target).map(pair) : nil
    }

    /// A whole weight. (outputs, inputs)
    func weight(_ site: AdapterLayout.Site) -> Matrix { values.part(site.offset, site.outputs, site.inputs) }

    /// The whole weight of a layer's target; nil where it is the base model's.
    func weight(_ layer: Int, _ target: LoRATarget) -> Matrix? {
        layout.tuning == .full ? layout.site(layer, target).map(weight) : nil
    }
}

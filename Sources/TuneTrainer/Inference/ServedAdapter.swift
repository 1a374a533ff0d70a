import TuneModel

/// An adapter as answering reads it: y += h·outer with h = x·Aᵀ, for each layer that it changes. It is never written again.
final class ServedAdapter: Sendable {
    /// One layer's halves.
    final class Pair: Sendable {
        /// (rank, inputs)
        let a: Matrix
        /// s·Bᵀ, (rank, outputs)
        let outer: Matrix

        init(_ pair: LoRAPair, scale: Float) {
            let (outputs, rank) = (pair.b.rows, pair.b.columns)
            a = pair.a
            outer = Matrix(zeros: rank, outputs)
            for o in 0..<outputs {
                for k in 0..<rank { outer.base[k * outputs + o] = scale * pair.b.base[o * rank + k] }
            }
        }
    }

    /// Tells what was read by one adapter from what was read by another.
    let identity: String
    let rank: Int
    /// Bytes in memory.
    let byteCount: Int
    private let pairs: [Pair?]

    init(_ adapter: Adapter, identity: String, layers: Int) {
        self.identity = identity
        rank = adapter.layout.rank
        let targets = LoRATarget.allCases
        var pairs = [Pair?](repeating: nil, count: layers * targets.count)
        for site in adapter.layout.sites {
            pairs[site.layer * targets.count + site.target.ordinal] = Pair(
                adapter.pair(site), scale: adapter.layout.scale)
        }
        self.pairs = pairs
        byteCount = adapter.values.bytes.count + pairs.reduce(0) { $0 + ($1?.outer.bytes.count ?? 0) }
    }

    /// Nil where the layer is the base model's alone. `target` is the ordinal of a `LoRATarget`.
    func pair(_ layer: Int, _ target: Int) -> Pair? { pairs[layer * LoRATarget.allCases.count + target] }
}

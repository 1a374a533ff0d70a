/// Which examples each step learns from: every epoch a new shuffle that depends on nothing but seed and epoch.
struct BatchOrder {
    let examples: Int
    let batchSize: Int
    /// Batches in a step.
    var accumulation = 1
    let seed: UInt64

    var stepsPerEpoch: Int { examples == 0 ? 0 : (examples + perStep - 1) / perStep }
    private var perStep: Int { batchSize * accumulation }

    /// Rows of a step, in the order of learning; steps are counted from 0.
    func rows(of step: Int, in epochs: inout Cache) -> ArraySlice<Int> {
        let epoch = step / stepsPerEpoch
        if epochs.epoch != epoch { epochs = Cache(epoch: epoch, order: shuffled(epoch)) }
        let first = step % stepsPerEpoch * perStep
        return epochs.order[first..<min(first + perStep, examples)]
    }

    /// The same, cut into batches.
    func batches(of step: Int, in epochs: inout Cache) -> [ArraySlice<Int>] {
        let rows = rows(of: step, in: &epochs)
        return stride(from: rows.startIndex, to: rows.endIndex, by: batchSize).map {
            rows[$0..<min($0 + batchSize, rows.endIndex)]
        }
    }

    /// The shuffle of the epoch at work.
    struct Cache {
        fileprivate var epoch = -1
        fileprivate var order: [Int] = []

        init() {}
        fileprivate init(epoch: Int, order: [Int]) {
            self.epoch = epoch
            self.order = order
        }
    }

    private func shuffled(_ epoch: Int) -> [Int] {
        var mixer = SplitMix64(seed: seed)
        var source = SplitMix64(seed: mixer.next() &+ UInt64(epoch))
        var order = Array(0..<examples)
        for i in stride(from: examples - 1, to: 0, by: -1) { order.swapAt(i, source.below(i + 1)) }
        return order
    }
}

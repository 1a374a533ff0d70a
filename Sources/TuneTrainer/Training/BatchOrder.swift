/// Which examples each step learns from: every epoch a new shuffle that depends on nothing but seed and epoch.
struct BatchOrder {
    let examples: Int
    let batchSize: Int
    let seed: UInt64

    var stepsPerEpoch: Int { examples == 0 ? 0 : (examples + batchSize - 1) / batchSize }

    /// Rows of a step's batch, in the order of learning; steps are counted from 0.
    func rows(of step: Int, in epochs: inout Cache) -> ArraySlice<Int> {
        let epoch = step / stepsPerEpoch
        if epochs.epoch != epoch { epochs = Cache(epoch: epoch, order: shuffled(epoch)) }
        let first = step % stepsPerEpoch * batchSize
        return epochs.order[first..<min(first + batchSize, examples)]
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

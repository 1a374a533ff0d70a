/// The split into training and validation records that pandas' sampler with seed 42 makes, so that files come out the
/// same as those of the classic tool.
enum Split {
    /// At most a thousand records are set apart, and at most a fifth.
    static func parts(of count: Int) -> (training: Int, validation: Int) {
        let training = max(count - 1000, Int(Double(count) * 0.8))
        return (training, count - training)
    }

    /// Records 0 ..< `count` in the order of the draw; the first ones are trained on.
    static func permutation(of count: Int, seed: UInt32 = 42) -> [Int32] {
        var order = (0..<Int32(count)).map { $0 }
        var source = MersenneTwister(seed: seed)
        for index in stride(from: count - 1, through: 1, by: -1) {
            order.swapAt(index, Int(source.next(upTo: UInt32(index))))
        }
        return order
    }
}

/// MT19937 by Matsumoto and Nishimura (1998).
struct MersenneTwister {
    private static let size = 624
    private static let shift = 397
    private var state: [UInt32]
    private var position = MersenneTwister.size

    init(seed: UInt32) {
        state = [seed]
        for index in 1..<Self.size {
            let last = state[index - 1]
            state.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(index))
        }
    }

    mutating func next() -> UInt32 {
        if position == Self.size { twist() }
        var word = state[position]
        position += 1
        word ^= word >> 11
        word ^= word << 7 & 0x9d2c_5680
        word ^= word << 15 & 0xefc6_0000
        return word ^ word >> 18
    }

    /// A number from 0 to `limit`, all equally likely: draws are masked to the limit's width until one fits.
    mutating func next(upTo limit: UInt32) -> UInt32 {
        let mask = limit == 0 ? 0 : UInt32.max >> UInt32(limit.leadingZeroBitCount)
        while true {
            let draw = next() & mask
            if draw <= limit { return draw }
        }
    }

    private mutating func twist() {
        for index in 0..<Self.size {
            let word = state[index] & 0x8000_0000 | state[(index + 1) % Self.size] & 0x7fff_ffff
            state[index] = state[(index + Self.shift) % Self.size] ^ word >> 1 ^ (word & 1 == 0 ? 0 : 0x9908_b0df)
        }
        position = 0
    }
}

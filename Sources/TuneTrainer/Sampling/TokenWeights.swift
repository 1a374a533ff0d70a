/// How much each token of a vocabulary weighs in a draw, from 0 to 1, where the likeliest weighs 1.
///
/// Nothing is sorted but the few tokens around the border between those that stay and those that go: which they are is
/// seen in a histogram over the leading bits of the weights, whose order is that of the numbers.
struct TokenWeights {
    typealias Lanes = Logits.Lanes

    let base: UnsafeMutablePointer<Float>
    let count: Int
    private let memory: Matrix

    init(_ count: Int) {
        self.count = count
        memory = Matrix(zeros: 1, (count + 15) / 16 * 16)
        base = memory.base
    }

    /// The last token that stays, in order of weight and then of number.
    private struct Border {
        var weight: Float
        var token: Int

        func isStricter(than other: Border) -> Bool {
            weight > other.weight || (weight == other.weight && token < other.token)
        }
    }

    /// Sets the weights of all other tokens to 0; 0, 1 and 0 keep all.
    func keep(topK: Int, topP: Double, minP: Double) {
        var border = Border(weight: Float(minP.isNaN ? 0 : min(1, max(0, minP))), token: .max)
        if topK > 0, topK < count {
            let (likeliest, _) = fewest(count: topK, weight: .infinity)
            if likeliest.isStricter(than: border) { border = likeliest }
            if topP < 1 { clear(beyond: likeliest) }
        }
        if topP < 1 {
            let (likeliest, _) = fewest(count: .max, weight: max(0, topP) * total())
            if likeliest.isStricter(than: border) { border = likeliest }
        }
        if border.weight > 0 { clear(beyond: border) }
    }

    /// The token at this share, from 0 to 1, of all weights in order of number; nil where nothing weighs anything.
    func draw(_ share: Double) -> Int? {
        let sums = stride(from: 0, to: count, by: Self.stretch).map(sum(from:))
        var rest = share * sums.reduce(0, +)
        var last: Int?
        for (index, sum) in sums.enumerated() where sum > 0 {
            // Rounding may leave a little more than there is: then it is the last that weighs anything.
            guard rest < sum || !sums[(index + 1)...].contains(where: { $0 > 0 }) else {
                rest -= sum
                continue
            }
            let start = index * Self.stretch
            for token in start..<min(start + Self.stretch, count) where base[token] > 0 {
                last = token
                rest -= Double(base[token])
                if rest < 0 { break }
            }
            break
        }
        return last
    }

    // MARK: -

    /// Numbers that are added in Float before they are added in Double.
    private static let stretch = 1_024

    private func total() -> Double { stride(from: 0, to: count, by: Self.stretch).reduce(0) { $0 + sum(from: $1) } }

    private func sum(from start: Int) -> Double {
        var sum = Lanes.zero
        for place in stride(from: start, to: min(start + Self.stretch, count), by: 16) { sum += block(place) }
        return Double(sum.sum())
    }

    @inline(__always)
    private func block(_ start: Int) -> Lanes { UnsafeRawPointer(base + start).loadUnaligned(as: Lanes.self) }

    private func clear(beyond border: Border) {
        let limit = UInt32(clamping: border.token)
        var numbers = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        for start in stride(from: 0, to: count, by: 16) {
            var block = block(start)
            let stays = (block .> border.weight) .| ((block .== border.weight) .& (numbers .<= limit))
            block.replace(with: 0, where: .!stays)
            UnsafeMutableRawPointer(base + start).storeBytes(of: block, as: Lanes.self)
            numbers &+= 16
        }
    }

    /// The border after the fewest of the likeliest tokens that are so many, or weigh so much together.
    private func fewest(count limit: Int, weight: Double) -> (Border, kept: Int) {
        // Most tokens weigh next to nothing, and are looked at only when the others are not enough.
        for floor in [Float(1e-5), 0] {
            var tally = Tally(count: limit, weight: weight)
            var coarse = Histogram(shift: 20)
            forEachToken(above: floor) { _, weight in coarse.add(weight) }
            guard let bucket = coarse.cross(&tally) else { continue }
            var members: [(weight: Float, token: Int)] = []
            forEachToken(above: floor) { token, weight in
                if coarse.bucket(of: weight) == bucket { members.append((weight, token)) }
            }
            if members.count > 512 {
                var fine = Histogram(shift: 8)
                for member in members { fine.add(member.weight) }
                if let bucket = fine.cross(&tally) { members.removeAll { fine.bucket(of: $0.weight) != bucket } }
            }
            members.sort { $0.weight == $1.weight ? $0.token < $1.token : $0.weight > $1.weight }
            guard let last = members.first(where: { tally.add(1, Double($0.weight)) }) ?? members.last else { continue }
            return (Border(weight: last.weight, token: last.token), tally.count)
        }
        return (Border(weight: 0, token: .max), count)
    }

    @inline(__always)
    private func forEachToken(above floor: Float, _ body: (Int, Float) -> Void) {
        for start in stride(from: 0, to: count, by: 16) {
            guard Logits.holdsAny(block(start) .> floor) else { continue }
            for token in start..<start + 16 where base[token] > floor { body(token, base[token]) }
        }
    }
}

/// Tokens and their weight so far, against what is enough.
private struct Tally {
    private let neededCount: Int
    private let neededWeight: Double
    private(set) var count = 0
    private var weight = 0.0

    init(count: Int, weight: Double) {
        neededCount = count
        neededWeight = weight
    }

    /// Whether it is enough with these.
    func isEnough(with more: Int, _ heavier: Double) -> Bool {
        count + more >= neededCount || weight + heavier >= neededWeight
    }

    /// Adds them; whether it is enough now.
    mutating func add(_ more: Int, _ heavier: Double) -> Bool {
        count += more
        weight += heavier
        return count >= neededCount || weight >= neededWeight
    }
}

/// Counts and sums of weights by twelve bits of them.
private struct Histogram {
    private let shift: UInt32
    private var counts = [Int32](repeating: 0, count: 4_096)
    private var sums = [Double](repeating: 0, count: 4_096)

    init(shift: UInt32) { self.shift = shift }

    @inline(__always)
    func bucket(of weight: Float) -> Int { Int(weight.bitPattern >> shift & 0xFFF) }

    @inline(__always)
    mutating func add(_ weight: Float) {
        let bucket = bucket(of: weight)
        counts[bucket] += 1
        sums[bucket] += Double(weight)
    }

    /// Adds buckets from the heaviest on until it would be enough; the bucket that makes it so, which is not added.
    func cross(_ tally: inout Tally) -> Int? {
        for bucket in counts.indices.reversed() where counts[bucket] > 0 {
            if tally.isEnough(with: Int(counts[bucket]), sums[bucket]) { return bucket }
            _ = tally.add(Int(counts[bucket]), sums[bucket])
        }
        return nil
    }
}

import Foundation

/// Passes over the logits of a whole vocabulary, sixteen at a time. A logit that is not a number counts as −∞.
struct Logits {
    typealias Lanes = SIMD16<Float>

    let base: UnsafePointer<Float>
    let count: Int

    /// `matrix` is one row, and has to outlive this.
    init(_ matrix: Matrix) {
        base = UnsafePointer(matrix.base)
        count = matrix.count
    }

    subscript(token: Int) -> Float { base[token] }

    /// The first of the highest; nil when every token is impossible.
    func highest() -> (token: Int, logit: Float)? {
        var best = Lanes(repeating: -.infinity)
        forEachBlock { _, block in best.replace(with: block, where: block .> best) }
        let top = best.max()
        guard top > -.infinity else { return nil }
        for start in stride(from: 0, to: count, by: 16) where Self.holdsAny(block(start) .== top) {
            for token in start..<min(start + 16, count) where base[token] == top { return (token, top) }
        }
        return nil
    }

    /// ln Σ e^logit.
    func logSum(top: Float) -> Double {
        var sum = 0.0
        var part = Lanes.zero
        forEachBlock { start, block in
            part += Self.exp(block - top)
            // Short sums, so that no small part is lost in a large one.
            if start & 0x3FF == 0x3F0 {
                sum += Double(part.sum())
                part = .zero
            }
        }
        return Double(top) + log(sum + Double(part.sum()))
    }

    /// Writes e^((logit − top) · scale) for every logit, with zeros as far as the next multiple of 16.
    func weigh(into weights: UnsafeMutablePointer<Float>, top: Float, scale: Float) {
        forEachBlock { start, block in
            let weight = Self.exp((block - top) * scale)
            UnsafeMutableRawPointer(weights + start).storeBytes(of: weight, as: Lanes.self)
        }
    }

    /// Calls `body` with each sixteen logits and where they begin; the last are filled up with −∞.
    @inline(__always)
    func forEachBlock(_ body: (Int, Lanes) -> Void) {
        for start in stride(from: 0, to: count, by: 16) { body(start, block(start)) }
    }

    @inline(__always)
    func block(_ start: Int) -> Lanes {
        if start + 16 <= count {
            return UnsafeRawPointer(base + start).loadUnaligned(as: Lanes.self)
        }
        var block = Lanes(repeating: -.infinity)
        for lane in 0..<count - start { block[lane] = base[start + lane] }
        return block
    }

    /// Whether the mask has a true lane; much faster than asking for each.
    @inline(__always)
    static func holdsAny(_ mask: SIMDMask<SIMD16<Int32>>) -> Bool {
        let lanes = unsafeBitCast(mask, to: SIMD8<UInt64>.self)
        let half = lanes.lowHalf | lanes.highHalf
        let quarter = half.lowHalf | half.highHalf
        return quarter.x | quarter.y != 0
    }

    /// e^x for x ≤ 0, to 2⁻²³ or so of itself; 0 below −87 and for what is not a number.
    @inline(__always)
    static func exp(_ x: Lanes) -> Lanes {
        let isNothing = .!(x .> -87)
        let x = x.replacing(with: 0, where: isNothing)
        // x = n·ln 2 + r. Adding 1.5·2²³ rounds n to a whole number, which then lies in the lowest bits.
        let shifted = x * 1.442_695_04 + 12_582_912
        let n = shifted - 12_582_912
        let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
        var sum = r * 1.388_888_9e-3 + 8.333_333_3e-3
        sum = sum * r + 4.166_666_67e-2
        sum = sum * r + 0.166_666_667
        sum = sum * r + 0.5
        sum = sum * r + 1
        sum = sum * r + 1
        let exponent = (unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &<< 23) &+ 0x3F80_0000
        let result = sum * unsafeBitCast(exponent, to: Lanes.self)
        return result.replacing(with: 0, where: isNothing)
    }
}

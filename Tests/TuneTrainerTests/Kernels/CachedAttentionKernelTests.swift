import CKernels
import Foundation
import Testing

@testable import TuneTrainer

/// Attention to keys and values in blocks, at every level that this CPU has.
struct CachedAttentionKernelTests {
    private static let levels = Array(0...tk_float_level())

    struct Shape: CustomTestStringConvertible {
        let rows: Int
        let first: Int
        let heads: Int
        let size: Int
        var testDescription: String { "\(rows) rows of \(heads) heads of \(size) after \(first) keys" }
    }

    private static let shapes = [
        Shape(rows: 1, first: 0, heads: 1, size: 8), Shape(rows: 1, first: 200, heads: 3, size: 64),
        Shape(rows: 70, first: 0, heads: 2, size: 16), Shape(rows: 9, first: 60, heads: 4, size: 80),
        Shape(rows: 5, first: 63, heads: 1, size: 128), Shape(rows: 2, first: 130, heads: 2, size: 12),
    ]

    /// Blocks with the keys and values of so many tokens, and the numbers as they are kept.
    private struct Kept {
        let blocks: [Buffer<UInt16>]
        let k: [Float]
        let v: [Float]
        /// Where the values begin in a block, after something else.
        let (keys, values): (Int, Int)

        init(_ tokens: Int, _ size: Int) {
            let (k, v) = (Numbers(seed: 1).array(tokens * size), Numbers(seed: 2).array(tokens * size))
            let padded = (size + 15) / 16 * 16
            (keys, values) = (5, 5 + size * 64)
            blocks = (0..<(tokens + 63) / 64).map { _ in Buffer(zeros: 5 + (size + padded) * 64) }
            for t in 0..<tokens {
                let block = blocks[t / 64].base
                tk_keep_key(block + keys, Array(k[t * size..<(t + 1) * size]), size, t % 64)
                tk_keep_value(block + values, Array(v[t * size..<(t + 1) * size]), size, t % 64)
            }
            self.k = k.map { Float(Float16($0)) }
            self.v = v.map { Float(Float16($0)) }
        }
    }

    private func attend(_ kept: Kept, _ q: [Float], _ shape: Shape, rows: Range<Int>, level: Int32) -> [Float] {
        let stride = shape.heads * shape.size
        var o = [Float](repeating: 7, count: rows.count * stride + 8)
        let starts = kept.blocks.map { UnsafePointer($0.base) as UnsafePointer<UInt16>? }
        q.withUnsafeBufferPointer { q in
            o.withUnsafeMutableBufferPointer { o in
                starts.withUnsafeBufferPointer { starts in
                    var task = tk_cached_attention(
                        o: o.baseAddress!, o_stride: stride, q: q.baseAddress! + rows.lowerBound * stride,
                        q_stride: stride, blocks: starts.baseAddress!, keys: kept.keys, values: kept.values,
                        rows: rows.count, heads: shape.heads, size: shape.size, first: shape.first + rows.lowerBound,
                        scale: 0.3)
                    tk_attend(&task, level)
                }
            }
        }
        #expect(o.suffix(8).allSatisfy { $0 == 7 }, "wrote past the end")
        return o.dropLast(8)
    }

    @Test(arguments: levels, shapes) func mixturesAreThoseOfWhatIsSeen(_ level: Int32, _ shape: Shape) {
        let (size, heads) = (shape.size, shape.heads)
        // More tokens than any row sees: the rest must not matter.
        let kept = Kept(shape.first + shape.rows + 3, size)
        let q = Numbers(seed: 3).array(shape.rows * heads * size).map { $0 * 3 }
        let o = attend(kept, q, shape, rows: 0..<shape.rows, level: level)
        var expected: [Float] = []
        for t in 0..<shape.rows {
            for head in 0..<heads {
                let query = (t * heads + head) * size
                let scores = (0...shape.first + t).map { key in
                    0.3 * (0..<size).reduce(0.0) { $0 + Double(q[query + $1]) * Double(kept.k[key * size + $1]) }
                }
                let weights = scores.map { exp($0 - scores.max()!) }
                let total = weights.reduce(0, +)
                for i in 0..<size {
                    let sum = weights.indices.reduce(0.0) { $0 + weights[$1] * Double(kept.v[$1 * size + i]) }
                    expected.append(Float(sum / total))
                }
            }
        }
        #expect(worstDifference(o, expected) < 1e-5)
    }

    @Test(arguments: levels) func aQueryDoesNotDependOnTheQueriesBesideIt(_ level: Int32) {
        let shape = Shape(rows: 70, first: 30, heads: 3, size: 64)
        let kept = Kept(100, 64)
        let q = Numbers(seed: 3).array(70 * 192)
        let together = attend(kept, q, shape, rows: 0..<70, level: level)
        for rows in [0..<1, 5..<6, 1..<4, 33..<40, 0..<70] {
            #expect(
                attend(kept, q, shape, rows: rows, level: level)
                    == Array(together[rows.lowerBound * 192..<rows.upperBound * 192]))
        }
    }

    @Test func whatIsBeyondHalvesIsClamped() {
        let kept = Buffer<UInt16>(zeros: 2 * 16 * 64)
        tk_keep_key(kept.base, [1e6, -1e6], 2, 0)
        #expect(Float16(bitPattern: kept.base[0]) == 65_504 && Float16(bitPattern: kept.base[64]) == -65_504)
    }
}

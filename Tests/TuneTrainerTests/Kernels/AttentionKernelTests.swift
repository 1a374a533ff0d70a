import CKernels
import Testing

@testable import TuneTrainer

/// Attention's products at every level that this CPU has, against plain sums.
struct AttentionKernelTests {
    private static let levels = Array(0...tk_float_level())

    struct Shape: CustomTestStringConvertible {
        let rows: Int
        let first: Int
        let size: Int
        var columns: Int { first + rows }
        var testDescription: String { "\(rows) queries after \(first) keys, \(size) channels" }
    }

    private static let shapes = [
        Shape(rows: 1, first: 0, size: 4), Shape(rows: 7, first: 5, size: 64), Shape(rows: 30, first: 0, size: 80),
        Shape(rows: 13, first: 40, size: 7),
    ]

    /// Whether a row sees a key.
    private func sees(_ row: Int, _ key: Int, _ shape: Shape) -> Bool { key <= shape.first + row }

    @Test(arguments: levels, shapes) func scoresOfWhatIsSeen(_ level: Int32, _ shape: Shape) {
        let (stride, keys) = (shape.columns + 3, shape.columns)
        let (q, k) = (Numbers(seed: 1).array(shape.rows * shape.size), Numbers(seed: 2).array(keys * shape.size))
        var turned = [Float](repeating: 0, count: shape.size * stride)
        tk_turn_heads(&turned, stride, k, shape.size, keys, shape.size)
        for key in 0..<keys {
            for i in 0..<shape.size { #expect(turned[i * stride + key] == k[key * shape.size + i]) }
        }
        var s = [Float](repeating: 9, count: shape.rows * stride + 16)
        tk_causal_scores(
            &s, stride, q, shape.size, turned, stride, shape.rows, keys, shape.size, shape.first, level)
        for row in 0..<shape.rows {
            for key in 0..<keys where sees(row, key, shape) {
                let sum = (0..<shape.size).reduce(0.0) {
                    $0 + Double(q[row * shape.size + $1]) * Double(k[key * shape.size + $1])
                }
                #expect(abs(Double(s[row * stride + key]) - sum) < 1e-4)
            }
        }
        #expect(s[(shape.rows * stride)...].allSatisfy { $0 == 9 }, "wrote past the end")
    }

    @Test(arguments: levels, shapes) func mixturesAndTheirGradients(_ level: Int32, _ shape: Shape) {
        let (stride, keys, size) = (shape.columns + 3, shape.columns, shape.size)
        var p = Numbers(seed: 3).array(shape.rows * stride)
        for row in 0..<shape.rows {
            for key in 0..<keys where !sees(row, key, shape) { p[row * stride + key] = 0 }
        }
        let (v, x) = (Numbers(seed: 4).array(keys * size), Numbers(seed: 5).array(shape.rows * size))
        var o = [Float](repeating: 9, count: shape.rows * size + 8)
        tk_causal_mix(&o, size, p, stride, v, size, shape.rows, keys, size, shape.first, level)
        let expected = (0..<shape.rows * size).map { place -> Float in
            let (row, i) = (place / size, place % size)
            return Float((0..<keys).reduce(0.0) { $0 + Double(p[row * stride + $1]) * Double(v[$1 * size + i]) })
        }
        #expect(worstDifference(Array(o[..<(shape.rows * size)]), expected) < 1e-5)
        #expect(o[(shape.rows * size)...].allSatisfy { $0 == 9 }, "wrote past the end")

        let old = Numbers(seed: 6).array(keys * size + 8)
        var d = old
        tk_causal_gather(&d, size, p, stride, x, size, shape.rows, keys, size, shape.first, level)
        var gathered = old
        for key in 0..<keys {
            for i in 0..<size {
                let sum = (0..<shape.rows).reduce(0.0) {
                    $0 + Double(p[$1 * stride + key]) * Double(x[$1 * size + i])
                }
                gathered[key * size + i] += Float(sum)
            }
        }
        #expect(worstDifference(d, gathered) < 1e-5)
        #expect(Array(d[(keys * size)...]) == Array(old[(keys * size)...]), "wrote past the end")
    }
}

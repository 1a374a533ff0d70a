import CKernels
import Testing

@testable import TuneTrainer

/// Products with a short side, against plain sums.
struct ThinKernelTests {
    struct Shape: CustomTestStringConvertible {
        let rows: Int
        let columns: Int
        let rank: Int
        var testDescription: String { "\(rows) × \(columns), rank \(rank)" }
    }

    private static let shapes = [
        Shape(rows: 1, columns: 1, rank: 1), Shape(rows: 4, columns: 16, rank: 4), Shape(rows: 7, columns: 33, rank: 8),
        Shape(rows: 70, columns: 100, rank: 5), Shape(rows: 33, columns: 64, rank: 3),
    ]

    @Test(arguments: shapes) func rowsByRows(_ shape: Shape) {
        let (rows, n, rank) = (shape.rows, shape.columns, shape.rank)
        let (xStride, aStride) = (n + 3, n + 1)
        let (x, a) = (Numbers(seed: 1).array(rows * xStride), Numbers(seed: 2).array(rank * aStride))
        var h = [Float](repeating: 5, count: rows * rank + 16)
        tk_thin_product(&h, x, xStride, a, aStride, rows, n, rank, 0.5)
        let expected = (0..<rows * rank).map { place -> Float in
            let (t, r) = (place / rank, place % rank)
            return Float((0..<n).reduce(0.0) { $0 + 0.5 * Double(x[t * xStride + $1]) * Double(a[r * aStride + $1]) })
        }
        #expect(worstDifference(Array(h[..<(rows * rank)]), expected) < 1e-5)
        #expect(h[(rows * rank)...].allSatisfy { $0 == 5 }, "wrote past the end")
    }

    @Test(arguments: shapes) func columnsByColumnsAreAdded(_ shape: Shape) {
        let (rows, n, rank) = (shape.rows, shape.columns, shape.rank)
        let (xStride, gStride) = (n + 3, n + 1)
        let (x, h) = (Numbers(seed: 1).array(rows * xStride), Numbers(seed: 2).array(rows * rank))
        let old = Numbers(seed: 3).array(rank * gStride)
        var g = old
        tk_thin_outer(&g, gStride, h, rank, x, xStride, rows, n, rank, 0.5)
        var expected = old
        for r in 0..<rank {
            for i in 0..<n {
                let sum = (0..<rows).reduce(0.0) { $0 + Double(h[$1 * rank + r]) * Double(x[$1 * xStride + i]) }
                expected[r * gStride + i] += Float(0.5 * sum)
            }
        }
        #expect(worstDifference(g, expected) < 1e-5)
        #expect((0..<rank).allSatisfy { g[$0 * gStride + n] == old[$0 * gStride + n] }, "wrote past a row")
    }
}

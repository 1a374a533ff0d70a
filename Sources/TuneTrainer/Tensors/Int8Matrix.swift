import CKernels
import Foundation

/// A frozen matrix in signed bytes: W[o][i] ≈ scale[o] · q[o][i] · unsmoothing[i].
///
/// A few input channels of a Llama block are far larger than the rest and would leave the others too few steps when a
/// row of inputs is cut to bytes. So the inputs are divided channel by channel, and the weights multiplied, by
/// s[i] = √(largest input / largest weight), which evens out both (Xiao et al.: SmoothQuant, 2023).
struct Int8Matrix {
    let rows: Int
    let columns: Int
    /// (rows, columns)
    let values: Buffer<Int8>
    /// (1, rows)
    let scales: Matrix
    /// 1/s, which the inputs are multiplied by. (1, columns)
    let unsmoothing: Matrix

    /// `inputTops` are the largest sizes that the input's channels were seen to have. (columns)
    init(_ weight: WeightMatrix, inputTops: [Float], on team: Team) {
        precondition(inputTops.count == weight.columns)
        rows = weight.rows
        columns = weight.columns
        let floats = Matrix(zeros: weight.rows, weight.columns)
        team.split(weight.rows, grain: 16) { weight.dequantize($0, into: floats.row($0.lowerBound)) }

        let smoothing = Matrix(zeros: 1, weight.columns)
        unsmoothing = Matrix(zeros: 1, weight.columns)
        for (i, (input, weight)) in zip(inputTops, floats.columnTops()).enumerated() {
            let s = input > 0 && weight > 0 ? (input / weight).squareRoot() : 1
            smoothing.base[i] = s
            unsmoothing.base[i] = 1 / s
        }
        let values = Buffer<Int8>(zeros: weight.rows * weight.columns)
        let scales = Matrix(zeros: 1, weight.rows)
        team.split(weight.rows, grain: 16) { range in
            tk_quantize_weights(
                values.base + range.lowerBound * weight.columns, scales.base + range.lowerBound,
                floats.row(range.lowerBound), smoothing.base, range.count, weight.columns)
        }
        self.values = values
        self.scales = scales
    }
}

extension Matrix {
    /// The largest size in each column.
    func columnTops() -> [Float] {
        var tops = [Float](repeating: 0, count: columns)
        for t in 0..<rows {
            let row = row(t)
            for i in 0..<columns { tops[i] = max(tops[i], abs(row[i])) }
        }
        return tops
    }
}

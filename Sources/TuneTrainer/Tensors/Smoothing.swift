import Foundation

/// What divides the input channels of linear layers, and multiplies their weights, before both are cut to bytes.
///
/// A few input channels of a Llama block are far larger than the rest and would leave the others too few steps. So each
/// channel has a factor s[i] = √(largest input / largest weight), which evens out both (Xiao et al.: SmoothQuant,
/// 2023). Layers that read the same input share the factors, so that their input is cut once.
struct Smoothing {
    /// s, which weights are multiplied by. (1, columns)
    let factors: Matrix
    /// 1/s, which inputs are multiplied by. (1, columns up to whole panels)
    let inverses: Matrix

    /// `inputTops` are the largest sizes that the input's channels were seen to have. (columns)
    init(inputTops: [Float], of weights: [WeightMatrix], on team: Team) {
        let columns = inputTops.count
        precondition(weights.allSatisfy { $0.columns == columns })
        factors = Matrix(zeros: 1, columns)
        inverses = Matrix(zeros: 1, Int8Matrix.wholePanels(columns))
        let tops = weights.map { $0.columnTops(on: team) }
        for i in 0..<columns {
            let (input, weight) = (inputTops[i], tops.reduce(0) { max($0, $1[i]) })
            let s = input > 0 && weight > 0 ? (input / weight).squareRoot() : 1
            factors.base[i] = s
            inverses.base[i] = 1 / s
        }
    }
}

extension Matrix {
    /// The largest size in each column.
    func columnTops() -> [Float] {
        var tops = [Float](repeating: 0, count: columns)
        tops.withUnsafeMutableBufferPointer { tops in
            for t in 0..<rows { raise(tops.baseAddress!, row(t), columns) }
        }
        return tops
    }
}

extension WeightMatrix {
    /// The largest size in each column, without writing the whole matrix out.
    fileprivate func columnTops(on team: Team) -> [Float] {
        let tops = Matrix(zeros: team.size, columns)
        let row = Matrix(zeros: team.size, columns)
        team.split(rows) { range, member in
            for index in range {
                dequantize(index..<index + 1, into: row.row(member))
                raise(tops.row(member), row.row(member), columns)
            }
        }
        return tops.columnTops()
    }
}

/// tops = max(tops, |x|)
private func raise(_ tops: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int) {
    for i in 0..<count {
        let size = abs(x[i])
        tops[i] = size > tops[i] ? size : tops[i]
    }
}

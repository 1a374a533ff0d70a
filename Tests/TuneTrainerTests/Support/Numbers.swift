@testable import TuneTrainer

/// Memory for matrices in tests, with numbers from a seed.
final class Numbers {
    private var source: SplitMix64

    init(seed: UInt64 = 7) {
        source = SplitMix64(seed: seed)
    }

    /// Uniform in −1…1.
    func next() -> Float { 2 * source.unitFloat() - 1 }

    func array(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }

    func matrix(_ rows: Int, _ columns: Int) -> Matrix { matrix(rows, columns, array(rows * columns)) }

    func matrix(_ rows: Int, _ columns: Int, _ values: [Float]) -> Matrix {
        let matrix = Matrix(zeros: rows, columns)
        for (i, value) in values.enumerated() { matrix.base[i] = value }
        return matrix
    }

    func zeros(_ rows: Int, _ columns: Int) -> Matrix { Matrix(zeros: rows, columns) }
}

/// The largest difference, relative to the largest expected number.
func worstDifference(_ found: [Float], _ expected: [Float]) -> Float {
    guard found.count == expected.count else { return .infinity }
    let scale = expected.reduce(1e-6) { max($0, abs($1)) }
    return zip(found, expected).reduce(0) { worst, pair in
        let difference = abs(pair.0 - pair.1) / scale
        return difference.isNaN ? .infinity : max(worst, difference)
    }
}

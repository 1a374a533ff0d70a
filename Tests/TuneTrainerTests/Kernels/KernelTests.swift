import CKernels
import Foundation
import Testing

@testable import TuneTrainer

/// Each kernel against a plain twin, at lengths around the width of a vector register, with guards after the output.
struct KernelTests {
    private static let lengths = [1, 2, 7, 15, 16, 17, 31, 33, 64, 100]
    private static let guardValue: Float = 12_345

    /// Runs a kernel that writes `count` numbers and checks that it wrote no more.
    private func written(_ count: Int, _ kernel: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
        var memory = [Float](repeating: Self.guardValue, count: count + 16)
        memory.withUnsafeMutableBufferPointer { kernel($0.baseAddress!) }
        #expect(memory[count...].allSatisfy { $0 == Self.guardValue }, "wrote past the end")
        return Array(memory[..<count])
    }

    /// Through the matrix that reads them: to floats, and multiplied without being written out.
    @Test(arguments: TensorType.allCases)
    func storedNumbersBecomeWhatTheYardstickSays(_ type: TensorType) throws {
        var source = SplitMix64(seed: 1)
        let (rows, columns) = (3, 512)
        let rowBytes = type.rowBytes(columns)
        var bytes = (0..<rows * rowBytes).map { _ in UInt8(truncatingIfNeeded: source.next()) }
        // Scales that are not finite have no meaning; keep exponents small.
        for block in stride(from: 0, to: bytes.count, by: type.blockBytes) {
            for place in type.highBytesOfScales { bytes[block + place] &= 0x3F }
        }
        let path = NSTemporaryDirectory() + "numbers-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(filePath: path))
        let file = try MappedFile(path: path)
        try FileManager.default.removeItem(atPath: path)
        let matrix = WeightMatrix(
            StoredTensor(name: "w", type: type, shape: [rows, columns], file: file, byteRange: 0..<bytes.count))

        let expected = bytes.withUnsafeBytes { Dequantize.floats($0, as: type) }
        let found = written(expected.count) { matrix.dequantize(0..<rows, into: $0) }
        #expect(worstDifference(found, expected) < 1e-6)
        let x = Numbers().array(columns)
        var scratch = [Float](repeating: 0, count: columns)
        for row in 0..<rows {
            let products = zip(expected[row * columns..<(row + 1) * columns], x).map { Double($0) * Double($1) }
            let size = products.reduce(0) { $0 + abs($1) }
            let dot = matrix.dot(row, x, scratch: &scratch)
            #expect(abs(Double(dot) - products.reduce(0, +)) < 1e-6 * size)
        }
    }

    @Test(arguments: lengths) func dotProducts(_ n: Int) {
        let (w, x) = (Numbers(seed: 1).array(n), Numbers(seed: 2).array(n))
        let expected = zip(w, x).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(Double(tk_dot_f32(w, x, n)) - expected) < 1e-5)
    }

    @Test(arguments: lengths) func rmsNorm(_ n: Int) {
        let (x, w) = (Numbers(seed: 1).array(2 * n), Numbers(seed: 2).array(n))
        var r = [Float](repeating: 0, count: 2)
        let found = written(2 * n) { tk_rms_norm($0, &r, x, w, 2, n, 1e-5) }
        let expected = (0..<2).flatMap { t in
            let row = x[t * n..<(t + 1) * n]
            let scale = 1 / (row.reduce(0) { $0 + Double($1) * Double($1) } / Double(n) + 1e-5).squareRoot()
            return zip(row, w).map { Float(Double($0) * Double($1) * scale) }
        }
        #expect(worstDifference(found, expected) < 1e-5)
    }

    @Test(arguments: lengths) func aNormsGradientTakesThePlaceOfTheOneAfterIt(_ n: Int) {
        let (x, w, dy) = (Numbers(seed: 1).array(2 * n), Numbers(seed: 2).array(n), Numbers(seed: 3).array(2 * n))
        let r = Numbers(seed: 4).array(2)
        let found = written(2 * n) { y in
            for (i, value) in dy.enumerated() { y[i] = value }
            tk_norm_backward_in_place(y, x, w, r, 2, n)
        }
        let expected = (0..<2).flatMap { t in
            let products = (0..<n).map { Double(w[$0]) * Double(dy[t * n + $0]) }
            let mean = (0..<n).reduce(0) { $0 + products[$1] * Double(x[t * n + $1]) } / Double(n)
            let scale = Double(r[t])
            return (0..<n).map { Float(scale * (products[$0] - Double(x[t * n + $0]) * scale * scale * mean)) }
        }
        #expect(worstDifference(found, expected) < 1e-5)
    }

    @Test(arguments: lengths) func aBiasIsAddedToEveryRow(_ n: Int) {
        let (y, b) = (Numbers(seed: 1).array(2 * n), Numbers(seed: 2).array(n))
        let found = written(2 * n) { target in
            for (i, value) in y.enumerated() { target[i] = value }
            tk_add_to_rows(target, b, 2, n)
        }
        #expect(found == y.indices.map { y[$0] + b[$0 % n] })
    }

    @Test(arguments: lengths) func swiGLU(_ n: Int) {
        let gate = Numbers(seed: 1).array(n).map { $0 * 20 }
        let up = Numbers(seed: 2).array(n)
        let found = written(n) { tk_swiglu($0, gate, up, n) }
        let expected = zip(gate, up).map { Float(Double($0) / (1 + exp(-Double($0))) * Double($1)) }
        #expect(worstDifference(found, expected) < 1e-6)
    }

    @Test(arguments: lengths) func softmaxSeesOnlyWhatCameBefore(_ n: Int) {
        let scores = Numbers().array(2 * n).map { $0 * 30 }
        let first = n / 2
        let found = written(2 * n) { y in
            for (i, score) in scores.enumerated() { y[i] = score }
            tk_causal_softmax(y, 2, n, n, first, 0.5)
        }
        let expected = (0..<2).flatMap { row in
            let seen = min(first + row + 1, n)
            let values = scores[row * n..<row * n + seen].map { exp(0.5 * Double($0)) }
            let sum = values.reduce(0, +)
            return values.map { Float($0 / sum) } + [Float](repeating: 0, count: n - seen)
        }
        #expect(worstDifference(found, expected) < 1e-5)
    }

    @Test(arguments: lengths) func crossEntropyAndItsGradient(_ n: Int) {
        let logits = Numbers().array(n).map { $0 * 30 }
        let target = n / 3
        var loss: Float = 0
        var best: Int32 = 0
        let found = written(n) { y in
            for (i, logit) in logits.enumerated() { y[i] = logit }
            tk_cross_entropy(y, &loss, &best, [Int32(target)], [0.5], 1, n)
        }
        let sum = logits.reduce(0) { $0 + exp(Double($1)) }
        #expect(abs(Double(loss) - (log(sum) - Double(logits[target]))) < 1e-4)
        #expect(logits[Int(best)] == logits.max())
        let expected = logits.enumerated().map { Float(0.5 * (exp(Double($1)) / sum - ($0 == target ? 1 : 0))) }
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func aLogitThatIsNotANumberShowsInTheLoss() {
        var logits = Numbers().array(64)
        logits[40] = .nan
        var loss: Float = 0
        var best: Int32 = 0
        tk_cross_entropy(&logits, &loss, &best, [3], nil, 1, 64)
        #expect(loss.isNaN)
    }

    @Test(arguments: lengths) func adamW(_ n: Int) {
        let (g, start) = (Numbers(seed: 1).array(n), Numbers(seed: 2).array(n))
        var (m, v) = (Numbers(seed: 3).array(n), Numbers(seed: 4).array(n).map(abs))
        let (m0, v0) = (m, v)
        let found = written(n) { w in
            for (i, value) in start.enumerated() { w[i] = value }
            tk_adamw(w, &m, &v, g, n, 0.01, 0.9, 0.999, 1e-8, 0.1, 0.5, 0.19, 0.001999)
        }
        let expected = (0..<n).map { i -> Float in
            let gradient = Double(g[i]) * 0.5
            let mean = 0.9 * Double(m0[i]) + 0.1 * gradient
            let square = 0.999 * Double(v0[i]) + 0.001 * gradient * gradient
            let step = mean / 0.19 / ((square / 0.001999).squareRoot() + 1e-8)
            return Float(Double(start[i]) - 0.01 * (step + 0.1 * Double(start[i])))
        }
        #expect(worstDifference(found, expected) < 1e-5)
    }
}

extension TensorType {
    /// Places in a block of the bytes that hold sign and exponent of a number that is stored as one.
    fileprivate var highBytesOfScales: [Int] {
        switch self {
        case .f32: [3]
        case .f16, .bf16, .q40, .q50, .q80, .iq4NL, .iq4XS: [1]
        case .q41, .q51, .q4K, .q5K: [1, 3]
        case .q2K: [81, 83]
        case .q3K: [109]
        case .q6K: [209]
        }
    }
}

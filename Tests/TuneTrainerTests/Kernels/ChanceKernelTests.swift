import CKernels
import Testing

@testable import TuneTrainer

/// The kernels that draw, against a plain twin, with guards after the output.
struct ChanceKernelTests {
    private static let lengths = [1, 2, 7, 15, 16, 17, 31, 33, 64, 100]
    private let identities: [UInt64] = [5, 6, .max]

    /// 32 bits for a column of a row.
    private func draw(_ identity: UInt64, _ salt: UInt64, _ column: Int) -> UInt32 {
        var key = identity ^ salt
        key = (key ^ (key >> 30)) &* 0xBF58_476D_1CE4_E5B9
        key = (key ^ (key >> 27)) &* 0x94D0_49BB_1331_11EB
        key ^= key >> 31
        var h = UInt32(truncatingIfNeeded: column) &* 0x9E37_79B9 ^ UInt32(truncatingIfNeeded: key)
        h = (h ^ (h >> 16)) &* 0x7FEB_352D
        h = ((h ^ (h >> 15)) &+ UInt32(truncatingIfNeeded: key >> 32)) &* 0x846C_A68B
        return h ^ (h >> 16)
    }

    private func written(_ initial: [Float], _ kernel: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
        var memory = initial + [Float](repeating: 12_345, count: 16)
        memory.withUnsafeMutableBufferPointer { kernel($0.baseAddress!) }
        #expect(memory[initial.count...].allSatisfy { $0 == 12_345 }, "wrote past the end")
        return Array(memory[..<initial.count])
    }

    @Test(arguments: lengths) func dropout(_ n: Int) {
        let (x, y) = (Numbers(seed: 1).array(3 * n), Numbers(seed: 2).array(3 * n))
        for accumulate in [false, true] {
            let found = written(y) {
                tk_dropout($0, x, identities, 99, 3, n, 1 << 31, 2, accumulate ? 1 : 0)
            }
            let expected = (0..<3 * n).map { i -> Float in
                let kept: Float = draw(identities[i / n], 99, i % n) >= 1 << 31 ? 2 * x[i] : 0
                return accumulate ? y[i] + kept : kept
            }
            #expect(worstDifference(found, expected) < 1e-6)
        }
    }

    @Test(arguments: lengths) func noise(_ n: Int) {
        let y = Numbers(seed: 2).array(3 * n)
        let amplitudes: [Float] = [0, 0.5, 3]
        let found = written(y) { tk_add_noise($0, identities, 99, amplitudes, 3, n) }
        let expected = (0..<3 * n).map { i -> Float in
            let u = Float(draw(identities[i / n], 99, i % n) >> 8) * 0x1p-23 - 1
            return y[i] + amplitudes[i / n] * u
        }
        #expect(worstDifference(found, expected) < 1e-6)
        #expect(Array(found[..<n]) == Array(y[..<n]))
    }

    @Test func noiseIsUniformAroundNothing() {
        let found = written([Float](repeating: 0, count: 100_000)) {
            tk_add_noise($0, [7], 1, [1], 1, 100_000)
        }
        #expect(found.allSatisfy { (-1..<1).contains($0) })
        let mean = found.reduce(0) { $0 + Double($1) } / 100_000
        let square = found.reduce(0) { $0 + Double($1) * Double($1) } / 100_000
        #expect(abs(mean) < 0.01 && abs(square - 1.0 / 3) < 0.01)
    }
}

import CKernels
import Foundation
import Testing

@testable import TuneTrainer

/// Kernels that work in bytes, each against a plain twin, with guards after the output.
struct ByteKernelTests {
    private static let panel = Int(tk_panel)
    private static let guardByte: Int8 = 77

    /// Every level that this CPU has.
    private static let levels = Array(0...tk_byte_level())

    private struct Shape: CustomTestStringConvertible {
        let rows: Int
        let columns: Int
        let inputs: Int
        var testDescription: String { "\(rows) × \(inputs) × \(columns)" }
    }

    private func bytes<Byte: FixedWidthInteger>(_ count: Int, seed: UInt64, as type: Byte.Type = Byte.self) -> [Byte] {
        var source = SplitMix64(seed: seed)
        return (0..<count).map { _ in Byte(truncatingIfNeeded: source.next()) }
    }

    @Test(arguments: [(48, 8), (48, 7), (5, 12), (1, 1)])
    func aPanelHoldsFourInputsOfEachOutputAndZerosBeyond(_ rows: Int, _ inputs: Int) {
        let q: [Int8] = bytes(rows * inputs, seed: 1)
        let padded = (inputs + 3) / 4 * 4
        var panel = [Int8](repeating: Self.guardByte, count: padded * Self.panel + 16)
        var starts = [Int32](repeating: 99, count: Self.panel + 1)
        tk_pack_bytes(&panel, &starts, q, rows, inputs)
        for row in 0..<Self.panel {
            for i in 0..<padded {
                let expected = row < rows && i < inputs ? q[row * inputs + i] : 0
                #expect(panel[i / 4 * 4 * Self.panel + 4 * row + i % 4] == expected)
            }
            let sum = row < rows ? q[row * inputs..<(row + 1) * inputs].reduce(0) { $0 + Int32($1) } : 0
            #expect(starts[row] == -128 * sum)
        }
        #expect(starts[Self.panel] == 99)
        #expect(panel[(padded * Self.panel)...].allSatisfy { $0 == Self.guardByte }, "wrote past the end")
    }

    /// Outputs of more than one panel, inputs from the middle, and fewer than a panel's at the end.
    @Test(arguments: [(0, 0, 100), (48, 0, 100), (48, 48, 52), (0, 96, 3)])
    func aTurnedPanelHoldsFourOutputsOfEachInput(_ firstInput: Int, _ firstOutput: Int, _ outputs: Int) {
        let (rows, inputs) = (100, 72)
        let q: [Int8] = bytes(rows * inputs, seed: 2)
        var panels = [Int8](repeating: 0, count: 144 * inputs)
        for first in stride(from: 0, to: rows, by: Self.panel) {
            var starts = [Int32](repeating: 0, count: Self.panel)
            panels.withUnsafeMutableBufferPointer {
                tk_pack_bytes(
                    $0.baseAddress! + first * inputs, &starts, Array(q[(first * inputs)...]),
                    min(Self.panel, rows - first), inputs)
            }
        }
        let padded = (outputs + 3) / 4 * 4
        var turned = [Int8](repeating: Self.guardByte, count: padded * Self.panel + 16)
        tk_turn_panels(&turned, panels, inputs, firstInput, firstOutput, outputs)
        for o in 0..<padded {
            for lane in 0..<Self.panel {
                let (output, input) = (firstOutput + o, firstInput + lane)
                let expected = output < rows && input < inputs ? q[output * inputs + input] : 0
                #expect(turned[o / 4 * 4 * Self.panel + 4 * lane + o % 4] == expected)
            }
        }
        #expect(turned[(padded * Self.panel)...].allSatisfy { $0 == Self.guardByte }, "wrote past the end")
    }

    private static let shapes = [
        Shape(rows: 1, columns: 48, inputs: 4), Shape(rows: 8, columns: 48, inputs: 64),
        Shape(rows: 13, columns: 48, inputs: 30), Shape(rows: 6, columns: 47, inputs: 20),
        Shape(rows: 23, columns: 17, inputs: 33), Shape(rows: 5, columns: 1, inputs: 1),
    ]

    @Test(arguments: levels, shapes)
    private func productsAreThePlainOnesAtEveryLevel(_ level: Int32, _ shape: Shape) {
        let (rows, columns, inputs, rank) = (shape.rows, shape.columns, shape.inputs, 3)
        let xStride = (inputs + 3) / 4 * 4
        let yStride = columns + 5
        let x = Buffer<UInt8>(zeros: rows * xStride)
        for (i, byte) in bytes(x.count, seed: 3, as: UInt8.self).enumerated() { x.base[i] = byte }
        let w: [Int8] = bytes(columns * inputs, seed: 4)
        let panel = Buffer<Int8>(zeros: xStride * Self.panel)
        let starts = Buffer<Int32>(zeros: Self.panel)
        tk_pack_bytes(panel.base, starts.base, w, columns, inputs)
        let numbers = Numbers(seed: 5)
        let (rowScales, columnScales) = (numbers.matrix(1, rows), numbers.matrix(1, Self.panel))
        let (inner, thin) = (numbers.matrix(rows, rank), numbers.matrix(rank, Self.panel))
        for isAdded in [false, true] {
            let y = numbers.matrix(1, rows * yStride + 8)
            let old = y.values
            var task = tk_byte_product(
                y: y.base, y_stride: yStride, added: isAdded ? UnsafePointer(y.base) : nil, x: x.base,
                x_stride: xStride, panel: panel.base, starts: starts.base, column_scales: columnScales.base,
                row_scales: rowScales.base, inner: inner.base, thin: thin.base, thin_stride: Self.panel, rank: rank,
                rows: rows, columns: columns, inputs: inputs)
            tk_multiply_bytes(&task, level)
            var expected = old
            for t in 0..<rows {
                for o in 0..<columns {
                    let sum = (0..<inputs).reduce(0) { sum, i in
                        sum + (Int(x.base[t * xStride + i]) - 128) * Int(w[o * inputs + i])
                    }
                    let update = (0..<rank).reduce(Float(0)) {
                        $0 + inner.base[t * rank + $1] * thin.base[$1 * Self.panel + o]
                    }
                    let place = t * yStride + o
                    expected[place] =
                        Float(sum) * rowScales.base[t] * columnScales.base[o] + update + (isAdded ? old[place] : 0)
                }
            }
            #expect(worstDifference(y.values, expected) < 1e-6)
            // Between the rows and after them nothing is written.
            let untouched = old.indices.filter { $0 % yStride >= columns || $0 >= rows * yStride }
            #expect(untouched.allSatisfy { y.base[$0] == old[$0] })
            withExtendedLifetime((x, panel, starts, rowScales, columnScales, inner, thin)) {}
        }
    }

    @Test(arguments: [1, 15, 16, 33, 100]) func twoCutsTogetherKeepSixteenBits(_ n: Int) {
        let x = Numbers(seed: 8).array(2 * n).enumerated().map { $0 % 7 == 0 ? $1 * 100 : $1 }
        let columns = Numbers(seed: 9).array(n)
        let stride = n + 3
        var q = [UInt8](repeating: 200, count: 2 * stride)
        var scale = [Float](repeating: 0, count: 2)
        var sum = [Float](repeating: 0, count: 2 * n)
        func add(_ q: [UInt8], _ scale: [Float]) {
            for t in 0..<2 {
                for i in 0..<n { sum[t * n + i] += (Float(q[t * stride + i]) - 128) * scale[t] }
            }
        }
        tk_quantize_rows(&q, stride, &scale, x, columns, 2, n)
        for t in 0..<2 {
            let top = (0..<n).reduce(Float(0)) { max($0, abs(x[t * n + $1] * columns[$1])) }
            #expect(abs(scale[t] - top / 127) <= 1e-6 * top)
        }
        add(q, scale)
        for t in 0..<2 {
            for i in 0..<n { #expect(abs(sum[t * n + i] - x[t * n + i] * columns[i]) <= 0.51 * scale[t]) }
        }
        var (rest, restScale) = ([UInt8](repeating: 200, count: 2 * stride), [Float](repeating: 0, count: 2))
        tk_quantize_rest(&rest, &restScale, q, stride, scale, x, columns, 2, n)
        add(rest, restScale)
        for t in 0..<2 {
            for i in 0..<n { #expect(abs(sum[t * n + i] - x[t * n + i] * columns[i]) <= 0.6 / 254 * scale[t]) }
            #expect(rest[t * stride + n..<(t + 1) * stride].allSatisfy { $0 == 200 }, "wrote past a row")
        }
    }

    @Test(arguments: [1, 15, 16, 33, 100]) func aStretchOfTheSoftmaxBecomesBytes(_ n: Int) {
        let logits = Numbers(seed: 6).array(2 * n).map { $0 * 10 }
        let columns = Numbers(seed: 7).array(n).map(abs)
        var q = [UInt8](repeating: 200, count: 2 * n + 16)
        let none = [Float](repeating: 0, count: 2)
        var (scale, top, sum) = (none, none, none)
        var best = [Int32](repeating: -1, count: 2)
        var used = logits
        tk_cut_softmax(&q, n, &scale, &top, &sum, &best, &used, n, columns, 2, n)
        for t in 0..<2 {
            let row = Array(logits[t * n..<(t + 1) * n])
            #expect(top[t] == row.max())
            #expect(Int(best[t]) == row.firstIndex(of: row.max()!))
            let exponentials = row.map { exp($0 - row.max()!) }
            #expect(abs(sum[t] / exponentials.reduce(0, +) - 1) < 1e-5)
            let scaled = zip(exponentials, columns).map { $0 * $1 }
            #expect(abs(scale[t] * 255 / scaled.max()! - 1) < 1e-5)
            for i in 0..<n { #expect(abs(Float(q[t * n + i]) * scale[t] - scaled[i]) < 0.51 * scale[t]) }
        }
        #expect(q[(2 * n)...].allSatisfy { $0 == 200 }, "wrote past the end")
    }
}

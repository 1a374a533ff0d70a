import CKernels
import Testing

@testable import TuneTrainer

/// Products with strips at every level that this CPU has, against plain sums and each other.
struct StripKernelTests {
    static let levels = Array(0...tk_strip_level())

    struct Shape: CustomTestStringConvertible {
        let rows: Int
        let outputs: Int
        let inputs: Int
        var testDescription: String { "\(rows) × \(inputs) × \(outputs)" }
    }

    static let shapes = [
        Shape(rows: 1, outputs: 32, inputs: 32), Shape(rows: 3, outputs: 70, inputs: 96),
        Shape(rows: 8, outputs: 33, inputs: 64), Shape(rows: 13, outputs: 5, inputs: 160),
        Shape(rows: 40, outputs: 64, inputs: 96),
    ]

    /// Weights in a stored type, and what they stand for.
    static func weight(_ type: TensorType, _ outputs: Int, _ inputs: Int) -> (matrix: WeightMatrix, floats: [Float]) {
        let numbers = Numbers(seed: 11).array(outputs * inputs).map { $0 * 0.2 }
        guard type != .f32 else {
            return (WeightMatrix(Numbers().matrix(outputs, inputs, numbers)), numbers)
        }
        var bytes = [UInt8](repeating: 0, count: outputs * type.rowBytes(inputs))
        bytes.withUnsafeMutableBytes { bytes in
            numbers.withUnsafeBufferPointer { Quantize.store($0, as: type, into: bytes.baseAddress!) }
        }
        let file = bytes.withUnsafeBytes { MappedFile(copying: $0, named: "weight") }
        let tensor = StoredTensor(
            name: "w", type: type, shape: [outputs, inputs], file: file, byteRange: 0..<bytes.count)
        let matrix = WeightMatrix(tensor)
        let floats = Matrix(zeros: outputs, inputs)
        matrix.dequantize(0..<outputs, into: floats.base)
        return (matrix, floats.values)
    }

    static func strips(_ weight: WeightMatrix) throws -> StripMatrix {
        let memory = Memory(bytes: StripMatrix.byteCount(weight))
        let strips = StripMatrix(weight, in: memory, at: 0)
        try strips.fill(0..<strips.stripCount, from: weight)
        return strips
    }

    @Test(arguments: [TensorType.q40, .q41, .q80, .f16, .f32], shapes)
    func stripsHoldTheNumbersOfTheirFile(_ type: TensorType, _ shape: Shape) throws {
        let (weight, floats) = Self.weight(type, shape.outputs, shape.inputs)
        let strips = try Self.strips(weight)
        let row = Matrix(zeros: 1, shape.inputs)
        for output in 0..<shape.outputs {
            strips.row(output, into: row.base)
            let expected = Array(floats[output * shape.inputs..<(output + 1) * shape.inputs])
            if [.q40, .q41, .q80].contains(type) {
                #expect(row.values == expected)
            } else {
                #expect(worstDifference(row.values, expected) < 1 / 127.0)
            }
        }
    }

    @Test(arguments: [1, 31, 32, 33, 100], [false, true]) func rowsAreCutBlockByBlock(_ n: Int, _ isWide: Bool) {
        let blocks = (n + 31) / 32
        let x = Numbers(seed: 3).array(2 * n).enumerated().map { $0 % 9 == 0 ? $1 * 50 : $1 }
        var high = [Int8](repeating: 99, count: 2 * blocks * 32 + 8)
        var low = [Int8](repeating: 99, count: 2 * blocks * 32 + 8)
        var scales = [Float](repeating: 9, count: 2 * blocks + 1)
        var sums = [Int32](repeating: 9, count: 2 * blocks + 1)
        low.withUnsafeMutableBufferPointer {
            tk_cut_rows(
                &high, isWide ? $0.baseAddress : nil, blocks * 32, &scales, &sums, blocks, x, n, 2, n)
        }
        for t in 0..<2 {
            for b in 0..<blocks {
                let columns = b * 32..<min((b + 1) * 32, n)
                let top = columns.map { abs(x[t * n + $0]) }.max()!
                let scale = scales[t * blocks + b]
                #expect(abs(scale - top / (isWide ? 16_192 : 127)) <= 1e-6 * top)
                var sum: Int32 = 0
                for i in b * 32..<(b + 1) * 32 {
                    let place = t * blocks * 32 + i
                    let q = isWide ? 128 * Int32(high[place]) + Int32(low[place]) : Int32(high[place])
                    sum += q
                    let expected = columns.contains(i) ? x[t * n + i] : 0
                    #expect(abs(Float(q) * scale - expected) <= 0.51 * scale)
                }
                #expect(sums[t * blocks + b] == sum)
            }
        }
        #expect(high.suffix(8).allSatisfy { $0 == 99 } && low.suffix(8).allSatisfy { $0 == 99 }, "wrote past the end")
        #expect(scales.last == 9 && sums.last == 9, "wrote past the end")
        #expect(isWide || low.allSatisfy { $0 == 99 })
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity]) func aFaultOfABlockShowsInItsScale(_ fault: Float) {
        var x = Numbers(seed: 3).array(64)
        x[40] = fault
        let cut = CutRows(rows: 1, columns: 64)
        cut.cut(Numbers().matrix(1, 64, x), 0..<1, isWide: false)
        #expect(cut.scales.base[0].isFinite && cut.scales.base[1].isNaN)
    }

    /// y of a product at a level, and guards after each row.
    private func product(
        _ weight: StripMatrix, _ cut: CutRows, rows: Range<Int>, isWide: Bool, level: Int32, added: [Float]? = nil
    ) -> [Float] {
        let stride = weight.rows + 3
        var y = added ?? [Float](repeating: 7, count: rows.count * stride)
        let spread = Buffer<UInt8>(zeros: weight.blocks * StripMatrix.spreadBlock)
        y.withUnsafeMutableBufferPointer {
            cut.multiply(
                weight, 0..<weight.stripCount, rows: rows, isWide: isWide, into: $0.baseAddress!, stride: stride,
                adding: added == nil ? nil : UnsafePointer($0.baseAddress!), spread: spread.base, level: level)
        }
        withExtendedLifetime(spread) {}
        return y
    }

    struct Kind: CustomTestStringConvertible {
        let type: TensorType
        let isWide: Bool
        var testDescription: String { "\(type.name)\(isWide ? ", wide" : "")" }

        static let all = [TensorType.q41, .q80].flatMap {
            [Kind(type: $0, isWide: false), Kind(type: $0, isWide: true)]
        }
    }

    @Test(arguments: Kind.all, shapes) func productsAreTheSumsAtEveryLevel(_ kind: Kind, _ shape: Shape) throws {
        let (weight, floats) = Self.weight(kind.type, shape.outputs, shape.inputs)
        let strips = try Self.strips(weight)
        let cut = CutRows(rows: shape.rows, columns: shape.inputs)
        cut.cut(Numbers(seed: 5).matrix(shape.rows, shape.inputs), 0..<shape.rows, isWide: kind.isWide)
        let stride = shape.outputs + 3
        let added = Numbers(seed: 6).array(shape.rows * stride)
        var results: [[Float]] = []
        for level in Self.levels {
            for isAdded in [false, true] {
                let y = product(
                    strips, cut, rows: 0..<shape.rows, isWide: kind.isWide, level: level, added: isAdded ? added : nil)
                var expected = isAdded ? added : [Float](repeating: 7, count: y.count)
                for t in 0..<shape.rows {
                    for o in 0..<shape.outputs {
                        let sum = (0..<shape.inputs).reduce(0.0) { sum, i in
                            sum + Double(cut.value(t, i, isWide: kind.isWide)) * Double(floats[o * shape.inputs + i])
                        }
                        expected[t * stride + o] = Float(sum) + (isAdded ? added[t * stride + o] : 0)
                    }
                }
                #expect(worstDifference(y, expected) < 1e-5)
                // What lies between the rows is left alone.
                #expect(y.indices.allSatisfy { $0 % stride < shape.outputs || y[$0] == expected[$0] })
                if !isAdded, level > 0 { results.append(y) }
            }
        }
        #expect(results.allSatisfy { $0 == results[0] }, "levels differ")
    }

    @Test(arguments: Kind.all, levels) func aRowDoesNotDependOnTheRowsBesideIt(_ kind: Kind, _ level: Int32) throws {
        let strips = try Self.strips(Self.weight(kind.type, 70, 96).matrix)
        let cut = CutRows(rows: 40, columns: 96)
        cut.cut(Numbers(seed: 5).matrix(40, 96), 0..<40, isWide: kind.isWide)
        let together = product(strips, cut, rows: 0..<40, isWide: kind.isWide, level: level)
        for rows in [0..<1, 3..<5, 7..<10, 0..<4, 11..<16, 20..<26, 1..<8, 2..<10, 4..<17] {
            let apart = product(strips, cut, rows: rows, isWide: kind.isWide, level: level)
            #expect(apart == Array(together[rows.lowerBound * 73..<rows.upperBound * 73]))
        }
    }
}

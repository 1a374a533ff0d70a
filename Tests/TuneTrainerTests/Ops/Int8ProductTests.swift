import Testing

@testable import TuneTrainer

/// Products in bytes against f32.
struct Int8ProductTests {
    private let weight = QuantizedWeight.shared.matrix
    private let numbers = Numbers(seed: 5)

    private func bytes(_ inputs: Matrix, on team: Team) -> Int8Matrix {
        Int8Matrix(weight, Smoothing(inputTops: inputs.columnTops(), of: [weight], on: team), on: team)
    }

    private func forward(_ x: Matrix, _ bytes: Int8Matrix, on team: Team) -> [Float] {
        let scratch = Int8Scratch(rows: x.rows, side: 32, members: team.size)
        let y = Matrix(zeros: x.rows, 24)
        scratch.cut(x, 0..<x.rows, times: bytes.smoothing.inverses)
        int8Product(into: y, bytes, scratch: scratch, on: team)
        return y.values
    }

    /// Inputs of which one channel is fifty times larger than the rest, as in the residual stream of a Llama.
    private func inputs(_ rows: Int) -> Matrix {
        let x = numbers.matrix(rows, 32)
        for t in 0..<rows { x.row(t)[7] *= 50 }
        return x
    }

    private func exact(_ x: Matrix, transposed: Bool) -> [Float] {
        let w = Matrix(zeros: weight.rows, weight.columns)
        weight.dequantize(0..<weight.rows, into: w.base)
        let y = Matrix(zeros: x.rows, transposed ? weight.rows : weight.columns)
        product(into: Window(y), Window(x), transposed ? Window(w).transposed : Window(w))
        return y.values
    }

    @Test func forwardIsWithinTwoPercentDespiteALargeChannel() {
        let (x, team) = (inputs(9), Team(size: 2))
        #expect(worstDifference(forward(x, bytes(x, on: team), on: team), exact(x, transposed: true)) < 0.02)
    }

    @Test func backwardIsWithinTwoPercentAndAdds() {
        let (dy, dx, team) = (numbers.matrix(9, 24), Matrix(zeros: 9, 32), Team(size: 2))
        let bytes = bytes(inputs(9), on: team)
        let scratch = Int8Scratch(rows: 9, side: 32, members: 2)
        let expected = exact(dy, transposed: false)
        for round in 1...2 {
            scratch.cut(dy, 0..<9, times: bytes.scales)
            int8ProductBackward(into: dx, bytes, adding: round == 2 ? dx : nil, scratch: scratch, on: team)
            #expect(worstDifference(dx.values, expected.map { $0 * Float(round) }) < 0.02)
        }
    }

    /// More rows than one chunk.
    @Test func theNumberOfThreadsDoesNotShow() {
        let x = inputs(300)
        let results = [1, 2, 3].map { threads in
            let team = Team(size: threads)
            return forward(x, bytes(x, on: team), on: team)
        }
        #expect(results[0] == results[1] && results[0] == results[2])
    }

    @Test(arguments: [Float.nan, .infinity]) func whatIsNotFiniteStaysSo(_ value: Float) {
        let (x, team) = (inputs(2), Team(size: 1))
        let bytes = bytes(x, on: team)
        x.row(1)[3] = value
        let y = forward(x, bytes, on: team)
        #expect(y[..<24].allSatisfy { $0.isFinite })
        #expect(y[24...].allSatisfy { !$0.isFinite })
    }

    /// The adapter's part is f32 in both, and sees the same inputs.
    @Test func dropoutLeavesOutTheSameAsInF32() {
        let team = Team(size: 2)
        let (x, dy) = (inputs(20), numbers.matrix(20, 24))
        let pair = LoRAPair(a: numbers.matrix(3, 32), b: numbers.matrix(24, 3))
        let mask = DropoutMask(share: 0.5, salt: 3, identities: (0..<20).map { UInt64($0) << 32 })
        let results = [nil, bytes(x, on: team)].map { bytes in
            let layer = Linear(weight: weight, bytes: bytes, pair: pair, scale: 1, mask: mask)
            let scratch = LinearScratch(
                weight: Matrix(zeros: 24, 32), dh: Matrix(zeros: 20, 3), rows: Matrix(zeros: 2, 32),
                outer: Matrix(zeros: 3, 48), panels: Matrix(zeros: 3, 48),
                int8: bytes == nil ? nil : Int8Scratch(rows: 20, side: 32, members: 2), masked: Matrix(zeros: 20, 32))
            let (y, h, dx) = (Matrix(zeros: 20, 24), Matrix(zeros: 20, 3), Matrix(zeros: 20, 32))
            let gradient = LoRAPair(a: Matrix(zeros: 3, 32), b: Matrix(zeros: 24, 3))
            linear([LinearOutput(y: y, layer: layer, h: h)], x, scratch: scratch, on: team)
            let back = LinearGradient(dy: dy, layer: layer, h: h, gradient: gradient)
            linearBackward(into: dx, [back], x: x, scratch: scratch, on: team)
            return [y, dx, h, gradient.a, gradient.b].map(\.values)
        }
        for (i, (exact, found)) in zip(results[0], results[1]).enumerated() {
            #expect(worstDifference(found, exact) < (i < 2 ? 0.02 : 1e-5))
        }
    }
}

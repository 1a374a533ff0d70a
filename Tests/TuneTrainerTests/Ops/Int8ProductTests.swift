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
            scratch.cut(dy, 0..<9, times: bytes.scales, withRest: true)
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
}

import Testing

@testable import TuneTrainer

/// Products in bytes against f32, where the CPU makes them exact.
@Suite(.enabled(if: LlamaBytes.isWorthwhile)) struct Int8ProductTests {
    private let weight = QuantizedWeight.shared.matrix
    private let numbers = Numbers(seed: 5)

    private func scratch(_ rows: Int) -> Int8Scratch { Int8Scratch(rows: rows, side: 32) }

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
        let (x, y) = (inputs(9), Matrix(zeros: 9, 24))
        let bytes = Int8Matrix(weight, inputTops: x.columnTops(), on: Team(size: 2))
        int8Product(into: y, x, bytes, scratch: scratch(9), on: Team(size: 2))
        #expect(worstDifference(y.values, exact(x, transposed: true)) < 0.02)
    }

    @Test func backwardIsWithinTwoPercentAndAdds() {
        let (dy, dx) = (numbers.matrix(9, 24), Matrix(zeros: 9, 32))
        let bytes = Int8Matrix(weight, inputTops: inputs(9).columnTops(), on: Team(size: 2))
        let expected = exact(dy, transposed: false)
        for round in 1...2 {
            int8ProductBackward(
                into: dx, accumulating: round == 2, dy: dy, bytes, scratch: scratch(9), on: Team(size: 2))
            #expect(worstDifference(dx.values, expected.map { $0 * Float(round) }) < 0.02)
        }
    }

    @Test func theNumberOfThreadsDoesNotShow() {
        let x = inputs(13)
        let results = [1, 2, 3].map { threads in
            let (team, y) = (Team(size: threads), Matrix(zeros: 13, 24))
            int8Product(
                into: y, x, Int8Matrix(weight, inputTops: x.columnTops(), on: team), scratch: scratch(13), on: team)
            return y.values
        }
        #expect(results[0] == results[1] && results[0] == results[2])
    }

    @Test(arguments: [Float.nan, .infinity]) func whatIsNotFiniteStaysSo(_ value: Float) {
        let (x, y) = (inputs(2), Matrix(zeros: 2, 24))
        let bytes = Int8Matrix(weight, inputTops: x.columnTops(), on: Team(size: 1))
        x.row(1)[3] = value
        int8Product(into: y, x, bytes, scratch: scratch(2), on: Team(size: 1))
        #expect(y[rows: 0..<1].values.allSatisfy { $0.isFinite })
        #expect(y[rows: 1..<2].values.allSatisfy { !$0.isFinite })
    }
}

import CKernels

@testable import TuneTrainer

/// An op whose backward pass is checked against finite differences.
///
/// The objective is Σ weight·output with fixed random weights, so that the weights are the output's gradient.
struct GradientCase: CustomStringConvertible, Sendable {
    let name: String
    /// How far each input is moved up and down.
    let epsilon: Float
    /// Largest difference allowed, relative to the largest gradient of an input.
    let tolerance: Float
    /// Numbers of each input that is differentiated.
    let inputs: [Int]
    let outputs: Int
    /// Outputs from inputs.
    let forward: @Sendable ([[Float]]) -> [Float]
    /// Gradients of the inputs from inputs and the outputs' gradient.
    let backward: @Sendable ([[Float]], [Float]) -> [[Float]]

    var description: String { name }

    /// The worst relative difference over all inputs; not finite when any number is not.
    func worstRelativeError() -> Float {
        let numbers = Numbers(seed: 11)
        let values = inputs.map(numbers.array)
        let weights = numbers.array(outputs)
        let gradients = backward(values, weights)
        func objective(_ values: [[Float]]) -> Double {
            zip(forward(values), weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        var worst: Float = 0
        for (input, count) in inputs.enumerated() {
            let expected = (0..<count).map { i -> Float in
                var up = values
                var down = values
                up[input][i] += epsilon
                down[input][i] -= epsilon
                return Float((objective(up) - objective(down)) / Double(up[input][i] - down[input][i]))
            }
            worst = max(worst, worstDifference(gradients[input], expected))
        }
        return worst
    }
}

extension GradientCase {
    /// Every op that has a backward pass.
    static let all =
        [
            rmsNorm, headNorm, rope, scaledRope, swiGLU,
            attention(sequences: [5, 3], heads: 4, keyHeads: 2),
            attention(sequences: [131], heads: 1, keyHeads: 1),
            linear(rows: 6, adapted: true), linear(rows: 2, adapted: true), linear(rows: 6, adapted: false),
            crossEntropy,
        ] + variants

    /// One for each call, since cases may run at the same time.
    private static var team: Team { Team(size: 2) }

    private static let rmsNorm = GradientCase(
        name: "rmsNorm (3, 20)", epsilon: 1e-2, tolerance: 2e-3, inputs: [60], outputs: 60
    ) { inputs in
        let n = Numbers()
        let (w, y, r) = (n.matrix(1, 20), n.zeros(3, 20), n.zeros(3, 1))
        TuneTrainer.rmsNorm(into: y, r: r, n.matrix(3, 20, inputs[0]), weight: w, epsilon: 1e-5, on: team)
        return y.values
    } backward: { inputs, dy in
        let n = Numbers()
        let (w, y, r, dx) = (n.matrix(1, 20), n.zeros(3, 20), n.zeros(3, 1), n.zeros(3, 20))
        let x = n.matrix(3, 20, inputs[0])
        TuneTrainer.rmsNorm(into: y, r: r, x, weight: w, epsilon: 1e-5, on: team)
        rmsNormBackward(addingTo: dx, dy: n.matrix(3, 20, dy), x, weight: w, r: r, on: team)
        return [dx.values]
    }

    private static let headNorm = GradientCase(
        name: "headNorm (3, 2·10)", epsilon: 1e-2, tolerance: 2e-3, inputs: [60], outputs: 60
    ) { inputs in
        let n = Numbers()
        let (w, y, r) = (n.matrix(1, 10), n.zeros(3, 20), n.zeros(3, 2))
        TuneTrainer.headNorm(into: y, r: r, n.matrix(3, 20, inputs[0]), weight: w, epsilon: 1e-5, on: team)
        return y.values
    } backward: { inputs, dy in
        let n = Numbers()
        let (w, y, r) = (n.matrix(1, 10), n.zeros(3, 20), n.zeros(3, 2))
        let (x, dx) = (n.matrix(3, 20, inputs[0]), n.matrix(3, 20, dy))
        TuneTrainer.headNorm(into: y, r: r, x, weight: w, epsilon: 1e-5, on: team)
        headNormBackward(dx, x, weight: w, r: r, on: team)
        return [dx.values]
    }

    private static let scaledRope = GradientCase(
        name: "rope (3, 2·8) with divisors", epsilon: 1e-2, tolerance: 1e-3, inputs: [48], outputs: 48
    ) { inputs in
        let n = Numbers()
        let x = n.matrix(3, 16, inputs[0])
        let table = RopeTable(length: 10, headSize: 8, base: 100, divisors: [1, 1.5, 4, 8])
        TuneTrainer.rope(x, positions: [0, 4, 9], heads: 2, table, on: team)
        return x.values
    } backward: { _, dy in
        let n = Numbers()
        let dx = n.matrix(3, 16, dy)
        let table = RopeTable(length: 10, headSize: 8, base: 100, divisors: [1, 1.5, 4, 8])
        ropeBackward(dx, positions: [0, 4, 9], heads: 2, table, on: team)
        return [dx.values]
    }

    private static let rope = GradientCase(
        name: "rope (3, 2·8)", epsilon: 1e-2, tolerance: 1e-3, inputs: [48], outputs: 48
    ) { inputs in
        let n = Numbers()
        let x = n.matrix(3, 16, inputs[0])
        let table = RopeTable(length: 10, headSize: 8, base: 100)
        TuneTrainer.rope(x, positions: [0, 4, 9], heads: 2, table, on: team)
        return x.values
    } backward: { _, dy in
        let n = Numbers()
        let dx = n.matrix(3, 16, dy)
        let table = RopeTable(length: 10, headSize: 8, base: 100)
        ropeBackward(dx, positions: [0, 4, 9], heads: 2, table, on: team)
        return [dx.values]
    }

    private static let swiGLU = GradientCase(
        name: "swiGLU (2, 19)", epsilon: 1e-2, tolerance: 1e-3, inputs: [38, 38], outputs: 38
    ) { inputs in
        let n = Numbers()
        let y = n.zeros(2, 19)
        TuneTrainer.swiGLU(into: y, gate: n.matrix(2, 19, inputs[0]), up: n.matrix(2, 19, inputs[1]), on: team)
        return y.values
    } backward: { inputs, dy in
        let n = Numbers()
        let (gate, up) = (n.matrix(2, 19, inputs[0]), n.matrix(2, 19, inputs[1]))
        swiGLUBackward(dgate: gate, dup: up, dy: n.matrix(2, 19, dy), gate: gate, up: up, on: team)
        return [gate.values, up.values]
    }

    /// Several sequences in one batch, more queries than one block, several query heads to a key head.
    private static func attention(sequences: [Int], heads: Int, keyHeads: Int) -> GradientCase {
        let layout = HeadLayout(heads: heads, keyValueHeads: keyHeads, size: 4)
        let rows = sequences.reduce(0, +)
        var start = 0
        let spans = sequences.map { length in
            defer { start += length }
            return AttentionSpan(queries: start..<start + length, firstKey: start, first: 0)
        }
        let (q, kv) = (rows * heads * 4, rows * keyHeads * 4)
        return GradientCase(
            name: "attention \(sequences), \(heads) heads on \(keyHeads)", epsilon: 2e-2, tolerance: 3e-3,
            inputs: [q, kv, kv], outputs: q
        ) { inputs in
            let n = Numbers()
            let o = n.zeros(rows, heads * 4)
            TuneTrainer.attention(
                into: o, q: n.matrix(rows, heads * 4, inputs[0]), k: n.matrix(rows, keyHeads * 4, inputs[1]),
                v: n.matrix(rows, keyHeads * 4, inputs[2]), spans: spans, layout,
                scratch: AttentionScratch(keys: rows, members: 2, headSize: 4), on: team)
            return o.values
        } backward: { inputs, dO in
            let n = Numbers()
            let (dq, dk, dv) = (n.zeros(rows, heads * 4), n.zeros(rows, keyHeads * 4), n.zeros(rows, keyHeads * 4))
            attentionBackward(
                dq: dq, dk: dk, dv: dv, do: n.matrix(rows, heads * 4, dO), q: n.matrix(rows, heads * 4, inputs[0]),
                k: n.matrix(rows, keyHeads * 4, inputs[1]), v: n.matrix(rows, keyHeads * 4, inputs[2]), spans: spans,
                layout, scratch: AttentionScratch(keys: rows, members: 2, headSize: 4), on: team)
            return [dq.values, dk.values, dv.values]
        }
    }

    /// x: (rows, 32), W: (24, 32) quantized to Q8_0, A: (3, 32), B: (24, 3). Few rows take the way past the product.
    private static func linear(rows: Int, adapted: Bool) -> GradientCase {
        @Sendable func layer(_ n: Numbers, _ inputs: [[Float]]) -> Linear {
            let pair = LoRAPair(a: n.matrix(3, 32, inputs[1]), b: n.matrix(24, 3, inputs[2]))
            return Linear(weight: QuantizedWeight.shared.matrix, bytes: nil, pair: adapted ? pair : nil, scale: 0.5)
        }
        @Sendable func scratch(_ n: Numbers) -> LinearScratch {
            LinearScratch(rows: rows, side: 32, rank: 3, members: 2, weight: n.zeros(24, 32), int8: nil)
        }
        return GradientCase(
            name: "linear (\(rows), 32)→24\(adapted ? " with adapter" : "")", epsilon: 1e-2, tolerance: 2e-3,
            inputs: [rows * 32, 96, 72], outputs: rows * 24
        ) { inputs in
            let n = Numbers()
            let y = n.zeros(rows, 24)
            TuneTrainer.linear(
                [LinearOutput(y: y, layer: layer(n, inputs), h: n.zeros(rows, 3))], n.matrix(rows, 32, inputs[0]),
                scratch: scratch(n), on: team)
            return y.values
        } backward: { inputs, dy in
            let n = Numbers()
            let (x, h, dx) = (n.matrix(rows, 32, inputs[0]), n.zeros(rows, 3), n.zeros(rows, 32))
            let gradient = LoRAPair(a: n.zeros(3, 32), b: n.zeros(24, 3))
            let layer = layer(n, inputs)
            TuneTrainer.linear(
                [LinearOutput(y: n.zeros(rows, 24), layer: layer, h: h)], x, scratch: scratch(n), on: team)
            let back = LinearGradient(
                dy: n.matrix(rows, 24, dy), layer: layer, h: h, gradient: adapted ? gradient : nil)
            linearBackward(into: dx, [back], x: x, scratch: scratch(n), on: team)
            return [dx.values, gradient.a.values, gradient.b.values]
        }
    }

    private static let crossEntropy = GradientCase(
        name: "crossEntropy (3, 40)", epsilon: 1e-2, tolerance: 2e-3, inputs: [120], outputs: 3
    ) { inputs in
        let n = Numbers()
        var loss = [Float](repeating: 0, count: 3)
        var best = [Int32](repeating: 0, count: 3)
        TuneTrainer.crossEntropy(
            n.matrix(3, 40, inputs[0]), targets: [3, 0, 39], weights: nil, loss: &loss, best: &best, on: team)
        return loss
    } backward: { inputs, dy in
        let n = Numbers()
        let logits = n.matrix(3, 40, inputs[0])
        var loss = [Float](repeating: 0, count: 3)
        var best = [Int32](repeating: 0, count: 3)
        TuneTrainer.crossEntropy(logits, targets: [3, 0, 39], weights: dy[...], loss: &loss, best: &best, on: team)
        return [logits.values]
    }
}

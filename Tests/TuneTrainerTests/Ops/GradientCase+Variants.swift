@testable import TuneTrainer

extension GradientCase {
    /// What only some runs need: dropout, whole weights, preferences.
    static let variants = [dropout, linearWithDropout, weightGradient, preferenceLoss]

    private static var team: Team { Team(size: 2) }

    private static func mask(_ rows: Int) -> DropoutMask {
        DropoutMask(share: 0.4, salt: 77, identities: (0..<rows).map { UInt64($0) &* 0x1234_5678_9ABC })
    }

    private static let dropout = GradientCase(
        name: "dropout (4, 21)", epsilon: 1e-2, tolerance: 1e-3, inputs: [84], outputs: 84
    ) { inputs in
        let n = Numbers()
        let y = n.zeros(4, 21)
        TuneTrainer.dropout(into: y, n.matrix(4, 21, inputs[0]), mask(4), on: team)
        return y.values
    } backward: { _, dy in
        let n = Numbers()
        let dx = n.zeros(4, 21)
        dropoutBackward(addingTo: dx, dy: n.matrix(4, 21, dy), mask(4), on: team)
        return [dx.values]
    }

    /// x: (6, 32), W: (24, 32) frozen, A: (3, 32), B: (24, 3); only the adapter's way leaves inputs out.
    private static let linearWithDropout: GradientCase = {
        @Sendable func layer(_ n: Numbers, _ inputs: [[Float]]) -> Linear {
            Linear(
                weight: QuantizedWeight.shared.matrix, bytes: nil,
                pair: LoRAPair(a: n.matrix(3, 32, inputs[1]), b: n.matrix(24, 3, inputs[2])), scale: 0.5, mask: mask(6))
        }
        @Sendable func scratch(_ n: Numbers) -> LinearScratch {
            LinearScratch(rows: 6, side: 32, rank: 3, members: 2, weight: n.zeros(24, 32), int8: nil)
        }
        return GradientCase(
            name: "linear (6, 32)→24 with dropout", epsilon: 1e-2, tolerance: 2e-3, inputs: [192, 96, 72], outputs: 144
        ) { inputs in
            let n = Numbers()
            let y = n.zeros(6, 24)
            linear(
                into: y, n.matrix(6, 32, inputs[0]), layer(n, inputs), h: n.zeros(6, 3), scratch: scratch(n), on: team)
            return y.values
        } backward: { inputs, dy in
            let n = Numbers()
            let (x, h, dx) = (n.matrix(6, 32, inputs[0]), n.zeros(6, 3), n.zeros(6, 32))
            let gradient = LoRAPair(a: n.zeros(3, 32), b: n.zeros(24, 3))
            let layer = layer(n, inputs)
            linear(into: n.zeros(6, 24), x, layer, h: h, scratch: scratch(n), on: team)
            linearBackward(
                into: dx, gradient: gradient, dy: n.matrix(6, 24, dy), x: x, layer, h: h, scratch: scratch(n), on: team)
            return [dx.values, gradient.a.values, gradient.b.values]
        }
    }()

    /// x: (5, 20), W: (18, 20) in memory, both differentiated.
    private static let weightGradient: GradientCase = {
        @Sendable func scratch(_ n: Numbers) -> LinearScratch {
            LinearScratch(rows: 5, side: 20, rank: 1, members: 2, weight: n.zeros(18, 20), int8: nil)
        }
        @Sendable func layer(_ n: Numbers, _ inputs: [[Float]]) -> Linear {
            Linear(weight: WeightMatrix(n.matrix(18, 20, inputs[1])), bytes: nil, pair: nil, scale: 0)
        }
        return GradientCase(
            name: "weight of linear (5, 20)→18", epsilon: 1e-2, tolerance: 2e-3, inputs: [100, 360], outputs: 90
        ) { inputs in
            let n = Numbers()
            let y = n.zeros(5, 18)
            linear(into: y, n.matrix(5, 20, inputs[0]), layer(n, inputs), h: nil, scratch: scratch(n), on: team)
            return y.values
        } backward: { inputs, dy in
            let n = Numbers()
            let (x, dx, dW) = (n.matrix(5, 20, inputs[0]), n.zeros(5, 20), n.zeros(18, 20))
            let gradient = n.matrix(5, 18, dy)
            linearBackward(
                into: dx, gradient: nil, dy: gradient, x: x, layer(n, inputs), h: nil, scratch: scratch(n), on: team)
            TuneTrainer.weightGradient(addingTo: dW, dy: gradient, x: x, on: team)
            return [dx.values, dW.values]
        }
    }()

    /// ln p of three pairs' better and worse answers.
    private static let preferenceLoss = GradientCase(
        name: "preferenceLoss (3)", epsilon: 1e-2, tolerance: 1e-3, inputs: [3, 3], outputs: 3
    ) { inputs in
        pairs(inputs).map { Float(TuneTrainer.preferenceLoss($0.model, reference: $0.reference, beta: 2)) }
    } backward: { inputs, dy in
        let slopes = zip(pairs(inputs), dy).map { pair, dy in
            let slope = preferenceLossBackward(pair.model, reference: pair.reference, beta: 2)
            return (Float(slope.preferred) * dy, Float(slope.rejected) * dy)
        }
        return [slopes.map(\.0), slopes.map(\.1)]
    }

    private static func pairs(
        _ inputs: [[Float]]
    ) -> [(model: PairLogProbabilities, reference: PairLogProbabilities)] {
        (0..<3).map { i in
            (
                PairLogProbabilities(preferred: Double(inputs[0][i]), rejected: Double(inputs[1][i])),
                PairLogProbabilities(preferred: Double(i) - 1, rejected: 0.3)
            )
        }
    }
}

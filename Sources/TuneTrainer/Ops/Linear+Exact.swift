import CKernels

/// With fewer rows than this a product reads the quantized weight directly instead of writing it out first.
let fewRows = 4

/// y = x·Wᵀ + s·h·Bᵀ + added in f32, with h at hand.
func exactLinear(
    _ output: LinearOutput, _ x: Matrix, adding added: Matrix?, scratch: LinearScratch, on team: Team
) {
    let (y, layer) = (output.y, output.layer)
    let weight = layer.weight
    if x.rows < fewRows {
        productOfFewRows(into: y, x, weight, scratch: scratch, on: team)
    } else {
        team.split(weight.rows, grain: 16) { outputs in
            let w = weight.floats(outputs, scratch: scratch.weight)
            product(into: Window(y, columns: outputs), Window(x), Window(w).transposed)
        }
    }
    if let pair = layer.pair, let h = output.h {
        team.split(weight.rows, grain: 16) { outputs in
            product(
                into: Window(y, columns: outputs), Window(h), Window(pair.b[rows: outputs]).transposed,
                alpha: layer.scale, beta: 1)
        }
    }
    if let added {
        team.split(y.rows, grain: 8) { rows in
            tk_add(y.row(rows.lowerBound), added.row(rows.lowerBound), rows.count * y.columns)
        }
    }
}

/// dx = dy·W + dh·A in f32, or added to dx, with dh at hand.
func exactLinearBackward(
    into dx: Matrix, accumulating: Bool, _ output: LinearGradient, dh: Matrix?, scratch: LinearScratch, on team: Team
) {
    let weight = output.layer.weight
    let w = weight.floats(scratch: scratch.weight, on: team)
    team.split(weight.columns, grain: 16) { inputs in
        product(
            into: Window(dx, columns: inputs), Window(output.dy), Window(w, columns: inputs),
            beta: accumulating ? 1 : 0)
        if let pair = output.layer.pair, let dh {
            product(into: Window(dx, columns: inputs), Window(dh), Window(pair.a, columns: inputs), beta: 1)
        }
    }
}

// MARK: -

private func productOfFewRows(
    into y: Matrix, _ x: Matrix, _ weight: WeightMatrix, scratch: LinearScratch, on team: Team
) {
    team.run { member in
        let outputs = weight.rows * member / team.size..<weight.rows * (member + 1) / team.size
        for output in outputs {
            for t in 0..<x.rows {
                y.row(t)[output] = weight.dot(output, x.row(t), scratch: scratch.rows.row(member))
            }
        }
    }
}

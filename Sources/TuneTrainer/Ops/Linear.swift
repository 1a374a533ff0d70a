import CKernels

/// A linear layer of the model at work: its weight, and its adapter if it has one.
struct Linear {
    /// (out, in)
    let weight: WeightMatrix
    /// The same in bytes, where products are to be fast rather than exact to f32.
    let bytes: Int8Matrix?
    let pair: LoRAPair?
    /// Of the adapter's product.
    let scale: Float
    /// Leaves out some of the adapter's inputs, while training; the frozen weight sees all of them.
    var mask: DropoutMask? = nil
}

/// Memory that linear layers share: one dequantized weight at a time, small enough to stay in a core's cache.
struct LinearScratch {
    /// At least (out, in) of the largest layer.
    let weight: Matrix
    /// (T, rank): gradient of the adapter's inner values.
    let dh: Matrix
    /// (members, inputs of the largest layer): one row for each member of the team.
    let rows: Matrix
    /// For layers with weights in bytes.
    let int8: Int8Scratch?
    /// (T, inputs of the largest layer): an adapter's inputs without those left out.
    let masked: Matrix
}

/// With fewer rows than this a product reads the quantized weight directly instead of writing it out first.
private let fewRows = 4

/// y = x·Wᵀ + s·h·Bᵀ,  h = dropout(x)·Aᵀ      x: (T, in)  y: (T, out)  h: (T, r), kept for the backward pass
func linear(into y: Matrix, _ x: Matrix, _ layer: Linear, h: Matrix?, scratch: LinearScratch, on team: Team) {
    let weight = layer.weight
    precondition(x.columns == weight.columns && y.columns == weight.rows && x.rows == y.rows)
    if let h { adapterInner(into: h, x, layer, scratch: scratch, on: team) }
    if x.rows < fewRows {
        linearOfFewRows(into: y, x, weight, scratch: scratch, on: team)
    } else if let bytes = layer.bytes, let int8 = scratch.int8 {
        int8Product(into: y, x, bytes, scratch: int8, on: team)
    } else {
        team.split(weight.rows, grain: 16) { outputs in
            let w = weight.floats(outputs, scratch: scratch.weight)
            product(into: Window(y, columns: outputs), Window(x), Window(w).transposed)
        }
    }
    if let pair = layer.pair, let h {
        team.split(weight.rows, grain: 16) { outputs in
            product(
                into: Window(y, columns: outputs), Window(h), Window(pair.b[rows: outputs]).transposed,
                alpha: layer.scale, beta: 1)
        }
    }
}

/// h = dropout(x)·Aᵀ, the part of a linear layer's forward pass that its backward pass needs again; nothing without an
/// adapter.
func adapterInner(into h: Matrix, _ x: Matrix, _ layer: Linear, scratch: LinearScratch, on team: Team) {
    guard let pair = layer.pair else { return }
    let x = adapterInput(x, layer, scratch, on: team)
    team.split(x.rows, grain: 16) { rows in
        product(into: Window(h[rows: rows]), Window(x[rows: rows]), Window(pair.a).transposed)
    }
}

/// What the adapter sees of x: all of it, or what dropout leaves.
private func adapterInput(_ x: Matrix, _ layer: Linear, _ scratch: LinearScratch, on team: Team) -> Matrix {
    guard let mask = layer.mask else { return x }
    let left = scratch.masked.reshaped(x.rows, x.columns)
    dropout(into: left, x, mask, on: team)
    return left
}

/// dx = dy·W + dropout(dh·A),  dh = s·dy·B;  adds dhᵀ·dropout(x) to dA and s·dyᵀ·h to dB.
///
/// `dx` nil leaves out the gradient of the input, `accumulating` adds to it; `gradient` nil leaves out the adapter's.
func linearBackward(
    into dx: Matrix?, accumulating: Bool = false, gradient: LoRAPair?, dy: Matrix, x: Matrix, _ layer: Linear,
    h: Matrix?, scratch: LinearScratch, on team: Team
) {
    let weight = layer.weight
    let dh = layer.pair.map { scratch.dh.reshaped(dy.rows, $0.a.rows) }
    if let pair = layer.pair, let dh {
        team.split(dy.rows, grain: 16) { rows in
            product(into: Window(dh[rows: rows]), Window(dy[rows: rows]), Window(pair.b), alpha: layer.scale)
        }
    }
    if let dx { weightBackward(into: dx, accumulating, dy, layer, scratch: scratch, on: team) }
    if let dx, let pair = layer.pair, let dh, let mask = layer.mask {
        let masked = scratch.masked.reshaped(dx.rows, dx.columns)
        team.split(weight.columns, grain: 16) { inputs in
            product(into: Window(masked, columns: inputs), Window(dh), Window(pair.a, columns: inputs))
        }
        dropoutBackward(addingTo: dx, dy: masked, mask, on: team)
    }
    let seen = gradient == nil ? x : adapterInput(x, layer, scratch, on: team)
    team.split(weight.columns, grain: 16) { inputs in
        if let dx, let pair = layer.pair, let dh, layer.mask == nil {
            product(into: Window(dx, columns: inputs), Window(dh), Window(pair.a, columns: inputs), beta: 1)
        }
        if let gradient, let dh {
            product(
                into: Window(gradient.a, columns: inputs), Window(dh).transposed, Window(seen, columns: inputs),
                beta: 1)
        }
    }
    if let gradient, let h {
        team.split(weight.rows, grain: 16) { outputs in
            product(
                into: Window(gradient.b[rows: outputs]), Window(dy, columns: outputs).transposed, Window(h),
                alpha: layer.scale, beta: 1)
        }
    }
}

/// dx = dy·W, or added to dx.
private func weightBackward(
    into dx: Matrix, _ accumulating: Bool, _ dy: Matrix, _ layer: Linear, scratch: LinearScratch, on team: Team
) {
    if let bytes = layer.bytes, let int8 = scratch.int8 {
        return int8ProductBackward(into: dx, accumulating: accumulating, dy: dy, bytes, scratch: int8, on: team)
    }
    let weight = layer.weight
    let w = weight.floats(scratch: scratch.weight, on: team)
    team.split(weight.columns, grain: 16) { inputs in
        product(
            into: Window(dx, columns: inputs), Window(dy), Window(w, columns: inputs), beta: accumulating ? 1 : 0)
    }
}

private func linearOfFewRows(
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

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
    /// (rank, longest side up to whole panels), twice: an adapter's halves as products in bytes read them.
    let outer: Matrix
    let panels: Matrix
    /// For layers with weights in bytes.
    let int8: Int8Scratch?
    /// (T, inputs of the largest layer): an adapter's inputs without those left out.
    let masked: Matrix

    /// For at most `rows` rows and layers whose longer side is at most `side`.
    init(rows: Int, side: Int, rank: Int, members: Int, weight: Matrix, int8: Int8Scratch?) {
        self.weight = weight
        self.int8 = int8
        dh = Matrix(zeros: rows, rank)
        self.rows = Matrix(zeros: members, side)
        outer = Matrix(zeros: rank, Int8Matrix.wholePanels(side))
        panels = Matrix(zeros: rank, Int8Matrix.wholePanels(side))
        masked = Matrix(zeros: rows, side)
    }
}

/// Rows that are cut to bytes and multiplied with the adapter while they are in the nearest cache.
private let rowsAtHand = 16

/// One of the layers that read the same input: where its output goes, and x·Aᵀ, kept for the backward pass.
struct LinearOutput {
    /// (T, out)
    let y: Matrix
    let layer: Linear
    /// (T, r); nil leaves the adapter out.
    let h: Matrix?
}

/// y = x·Wᵀ + s·h·Bᵀ + added,  h = dropout(x)·Aᵀ, for each of the layers.      x: (T, in)  y, added: (T, out)
func linear(
    _ outputs: [LinearOutput], _ x: Matrix, adding added: Matrix? = nil, scratch: LinearScratch, on team: Team
) {
    let smoothing = x.rows < fewRows ? nil : outputs[0].layer.bytes?.smoothing
    let int8 = smoothing == nil ? nil : scratch.int8
    let unmasked = outputs.filter { $0.h != nil && $0.layer.pair != nil && $0.layer.mask == nil }
    team.split(int8 == nil && unmasked.isEmpty ? 0 : x.rows, grain: 8) { rows in
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtHand) {
            let block = first..<min(first + rowsAtHand, rows.upperBound)
            if let int8, let smoothing { int8.cut(x, block, times: smoothing.inverses) }
            for output in unmasked { adapterInner(into: output.h!, x, block, output.layer.pair!) }
        }
    }
    for output in outputs {
        let layer = output.layer
        precondition(x.columns == layer.weight.columns && output.y.columns == layer.weight.rows)
        precondition(x.rows == output.y.rows)
        if layer.mask != nil, let h = output.h { adapterInner(into: h, x, layer, scratch: scratch, on: team) }
        guard let bytes = layer.bytes, let int8 else {
            exactLinear(output, x, adding: added, scratch: scratch, on: team)
            continue
        }
        var thin: ThinPart?
        if let pair = layer.pair, let h = output.h {
            thin = ThinPart(
                inner: h, outer: adapterOuter(pair, scale: layer.scale, scratch: scratch.outer, on: team))
        }
        int8Product(into: output.y, bytes, thin: thin, adding: added, scratch: int8, on: team)
    }
}

/// The same for one layer.
func linear(into y: Matrix, _ x: Matrix, _ layer: Linear, h: Matrix?, scratch: LinearScratch, on team: Team) {
    linear([LinearOutput(y: y, layer: layer, h: h)], x, scratch: scratch, on: team)
}

/// One of the layers that read the same input, on the way back.
struct LinearGradient {
    /// (T, out)
    let dy: Matrix
    let layer: Linear
    /// (T, r), from the forward pass.
    let h: Matrix?
    /// Where the adapter's gradient is added; nil leaves it out.
    let gradient: LoRAPair?
}

/// dx = Σ dy·W + dropout(dh·A),  dh = s·dy·B, over the layers;  adds dhᵀ·dropout(x) to dA and s·dyᵀ·h to dB.
///
/// `dx` nil leaves out the gradient of the input.      x, dx: (T, in)
func linearBackward(
    into dx: Matrix?, _ outputs: [LinearGradient], x: Matrix, scratch: LinearScratch, on team: Team
) {
    for (index, output) in outputs.enumerated() {
        let (layer, dy) = (output.layer, output.dy)
        let int8 = layer.bytes == nil || dx == nil ? nil : scratch.int8
        let dh = layer.pair.map { scratch.dh.reshaped(dy.rows, $0.a.rows) }
        let outer = layer.pair.map { adapterOuter($0, scale: layer.scale, scratch: scratch.outer, on: team) }
        team.split(int8 == nil && dh == nil ? 0 : dy.rows, grain: 8) { rows in
            for first in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtHand) {
                let block = first..<min(first + rowsAtHand, rows.upperBound)
                if let int8, let bytes = layer.bytes { int8.cut(dy, block, times: bytes.scales, withRest: true) }
                if let dh, let outer { adapterInnerBackward(into: dh, dy: dy, block, outer: outer) }
            }
        }
        if let dx {
            // What dropout changes cannot be added before it has.
            let addedHere = layer.mask == nil ? dh : nil
            if let int8, let bytes = layer.bytes {
                var thin: ThinPart?
                if let pair = layer.pair, let addedHere {
                    thin = ThinPart(inner: addedHere, outer: adapterPanels(pair, scratch: scratch.panels))
                }
                int8ProductBackward(
                    into: dx, bytes, thin: thin, adding: index > 0 ? dx : nil, scratch: int8, on: team)
            } else {
                exactLinearBackward(
                    into: dx, accumulating: index > 0, output, dh: addedHere, scratch: scratch, on: team)
            }
            if let pair = layer.pair, let dh, let mask = layer.mask {
                let masked = scratch.masked.reshaped(dx.rows, dx.columns)
                team.split(dx.columns, grain: 16) { inputs in
                    product(into: Window(masked, columns: inputs), Window(dh), Window(pair.a, columns: inputs))
                }
                dropoutBackward(addingTo: dx, dy: masked, mask, on: team)
            }
        }
        if let gradient = output.gradient, let dh, let h = output.h {
            adapterBackward(
                addingTo: gradient, dh: dh, x: adapterInput(x, layer, scratch, on: team), h: h, dy: dy,
                scale: layer.scale, scratch: scratch.outer, on: team)
        }
    }
}

/// The same for one layer.
func linearBackward(
    into dx: Matrix?, gradient: LoRAPair?, dy: Matrix, x: Matrix, _ layer: Linear, h: Matrix?, scratch: LinearScratch,
    on team: Team
) {
    linearBackward(
        into: dx, [LinearGradient(dy: dy, layer: layer, h: h, gradient: gradient)], x: x, scratch: scratch, on: team)
}

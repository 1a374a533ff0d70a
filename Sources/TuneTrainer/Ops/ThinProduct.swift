import CKernels

/// Products of an adapter, whose rank is a few numbers. All of them are f32.

/// h = dropout(x)·Aᵀ, the part of a linear layer's forward pass that its backward pass needs again; nothing without an
/// adapter.
func adapterInner(into h: Matrix, _ x: Matrix, _ layer: Linear, scratch: LinearScratch, on team: Team) {
    guard let pair = layer.pair else { return }
    let x = adapterInput(x, layer, scratch, on: team)
    team.split(x.rows, grain: 8) { adapterInner(into: h, x, $0, pair) }
}

/// What the adapter sees of x: all of it, or what dropout leaves.
func adapterInput(_ x: Matrix, _ layer: Linear, _ scratch: LinearScratch, on team: Team) -> Matrix {
    guard let mask = layer.mask else { return x }
    let left = scratch.masked.reshaped(x.rows, x.columns)
    dropout(into: left, x, mask, on: team)
    return left
}

/// h = x·Aᵀ for some rows.      x: (T, in)  A: (r, in)  h: (T, r)
func adapterInner(into h: Matrix, _ x: Matrix, _ rows: Range<Int>, _ pair: LoRAPair) {
    tk_thin_product(
        h.row(rows.lowerBound), x.row(rows.lowerBound), x.columns, pair.a.base, x.columns, rows.count, x.columns,
        h.columns, 1)
}

/// dh = dy·outerᵀ for some rows, with outer = s·Bᵀ.      dy: (T, out)  outer: (r, out up to whole panels)  dh: (T, r)
func adapterInnerBackward(into dh: Matrix, dy: Matrix, _ rows: Range<Int>, outer: Matrix) {
    tk_thin_product(
        dh.row(rows.lowerBound), dy.row(rows.lowerBound), dy.columns, outer.base, outer.columns, rows.count,
        dy.columns, dh.columns, 1)
}

/// s·Bᵀ with rows of whole panels, in the memory of `scratch`. (r, out up to whole panels)
func adapterOuter(_ pair: LoRAPair, scale: Float, scratch: Matrix, on team: Team) -> Matrix {
    let (outputs, rank) = (pair.b.rows, pair.b.columns)
    let outer = scratch.reshaped(rank, Int8Matrix.wholePanels(outputs))
    team.split(outputs, grain: 512) { range in
        for k in 0..<rank {
            let row = outer.row(k)
            for o in range { row[o] = scale * pair.b.base[o * rank + k] }
        }
    }
    return outer
}

/// A with rows of whole panels: itself, or a copy in the memory of `scratch`. (r, in up to whole panels)
func adapterPanels(_ pair: LoRAPair, scratch: Matrix) -> Matrix {
    let width = Int8Matrix.wholePanels(pair.a.columns)
    guard width != pair.a.columns else { return pair.a }
    let panels = scratch.reshaped(pair.a.rows, width)
    for k in 0..<pair.a.rows { panels.row(k).update(from: pair.a.row(k), count: pair.a.columns) }
    return panels
}

/// Adds dhᵀ·x to dA and s·dyᵀ·h to dB, every sum in the order of the rows.
/// dh, h: (T, r)  x: (T, in)  dy: (T, out)
func adapterBackward(
    addingTo gradient: LoRAPair, dh: Matrix, x: Matrix, h: Matrix, dy: Matrix, scale: Float, scratch: Matrix,
    on team: Team
) {
    let rank = h.columns
    let turned = scratch.reshaped(rank, dy.columns)
    // One region for both: the inputs' columns first, then the outputs'.
    team.split(x.columns + dy.columns, grain: 32) { range in
        let inputs = range.clamped(to: 0..<x.columns)
        if !inputs.isEmpty {
            tk_thin_outer(
                gradient.a.base + inputs.lowerBound, x.columns, dh.base, rank, x.base + inputs.lowerBound, x.columns,
                x.rows, inputs.count, rank, 1)
        }
        guard range.upperBound > x.columns else { return }
        let outputs = max(0, range.lowerBound - x.columns)..<range.upperBound - x.columns
        for k in 0..<rank { (turned.row(k) + outputs.lowerBound).update(repeating: 0, count: outputs.count) }
        tk_thin_outer(
            turned.base + outputs.lowerBound, dy.columns, h.base, rank, dy.base + outputs.lowerBound, dy.columns,
            dy.rows, outputs.count, rank, scale)
        for o in outputs {
            for k in 0..<rank { gradient.b.base[o * rank + k] += turned.base[k * dy.columns + o] }
        }
    }
}

import CKernels
import TuneModel

/// Which inputs of the adapters one update leaves out: decided for each from the update, the adapted layer and the
/// token's own place in its example, so that neither packing nor threads matter and nothing needs to be kept.
struct Dropout {
    /// Share of the inputs left out, below 1.
    let share: Double
    /// What the update draws from.
    let seed: UInt64
    /// Tells every row of the batch from all others. (T)
    let identities: [UInt64]

    func mask(_ layer: Int, _ target: LoRATarget) -> DropoutMask {
        var source = SplitMix64(seed: seed &+ UInt64(layer * LoRATarget.allCases.count + target.ordinal))
        return DropoutMask(share: share, salt: source.next(), identities: identities)
    }
}

/// The inputs of one layer's adapter that stay.
struct DropoutMask {
    let share: Double
    let salt: UInt64
    /// (T)
    let identities: [UInt64]
}

/// y = x ⊙ mask / (1 − share) for some rows,  mask 0 or 1      x, y: (T, C)
func dropout(into y: Matrix, _ x: Matrix, _ rows: Range<Int>, _ mask: DropoutMask) {
    apply(mask, x, y, rows, accumulating: false)
}

/// The same for all rows.
func dropout(into y: Matrix, _ x: Matrix, _ mask: DropoutMask, on team: Team) {
    team.split(x.rows, grain: 8) { dropout(into: y, x, $0, mask) }
}

/// Adds to dx: dy ⊙ mask / (1 − share), with the mask drawn again.
func dropoutBackward(addingTo dx: Matrix, dy: Matrix, _ mask: DropoutMask, on team: Team) {
    team.split(dx.rows, grain: 8) { apply(mask, dy, dx, $0, accumulating: true) }
}

/// What the adapter of a layer sees of x: all of it, or what dropout leaves.
func adapterInput(_ x: Matrix, _ layer: Linear, scratch: LinearScratch, on team: Team) -> Matrix {
    guard let mask = layer.mask else { return x }
    let seen = scratch.masked.reshaped(x.rows, x.columns)
    dropout(into: seen, x, mask, on: team)
    return seen
}

/// Adds to dx: dropout(dh·A), in the memory of `scratch`.      dh: (T, r)  A: (r, in)  dx: (T, in)
func maskedBackward(
    addingTo dx: Matrix, dh: Matrix, _ pair: LoRAPair, _ mask: DropoutMask, scratch: Matrix, on team: Team
) {
    let whole = scratch.reshaped(dx.rows, dx.columns)
    team.split(dx.columns, grain: 16) { inputs in
        product(into: Window(whole, columns: inputs), Window(dh), Window(pair.a, columns: inputs))
    }
    dropoutBackward(addingTo: dx, dy: whole, mask, on: team)
}

private func apply(_ mask: DropoutMask, _ x: Matrix, _ y: Matrix, _ rows: Range<Int>, accumulating: Bool) {
    precondition(mask.identities.count == x.rows && x.rows == y.rows && x.columns == y.columns)
    let threshold = UInt32(min(mask.share * 0x1p32, 0x1p32 - 1))
    mask.identities.withUnsafeBufferPointer { identities in
        tk_dropout(
            y.row(rows.lowerBound), x.row(rows.lowerBound), identities.baseAddress! + rows.lowerBound, mask.salt,
            rows.count, x.columns, threshold, Float(1 / (1 - mask.share)), accumulating ? 1 : 0)
    }
}

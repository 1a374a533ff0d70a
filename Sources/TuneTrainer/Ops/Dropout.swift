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

/// y = x ⊙ mask / (1 − share),  mask 0 or 1      x, y: (T, C)
func dropout(into y: Matrix, _ x: Matrix, _ mask: DropoutMask, on team: Team) {
    apply(mask, x, y, accumulating: false, on: team)
}

/// Adds to dx: dy ⊙ mask / (1 − share), with the mask drawn again.
func dropoutBackward(addingTo dx: Matrix, dy: Matrix, _ mask: DropoutMask, on team: Team) {
    apply(mask, dy, dx, accumulating: true, on: team)
}

private func apply(_ mask: DropoutMask, _ x: Matrix, _ y: Matrix, accumulating: Bool, on team: Team) {
    precondition(mask.identities.count == x.rows && x.rows == y.rows && x.columns == y.columns)
    let threshold = UInt32(min(mask.share * 0x1p32, 0x1p32 - 1))
    mask.identities.withUnsafeBufferPointer { identities in
        nonisolated(unsafe) let identities = identities.baseAddress!
        team.split(x.rows, grain: 8) { rows in
            let t = rows.lowerBound
            tk_dropout(
                y.row(t), x.row(t), identities + t, mask.salt, rows.count, x.columns, threshold,
                Float(1 / (1 - mask.share)), accumulating ? 1 : 0)
        }
    }
}

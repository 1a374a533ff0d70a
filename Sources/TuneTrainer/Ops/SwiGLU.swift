import CKernels

/// y = silu(gate) ⊙ up      all: (T, F)
func swiGLU(into y: Matrix, gate: Matrix, up: Matrix, on team: Team) {
    team.split(y.rows, grain: 8) { rows in
        tk_swiglu(
            y.row(rows.lowerBound), gate.row(rows.lowerBound), up.row(rows.lowerBound), rows.count * y.columns)
    }
}

/// dgate = dy ⊙ up ⊙ silu′(gate),  dup = dy ⊙ silu(gate); they may take the place of gate and up.
func swiGLUBackward(dgate: Matrix, dup: Matrix, dy: Matrix, gate: Matrix, up: Matrix, on team: Team) {
    team.split(dy.rows, grain: 8) { rows in
        let t = rows.lowerBound
        tk_swiglu_backward(dgate.row(t), dup.row(t), dy.row(t), gate.row(t), up.row(t), rows.count * dy.columns)
    }
}

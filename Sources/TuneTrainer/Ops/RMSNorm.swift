import CKernels

/// y[t] = w ⊙ x[t] · r[t],  r[t] = 1/√(mean(x[t]²) + eps)      x, y: (T, C)  w: (C)  r: (T)
func rmsNorm(into y: Matrix, r: Matrix, _ x: Matrix, weight w: Matrix, epsilon: Float, on team: Team) {
    team.split(x.rows, grain: 8) { rows in
        tk_rms_norm(
            y.row(rows.lowerBound), r.base + rows.lowerBound, x.row(rows.lowerBound), w.base, rows.count, x.columns,
            epsilon)
    }
}

/// Adds to dx: r·(w ⊙ dy − x·r²·mean(w ⊙ dy ⊙ x)). w is frozen, so it has no gradient.
func rmsNormBackward(addingTo dx: Matrix, dy: Matrix, _ x: Matrix, weight w: Matrix, r: Matrix, on team: Team) {
    team.split(x.rows, grain: 8) { rows in
        tk_rms_norm_backward(
            dx.row(rows.lowerBound), dy.row(rows.lowerBound), x.row(rows.lowerBound), w.base,
            r.base + rows.lowerBound, rows.count, x.columns)
    }
}

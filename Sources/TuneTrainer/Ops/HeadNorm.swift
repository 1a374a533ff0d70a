import CKernels

/// y[t][h] = w ⊙ x[t][h] · r[t][h], as `rmsNorm` over each head by itself.   x, y: (T, heads·D)  w: (D)  r: (T, heads)
func headNorm(into y: Matrix, r: Matrix, _ x: Matrix, weight w: Matrix, epsilon: Float, on team: Team) {
    let rows = r.count
    precondition(x.count == rows * w.count && y.count == x.count)
    rmsNorm(
        into: y.reshaped(rows, w.count), r: r.reshaped(rows, 1), x.reshaped(rows, w.count), weight: w,
        epsilon: epsilon, on: team)
}

/// Turns the gradient of y into that of x, in place. w is frozen, so it has no gradient.
func headNormBackward(_ dy: Matrix, _ x: Matrix, weight w: Matrix, r: Matrix, on team: Team) {
    let rows = r.count
    precondition(x.count == rows * w.count && dy.count == x.count)
    let (dy, x) = (dy.reshaped(rows, w.count), x.reshaped(rows, w.count))
    team.split(rows, grain: 8) { range in
        tk_norm_backward_in_place(
            dy.row(range.lowerBound), x.row(range.lowerBound), w.base, r.base + range.lowerBound, range.count, w.count)
    }
}

import CKernels

/// y[t] += b      y: (T, out)  b: (out), frozen, so it has no gradient, and the one of y passes through as it is
func addBias(_ b: Matrix, to y: Matrix, on team: Team) {
    precondition(b.count == y.columns)
    team.split(y.rows, grain: 8) { rows in
        tk_add_to_rows(y.row(rows.lowerBound), b.base, rows.count, y.columns)
    }
}

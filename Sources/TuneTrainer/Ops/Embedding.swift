/// x[t] = E[token[t]]      x: (T, C)  E: (V, C), frozen, so it has no gradient
func embed(into x: Matrix, _ tokens: [Int32], _ embedding: WeightMatrix, on team: Team) {
    precondition(tokens.count == x.rows)
    team.split(x.rows, grain: 8) { rows in
        for t in rows { embedding.dequantize(Int(tokens[t])..<Int(tokens[t]) + 1, into: x.row(t)) }
    }
}

/// y = x's rows at `places`.
func gather(into y: Matrix, _ x: Matrix, _ places: ArraySlice<Int>) {
    for (i, place) in places.enumerated() { y.row(i).update(from: x.row(place), count: x.columns) }
}

/// The gradient of a linear layer's own weight, which only a full fine-tuning needs: adds dyᵀ·x to dW.
/// dy: (T, out)  x: (T, in)  dW: (out, in)
func weightGradient(addingTo dW: Matrix, dy: Matrix, x: Matrix, on team: Team) {
    precondition(dW.rows == dy.columns && dW.columns == x.columns && dy.rows == x.rows)
    // Each member owns rows of dW, and each sum runs over the tokens in their order.
    team.split(dW.rows, grain: 16) { outputs in
        product(into: Window(dW[rows: outputs]), Window(dy, columns: outputs).transposed, Window(x), beta: 1)
    }
}

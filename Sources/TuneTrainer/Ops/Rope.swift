import CKernels
import Foundation

/// Cosines and sines of the rotary position embedding for positions 0…length − 1.
struct RopeTable {
    /// (length, D/2)
    let cosines: Matrix
    let sines: Matrix

    /// Angle of pair i at position p: p · base^(−2i/D) / divisors[i], where there are divisors. (D/2)
    init(length: Int, headSize: Int, base: Float, divisors: [Float] = []) {
        let half = headSize / 2
        cosines = Matrix(zeros: length, half)
        sines = Matrix(zeros: length, half)
        for i in 0..<half {
            let frequency = pow(base, -Float(2 * i) / Float(headSize)) / (divisors.isEmpty ? 1 : divisors[i])
            for position in 0..<length {
                let angle = Float(position) * frequency
                cosines.base[position * half + i] = cosf(angle)
                sines.base[position * half + i] = sinf(angle)
            }
        }
    }
}

/// Rotates each head's halves by the row's position, in place.      x: (T, heads·D)  positions: (T)
func rope(_ x: Matrix, positions: [Int32], heads: Int, _ table: RopeTable, on team: Team) {
    turn(x, positions, heads, table, direction: 1, on: team)
}

/// The gradient turns back: a rotation's transpose is its inverse. In place.
func ropeBackward(_ dx: Matrix, positions: [Int32], heads: Int, _ table: RopeTable, on team: Team) {
    turn(dx, positions, heads, table, direction: -1, on: team)
}

private func turn(
    _ x: Matrix, _ positions: [Int32], _ heads: Int, _ table: RopeTable, direction: Float, on team: Team
) {
    precondition(positions.count == x.rows)
    positions.withUnsafeBufferPointer { positions in
        nonisolated(unsafe) let positions = positions
        team.split(x.rows, grain: 8) { rows in
            tk_rope(
                x.row(rows.lowerBound), positions.baseAddress! + rows.lowerBound, table.cosines.base,
                table.sines.base, rows.count, heads, x.columns / heads, direction)
        }
    }
}

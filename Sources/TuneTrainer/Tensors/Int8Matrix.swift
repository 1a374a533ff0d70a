import CKernels

/// A frozen matrix in signed bytes: W[o][i] ≈ scale[o] · q[o][i] / s[i], with s the smoothing of its inputs.
///
/// The bytes lie in panels of 48 outputs, as products read them; the way back turns panels as it goes.
struct Int8Matrix {
    let rows: Int
    let columns: Int
    let panels: Buffer<Int8>
    /// (1, rows up to whole panels)
    let scales: Matrix
    /// (columns)
    let smoothing: Smoothing
    /// −128 · Σ of each row's bytes and of each column's, which takes back that factors stand 128 too high.
    let rowStarts: Buffer<Int32>
    let columnStarts: Buffer<Int32>

    /// Outputs in a panel.
    static let panel = Int(tk_panel)

    static func wholePanels(_ count: Int) -> Int { (count + panel - 1) / panel * panel }

    /// Inputs in a panel: the columns up to a multiple of four.
    var paddedColumns: Int { (columns + 3) / 4 * 4 }
    var panelCount: Int { (rows + Self.panel - 1) / Self.panel }

    init(_ weight: WeightMatrix, _ smoothing: Smoothing, on team: Team) {
        let (rows, columns, panel) = (weight.rows, weight.columns, Self.panel)
        let padded = (columns + 3) / 4 * 4
        let panels = Buffer<Int8>(zeros: Self.wholePanels(rows) * padded)
        let scales = Matrix(zeros: 1, Self.wholePanels(rows))
        let rowStarts = Buffer<Int32>(zeros: Self.wholePanels(rows))
        let columnStarts = Buffer<Int32>(zeros: Self.wholePanels(columns))
        let floats = Matrix(zeros: team.size * panel, columns)
        let bytes = Buffer<Int8>(zeros: team.size * panel * columns)
        let sums = Buffer<Int32>(zeros: team.size * columns)
        team.split(rows, grain: panel) { range, member in
            let floats = floats.row(member * panel)
            let bytes = bytes.base + member * panel * columns
            for first in stride(from: range.lowerBound, to: range.upperBound, by: panel) {
                let part = first..<min(first + panel, range.upperBound)
                weight.dequantize(part, into: floats)
                tk_quantize_weights(
                    bytes, scales.base + first, floats, smoothing.factors.base, part.count, columns)
                tk_pack_bytes(panels.base + first * padded, rowStarts.base + first, bytes, part.count, columns)
                for row in 0..<part.count {
                    for i in 0..<columns { sums.base[member * columns + i] &+= Int32(bytes[row * columns + i]) }
                }
            }
        }
        for member in 0..<team.size {
            for i in 0..<columns { columnStarts.base[i] -= 128 * sums.base[member * columns + i] }
        }
        (self.rows, self.columns, self.panels, self.scales) = (rows, columns, panels, scales)
        (self.smoothing, self.rowStarts, self.columnStarts) = (smoothing, rowStarts, columnStarts)
    }
}
